/** Plays a request's scenario on a fresh module, and reports all that happens. */
import type { Scenario } from "../../../contract/model/scenario.ts";
import type { PlayRequest } from "../protocol.ts";
import { playOnBench, type Subject } from "./bench.ts";
import { changed, cleanUp } from "./clean-up.ts";
import { runReportOf } from "./client.ts";
import { machine } from "./machine.ts";
import { freshModule, type Exports } from "./modules.ts";
import { endOutput } from "./output.ts";
import { close, createPlay, type Play } from "./play.ts";
import { appOf } from "./server.ts";
import { traceStarts, type Trace } from "./trace.ts";

/** Reads of the clock that a sweep over very many jobs may make in one turn. */
const readsOfHeavy = 20_000_000;

/** How the scenario itself came to its end. */
type PlayedOut = "done" | "dry" | { readonly fault: string };

/** Plays one scenario; never rejects. */
export async function playRequest(request: PlayRequest, scenario: Scenario): Promise<void> {
  const { clock, guard, random } = machine;
  const play = createPlay(request.id, scenario.side);
  play.closers.add(endOutput);
  clock.rebase();
  clock.limitReads(scenario.heavy ? readsOfHeavy : undefined);
  random.reseed(`${request.world.seed} ${scenario.name}`);
  await guard.arm(play, request);
  const trace = request.trace ? traceStarts() : null;
  const played = await over(play, () => playOn(play, request, scenario, trace));
  // Look at this first: after some changes nothing more can be done here.
  const change = changed();
  if (change?.shared) guard.notice(`changes what all code of the process shares (${change.what})`);
  endOutput();
  const lastedMs = play.now();
  trace?.stop();
  close(play);
  const broken = play.ended ? "the scenario ended with a problem" : reasonOf(played);
  // From here on connections are ended; errors that come of that are not the learner's.
  play.ended = true;
  const unclean = broken ?? (await cleanUp()) ?? changed()?.what ?? null;
  const spentMs = guard.spentMs();
  guard.disarm();
  clock.stop();
  const fault = typeof played === "object" ? played.fault : null;
  guard.send({ is: "done", request: request.id, lastedMs, spentMs, unclean, fault });
}

function reasonOf(played: PlayedOut): string | null {
  if (played === "done") return null;
  return played === "dry" ? "nothing was left that could happen" : "the scenario failed";
}

/**
 * Resolves when the scenario is over: it is done, it cannot go on, or nothing is left that could happen. Calls no method of
 * a promise, since the learner's code may have replaced them.
 */
function over(play: Play, played: () => Promise<void>): Promise<PlayedOut> {
  const { clock, guard } = machine;
  return new Promise((resolve) => {
    clock.start(() => {
      let settled = false;
      for (const settle of Array.from(play.dry)) settled = settle() || settled;
      if (!settled) resolve("dry");
    });
    const first = async () => {
      try {
        await played();
        resolve("done");
      } catch (error) {
        resolve({ fault: guard.stackOf(error) || guard.textOf(error) });
      }
    };
    const second = async () => {
      await play.problem;
      resolve("done");
    };
    void first();
    void second();
  });
}

async function playOn(play: Play, request: PlayRequest, scenario: Scenario, trace: Trace | null): Promise<void> {
  const subject = await load(play, request);
  if (!subject) return;
  machine.clock.rebase();
  const held = () => trace?.reportHeld(request.id);
  const later = await playOnBench({ play, request, scenario, subject, onHeld: held });
  await later?.();
}

/** A fresh subject for the scenario's side; null after a problem with it, which is then reported. */
async function load(play: Play, request: PlayRequest): Promise<Subject | null> {
  const { guard } = machine;
  const { side } = play;
  const bundle = request[side];
  if (!bundle) throw new Error(`The request has no ${side}.`);
  const endless = () => {
    guard.problem("import", "It never ends loading: an await at its top level waits for something that never comes.");
    return true;
  };
  play.dry.add(endless);
  let exports: Exports;
  try {
    exports = await freshModule(bundle, side);
  } catch (error) {
    reportBroken(error, side);
    return null;
  } finally {
    play.dry.delete(endless);
  }
  const subject = { exports, app: appOf(exports), runReport: runReportOf(exports) };
  const needed = side === "server" ? subject.app : subject.runReport;
  if (needed) return subject;
  // The parent has the words: they depend on the side alone.
  guard.problem("export", "");
  return null;
}

function reportBroken(error: unknown, side: string): void {
  const { guard } = machine;
  const text = guard.textOf(error);
  const frames = guard.frames(guard.stackOf(error));
  const ran = frames.some(({ url }) => url === `learner:${side}`);
  if (error instanceof SyntaxError && !ran) {
    const place = new RegExp(`^learner:${side}:(\\d+)`).exec(guard.stackOf(error));
    const line = Number(place?.[1] ?? 1);
    return guard.problem("syntax", error.message, [{ url: `learner:${side}`, name: "", line, column: 1 }]);
  }
  guard.problem("throw", text, frames);
}
