/** Writes a finding as a verdict: its root cause, and where it shows in the recording. */
import type { Clause, Mark, Verdict } from "../model/clause.ts";
import { endOf } from "../model/end.ts";
import type { Event, Recording } from "../model/recording.ts";
import { rootOf, type Findings } from "./findings.ts";

const nothing = { expected: null, seen: null, atMs: null, blockedBy: null, remark: null, mark: null, problem: null };

/** @throws Error when the clause is not decided: a fault of the judge */
export function toVerdict(clause: Clause, findings: Findings): Verdict {
  const { recordings, blamed } = findings;
  const finding = findings.of.get(clause.id);
  const base = { clause: clause.id, side: clause.side, level: clause.level, ...nothing } as const;
  if (finding?.is === "blocked") {
    return { ...base, verdict: "not-reached", blockedBy: rootOf(finding.by, findings) };
  }
  if (finding?.is === "missing") {
    const id = blamed.get(finding.scenario);
    if (id !== clause.id) return { ...base, verdict: "not-reached", blockedBy: id ?? null };
    return { ...base, ...processEnded(finding.scenario, recordings), verdict: "fail" };
  }
  if (!finding || finding.is === "undecided") throw new Error(`${clause.id} is not decided yet.`);
  const { outcome } = finding;
  if (outcome.is === "pass") {
    return { ...base, verdict: "pass", remark: outcome.remark ?? null, ...placed(outcome.mark, recordings) };
  }
  if (outcome.is !== "fail") throw new Error(`${clause.id} was settled as ${outcome.is}.`);
  const { expected, seen, remark = null, mark } = outcome;
  return { ...base, verdict: "fail", expected, seen, remark, ...placed(mark, recordings) };
}

function processEnded(scenario: string, recordings: ReadonlyMap<string, Recording>) {
  const recording = recordings.get(scenario);
  const end = recording ? endOf(recording) : null;
  const mark: Mark = { scenario, event: end && recording ? recording.events.indexOf(end) : null, on: "settle" };
  return {
    expected: "an answer, from a process that lives",
    seen: end?.problem.message ?? "the process ended",
    problem: end?.problem ?? null,
    ...placed(mark, recordings),
  };
}

function placed(mark: Mark | undefined, recordings: ReadonlyMap<string, Recording>) {
  if (!mark) return { mark: null, atMs: null };
  const recording = recordings.get(mark.scenario);
  const event = mark.event === null ? undefined : recording?.events[mark.event];
  return { mark, atMs: event ? timeOf(event, mark.on) : (recording?.lastedMs ?? null) };
}

/** When an event was, ms from the scenario's start; for an exchange, when the marked part was there. */
function timeOf(event: Event, on: Mark["on"]): number {
  if (event.is !== "exchange") return event.atMs;
  const { sentMs, doneMs } = event.exchange;
  return on === "request" ? sentMs : (doneMs ?? sentMs);
}
