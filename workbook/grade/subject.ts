/** The kinds of subjects: each kind has a runner of its own. */
import type { Side } from "../contract/model/recording.ts";
import type { Subject } from "../contract/model/run.ts";

/** A server at a URL, or a client that a command starts. */
export type HttpSubject = Extract<Subject, { readonly url: string } | { readonly command: string }>;

/** A server's file, a client's file, or both. */
export type FileSubject = Exclude<Subject, HttpSubject>;

export function isHttp(subject: Subject): subject is HttpSubject {
  return "url" in subject || "command" in subject;
}

/** The sides that a subject has. */
export function sidesOf(subject: Subject): readonly Side[] {
  if ("url" in subject) return ["server"];
  if ("command" in subject) return ["client"];
  return (["server", "client"] as const).filter((side) => subject[side] !== undefined);
}
