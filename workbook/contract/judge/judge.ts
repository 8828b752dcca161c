/**
 * From recordings to verdicts. One fault gives one red clause: what depends on a failed clause is not reached, and its
 * verdict names the clause that failed.
 */
import { clauses as catalogue } from "../clauses/all.ts";
import type { Clause, ClauseId, Evidence, Outcome, Verdict } from "../model/clause.ts";
import type { Recording, Side } from "../model/recording.ts";
import type { World } from "../model/world.ts";
import { blame } from "./blame.ts";
import { decidable } from "./dependencies.ts";
import type { Finding } from "./findings.ts";
import { toVerdict } from "./to-verdict.ts";

export interface JudgeOptions {
  readonly graded: readonly ClauseId[];
  /** In `needs`, `yieldsTo` and `mayBeBlockedBy` a key is read as its value (exercise 05). */
  readonly replaces?: Readonly<Record<ClauseId, ClauseId>>;
  /** Clauses of other sides are left out. */
  readonly sides: readonly Side[];
  readonly recordings: ReadonlyMap<string, Recording>;
  readonly world: World;
  /** Scenarios still to be played. A clause that rests on one of them is left out for now. */
  readonly pending?: ReadonlySet<string>;
  /** The contract itself; only tests pass another one. */
  readonly clauses?: readonly Clause[];
}

/**
 * Judges what is graded, in contract order. Pure.
 * @throws Error when the catalogue has a cycle or a check throws: faults of the workbook.
 */
export function judge(options: JudgeOptions): Verdict[] {
  const { recordings, pending = new Set() } = options;
  const all = options.clauses ?? catalogue;
  const graded = new Map(
    all.filter((c) => options.graded.includes(c.id) && options.sides.includes(c.side)).map((c) => [c.id, c] as const),
  );
  const ready = decidable([...graded.values()], (id) => current(id), pending);
  const findings = new Map<ClauseId, Finding>();
  /** Clauses being looked at, to find a cycle. */
  const open = new Set<ClauseId>();
  /** The check that is running has asked for something that is not known yet. */
  let askedAhead = false;

  /** The clause that stands for this id here; undefined when it is not graded. */
  function current(id: ClauseId): Clause | undefined {
    return graded.get(options.replaces?.[id] ?? id);
  }

  function find(clause: Clause): Finding {
    const known = findings.get(clause.id);
    if (known) return known;
    if (open.has(clause.id)) throw new Error(`The needs of ${clause.id} lead back to itself.`);
    open.add(clause.id);
    const outer = askedAhead;
    askedAhead = false;
    const settled = blockedByNeeds(clause) ?? settle(clause, clause.check(evidence));
    const finding: Finding = askedAhead ? { is: "undecided" } : settled;
    askedAhead = outer;
    open.delete(clause.id);
    findings.set(clause.id, finding);
    return finding;
  }

  function blockedByNeeds(clause: Clause): Finding | undefined {
    for (const id of clause.needs) {
      const need = current(id);
      const finding = need && need !== clause ? find(need) : null;
      if (finding?.is === "undecided") return finding;
      if (need && finding && finding.is !== "pass") return { is: "blocked", by: need.id };
    }
    for (const id of clause.yieldsTo) {
      const other = current(id);
      const finding = other && other !== clause ? find(other) : null;
      if (finding?.is === "undecided") return finding;
      if (other && finding && hasFailed(finding)) return { is: "blocked", by: other.id };
    }
    return undefined;
  }

  function settle(clause: Clause, outcome: Outcome): Finding {
    if (outcome.is === "missing") return { is: "missing", scenario: outcome.scenario };
    if (outcome.is !== "blocked") return { is: outcome.is, outcome };
    const other = current(outcome.blockedBy);
    const finding = other && other !== clause ? findIfReady(other) : null;
    if (finding?.is === "undecided") return finding;
    if (other && finding && finding.is !== "pass") return { is: "blocked", by: other.id };
    return settle(clause, outcome.otherwise);
  }

  /** An outcome may name a clause whose own scenarios are still to be played. */
  function findIfReady(clause: Clause): Finding {
    return ready.has(clause.id) ? find(clause) : { is: "undecided" };
  }

  const evidence: Evidence = {
    world: options.world,
    recording: (name) => {
      // A check may look at more than its own scenarios where those leave a question open.
      askedAhead ||= pending.has(name);
      return recordings.get(name);
    },
    graded: (id) => options.graded.includes(id),
    passed: (id) => {
      const other = current(id);
      if (!other) return true;
      const finding = find(other);
      askedAhead ||= finding.is === "undecided";
      return finding.is === "pass";
    },
  };

  const judged = [...graded.values()].filter((clause) => ready.has(clause.id) && find(clause).is !== "undecided");
  const blamed = blame(judged, findings, recordings);
  return judged.map((clause) => toVerdict(clause, { of: findings, recordings, blamed }));
}

function hasFailed(finding: Finding): boolean {
  return finding.is === "fail" || finding.is === "missing";
}
