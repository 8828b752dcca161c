/** Words about a subject on the real clock: a server at a URL, or a client that a command starts. */
import type { Run, Subject } from "../contract/model/run.ts";
import { counted } from "./text.ts";

export type RealSubject = Extract<Subject, { readonly url: string } | { readonly command: string }>;

/** The subject if it is a URL or a command; null for files. */
export function realSubject(subject: Subject): RealSubject | null {
  return "url" in subject || "command" in subject ? subject : null;
}

/** The URL, or the command as it was typed. */
export function subjectName(subject: RealSubject): string {
  return "url" in subject ? subject.url : subject.command;
}

/** "real clock, about 70 s". */
export function clockNote({ elapsedMs }: Pick<Run, "elapsedMs">): string {
  const seconds = elapsedMs / 1_000;
  return `real clock, about ${seconds < 10 ? Math.max(1, Math.round(seconds)) : Math.round(seconds / 10) * 10} s`;
}

/** Which clauses aren't graded, and why. */
export function leftOut(subject: RealSubject): string {
  return "url" in subject
    ? "The client's clauses are not graded: this subject is a server."
    : "The server's clauses are not graded, nor what needs timeoutMs or signal: this subject is a command.";
}

/** "124 requests in 68.4 s." */
export function requestCount({ recordings, elapsedMs }: Pick<Run, "recordings" | "elapsedMs">): string {
  const requests = recordings.flatMap(({ events }) => events).filter((event) => event.is === "exchange").length;
  return `${counted(requests, "request")} in ${(elapsedMs / 1_000).toFixed(1)} s.`;
}

/** What to do now; follows the word "next". */
export function nextWords(run: Run, subject: RealSubject): string {
  if (run.verdicts.length === 0) return "mend that, then run the same line again";
  if (!run.passed) return "mend what is open and run the same line again";
  return "url" in subject
    ? "grade its client too: --command, in any language"
    : "grade its server too: --url, in any language";
}
