/**
 * From recordings to verdicts. One fault gives one red clause: what depends on a failed clause is not reached, and says
 * what stands in its way.
 */
import { clauses as catalogue } from "../clauses/all.ts";
import type { Clause, ClauseId, Evidence, Mark, Outcome, Verdict } from "../model/clause.ts";
import type { Event, Problem, Recording, Side } from "../model/recording.ts";
import type { World } from "../model/scenario.ts";

export interface JudgeOptions {
  readonly graded: readonly ClauseId[];
  /** Needs, yields and elses on a key are read as on its value (exercise 05). */
  readonly replaces?: Readonly<Record<ClauseId, ClauseId>>;
  /** Clauses of other sides are left out. */
  readonly sides: readonly Side[];
  readonly recordings: ReadonlyMap<string, Recording>;
  readonly world: World;
  /** Scenarios still to be played: a clause that rests on one of them is left out, for now. */
  readonly pending?: ReadonlySet<string>;
  /** The contract itself; given only by tests. */
  readonly clauses?: readonly Clause[];
}

/** What is known of a clause before it is clear which clause a dead process is laid to. */
type Finding =
  | { readonly is: "pass" | "fail"; readonly outcome: Outcome }
  | { readonly is: "missing"; readonly scenario: string }
  | { readonly is: "blocked"; readonly by: ClauseId }
  /** It comes down to a clause that rests on a scenario still to be played. */
  | { readonly is: "undecided" };

/**
 * Judges what is graded, in contract order. Pure.
 * @throws Error when the catalogue has a cycle or a check throws: faults of the workbook.
 */
export function judge(options: JudgeOptions): Verdict[] {
  const all = options.clauses ?? catalogue;
  const graded = new Map(
    all.filter((c) => options.graded.includes(c.id) && options.sides.includes(c.side)).map((c) => [c.id, c] as const),
  );
  const ready = decidable([...graded.values()], (id) => current(id), options.pending ?? new Set());
  const findings = new Map<ClauseId, Finding | "open">();
  /** The check under way has asked for what is not known yet. */
  let doubted = false;

  /** The clause that stands for this id here; undefined when it is not graded. */
  function current(id: ClauseId): Clause | undefined {
    return graded.get(options.replaces?.[id] ?? id);
  }

  function find(clause: Clause): Finding {
    const known = findings.get(clause.id);
    if (known === "open") throw new Error(`The needs of ${clause.id} lead back to itself.`);
    if (known) return known;
    findings.set(clause.id, "open");
    const outer = doubted;
    doubted = false;
    const settled = blockedByNeeds(clause) ?? settle(clause, clause.check(evidence));
    const finding: Finding = doubted ? { is: "undecided" } : settled;
    doubted = outer;
    findings.set(clause.id, finding);
    return finding;
  }

  /** What is found of a clause that another one comes down to, which may still rest on something to be played. */
  function findLater(clause: Clause): Finding {
    return ready.has(clause.id) ? find(clause) : { is: "undecided" };
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
      if (other && finding && broken(finding)) return { is: "blocked", by: other.id };
    }
    return undefined;
  }

  function settle(clause: Clause, outcome: Outcome): Finding {
    if (outcome.is === "missing") return { is: "missing", scenario: outcome.scenario };
    if (outcome.is !== "else") return { is: outcome.is, outcome };
    const other = current(outcome.clause);
    const finding = other && other !== clause ? findLater(other) : null;
    if (finding?.is === "undecided") return finding;
    if (other && finding && finding.is !== "pass") return { is: "blocked", by: other.id };
    return settle(clause, outcome.otherwise);
  }

  const evidence: Evidence = {
    world: options.world,
    recording: (name) => {
      // A check may look beyond its own scenarios where those leave a question open.
      doubted ||= options.pending?.has(name) ?? false;
      return options.recordings.get(name);
    },
    graded: (id) => options.graded.includes(id),
    passed: (id) => {
      const other = current(id);
      if (!other) return true;
      const finding = find(other);
      doubted ||= finding.is === "undecided";
      return finding.is === "pass";
    },
  };

  const judged = [...graded.values()].filter((clause) => ready.has(clause.id) && find(clause).is !== "undecided");
  const culprits = blame(judged, findings, options.recordings);
  return judged.map((clause) => toVerdict(clause, findings, culprits, options.recordings));
}

function broken(finding: Finding): boolean {
  return finding.is === "fail" || finding.is === "missing";
}

/**
 * Of the clauses that miss an answer, the first in contract order fails; those that miss one for the same reason, in
 * whichever scenario, wait for it. What was played comes before what was skipped because of it.
 * @returns the failing clause for each scenario
 */
function blame(
  judged: readonly Clause[],
  findings: ReadonlyMap<ClauseId, Finding | "open">,
  recordings: ReadonlyMap<string, Recording>,
): Map<string, ClauseId> {
  const culprits = new Map<string, ClauseId>();
  const firstOf = new Map<string, ClauseId>();
  const missing = judged.flatMap(({ id }) => {
    const finding = findings.get(id);
    return finding && finding !== "open" && finding.is === "missing" ? [{ id, scenario: finding.scenario }] : [];
  });
  const isSkipped = ({ scenario }: { scenario: string }) => recordings.get(scenario)?.skipped === true;
  for (const { id, scenario } of [...missing.filter((one) => !isSkipped(one)), ...missing.filter(isSkipped)]) {
    const reason = reasonOf(recordings.get(scenario), scenario);
    const first = firstOf.get(reason) ?? id;
    firstOf.set(reason, first);
    culprits.set(scenario, culprits.get(scenario) ?? first);
  }
  return culprits;
}

