/** What a scenario is: what it does on its bench, and what a runner has to know to plan it. */
import type { ClientBench, ProcessBench, ServerBench } from "./bench.ts";
import type { World } from "./world.ts";

/** What a runner reads to decide where, when and how long a scenario is played. */
interface Facts {
  readonly name: string;
  /** What it does, in a few words. */
  readonly about: string;
  /** Takes at least twice as long as most on the virtual clock (many exchanges, or hours): spread these over the lanes. */
  readonly long?: boolean;
  /** Needs a child of its own without a memory limit. Played only in a full grading, never on save. */
  readonly heavy?: boolean;
  /** Goes through days, so it is played on the virtual clock only. */
  readonly spansDays?: boolean;
  /** Its work fails, which may end the subject's process. On the real clock it is played last. */
  readonly mayEnd?: boolean;
  /** Most of a server's clauses are decided by it. On the real clock it is played first. */
  readonly decidesMost?: boolean;
  /** Ends only if the client's call has options, which a command has no way to pass. */
  readonly needsCallOptions?: boolean;
  /** About how long it lasts on the real clock with a right subject, ms. */
  readonly lastsMs?: (world: World) => number;
}

export interface ServerScenario extends Facts {
  readonly side: "server";
  /** On the real clock it may return what is to be read at the very end of the grading, after all other scenarios. */
  play(bench: ServerBench): Promise<void | Later>;
}

export interface ClientScenario extends Facts {
  readonly side: "client";
  play(bench: ClientBench): Promise<void>;
}

export type Scenario = ServerScenario | ClientScenario;

/** A server scenario that starts and kills the program itself. */
export interface ProcessScenario extends Facts {
  readonly side: "server";
  play(bench: ProcessBench): Promise<void>;
}

/** The rest of a scenario, on the same bench. */
export type Later = () => Promise<void>;
