/** Sentences about a server that can't be graded at all, or not any more. */
import type { Exchange, Failure } from "../../contract/model/recording.ts";

/** Why not even the first request was answered, and what to do about it. */
export function unreachableWords(subject: URL, { kind, message }: Failure, answerMs: number): string {
  const place = subject.origin;
  if (kind === "refused") {
    return `Nothing answers at ${place} (${message}). Start your server, then run the same line again.`;
  }
  if (kind === "timeout") {
    const longer = `--timeout ${Math.ceil((answerMs * 3) / 1000)}`;
    return `${place} gave no whole answer to POST /reports within ${answerMs / 1000} s. Does it answer curl? If it only needs longer, add ${longer}.`;
  }
  if (kind === "not-http") {
    return `What answers at ${place} speaks no HTTP. Is this your server's port, and is it http, not https?`;
  }
  if (kind === "tls") return `${place}: ${message}. Grade the server by its http address.`;
  return `${place} gave no usable answer to POST /reports: ${message}. Try it with curl.`;
}

/** How a server that had answered before went away. @param isGone it did not come back */
export function diedWords(subject: URL, { kind, message }: Failure, isGone: boolean): string {
  const place = subject.origin;
  if (kind === "timeout") {
    return `${place} took several requests in a row and answered none of them in time. Something in it holds it up; start it anew.`;
  }
  if (!isGone) return `The server at ${place} ended in the middle of the work, and was started again (${message}).`;
  return `The server at ${place} ended in the middle of the work (${message}). Its own output should say why; start it again.`;
}

/**
 * A notice for a first answer that looks like another server's: a redirect, a web page, a 404.
 * @param first the first POST; undefined if there was none
 */
export function strangeAnswer(first: Exchange | undefined): string | null {
  const response = first?.response;
  if (!first || !response || response.status === 202) return null;
  const header = (name: string) => response.headers.find(([key]) => key === name)?.[1] ?? "";
  const asked = `POST /reports at ${new URL(first.request.url).origin}`;
  if (response.status >= 300 && response.status < 400) {
    return `${asked} is answered with a redirect (${response.status}, to ${header("location").slice(0, 60) || "nowhere"}). A POST is not sent on: give the address that it leads to.`;
  }
  if (/html/i.test(header("content-type"))) {
    return `${asked} is answered ${response.status} with a web page. Is this the address of your server?`;
  }
  if (response.status === 404) return `${asked} is answered 404. Is this the address of your server?`;
  return null;
}