/** What ended a process, in one word: the same line ends it in each scenario that comes there. */
function reasonOf(recording: Recording | undefined, scenario: string): string {
  const end = recording?.events.find((event) => event.is === "ended");
  if (end?.is !== "ended") return scenario;
  const { kind, side, file, line } = end.problem;
  return line === null ? scenario : [kind, side, file, line].join(" ");
}

/** The clauses whose own scenarios, and those of all that they always rest on, have been played. */
function decidable(
  graded: readonly Clause[],
  current: (id: ClauseId) => Clause | undefined,
  pending: ReadonlySet<string>,
): ReadonlySet<ClauseId> {
  if (pending.size === 0) return new Set(graded.map(({ id }) => id));
  const ready = (clause: Clause): boolean => {
    const reached = new Set([clause]);
    // A set that grows while it is walked: all that the clause rests on, each once.
    for (const one of reached) {
      if (one.scenarios.some((name) => pending.has(name))) return false;
      for (const id of foundations(one)) {
        const other = current(id);
        if (other) reached.add(other);
      }
    }
    return true;
  };
  return new Set(graded.filter(ready).map(({ id }) => id));
}

/** All clauses that a clause's verdict may rest on. */
export function dependencies(clause: Clause): ClauseId[] {
  return [...foundations(clause), ...(clause.elses ?? [])];
}

/** Those that it always rests on; on the others only where a condition does not hold. */
export function foundations(clause: Clause): ClauseId[] {
  return [...clause.needs, ...clause.yieldsTo, ...(clause.partNeeds ?? [])];
}

function toVerdict(
  clause: Clause,
  findings: ReadonlyMap<ClauseId, Finding | "open">,
  culprits: ReadonlyMap<string, ClauseId>,
  recordings: ReadonlyMap<string, Recording>,
): Verdict {
  const finding = findings.get(clause.id) as Finding;
  const base = { clause: clause.id, side: clause.side, level: clause.level } as const;
  const none = { expected: null, seen: null, atMs: null, blockedBy: null, remark: null, mark: null, problem: null };
  if (finding.is === "blocked") {
    return { ...base, ...none, verdict: "not-reached", blockedBy: rootOf(finding.by, findings, culprits) };
  }
  if (finding.is === "missing") {
    const culprit = culprits.get(finding.scenario);
    if (culprit !== clause.id) return { ...base, ...none, verdict: "not-reached", blockedBy: culprit ?? null };
    return { ...base, ...none, ...ended(finding.scenario, recordings), verdict: "fail" };
  }
  if (finding.is === "undecided") throw new Error(`${clause.id} is not decided yet.`);
  const { outcome } = finding;
  if (outcome.is === "pass") {
    return { ...base, ...none, verdict: "pass", remark: outcome.remark ?? null, ...place(outcome.mark, recordings) };
  }
  if (outcome.is !== "fail") throw new Error(`${clause.id} was settled as ${outcome.is}.`);
  return {
    ...base,
    ...none,
    verdict: "fail",
    expected: outcome.expected,
    seen: outcome.seen,
    remark: outcome.remark ?? null,
    ...place(outcome.mark, recordings),
  };
}

function rootOf(
  id: ClauseId,
  findings: ReadonlyMap<ClauseId, Finding | "open">,
  culprits: ReadonlyMap<string, ClauseId>,
): ClauseId {
  const finding = findings.get(id) as Finding;
  if (finding.is === "blocked") return rootOf(finding.by, findings, culprits);
  if (finding.is === "missing") return culprits.get(finding.scenario) ?? id;
  return id;
}

function ended(scenario: string, recordings: ReadonlyMap<string, Recording>) {
  const events = recordings.get(scenario)?.events ?? [];
  const index = events.findIndex((event) => event.is === "ended");
  const event = events[index];
  const problem: Problem | null = event?.is === "ended" ? event.problem : null;
  const mark: Mark = { scenario, event: index < 0 ? null : index, on: "settle" };
  return {
    expected: "an answer, from a process that lives",
    seen: problem?.message ?? "the process ended",
    problem,
    ...place(mark, recordings),
  };
}

function place(mark: Mark | undefined, recordings: ReadonlyMap<string, Recording>) {
  if (!mark) return { mark: null, atMs: null };
  const recording = recordings.get(mark.scenario);
  const event = mark.event === null ? undefined : recording?.events[mark.event];
  return { mark, atMs: event ? timeOf(event, mark.on) : (recording?.lastedMs ?? null) };
}

/** When an event was, ms from the scenario's start; of an exchange, the instant of the marked part. */
export function timeOf(event: Event, on: Mark["on"] = "request"): number {
  if (event.is !== "exchange") return event.atMs;
  const { sentMs, doneMs } = event.exchange;
  return on === "request" ? sentMs : (doneMs ?? sentMs);
}
