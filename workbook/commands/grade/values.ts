/** Checks the values of --url and --timeout. */
import { wrongCall } from "../command.ts";

/** The origin of a URL. @throws a wrong call if it is not the address of a server, or has a path */
export function originOf(text: string): string {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (!url) {
    const meant = text.trim().replace(/^(?:[a-z][a-z0-9+.-]*:\/\/)?/i, "http://");
    const example = withPort(new URL(URL.canParse(meant) ? meant : "http://127.0.0.1"));
    throw wrongCall(`"${text}" is no address of a server: write it with http:// and its port, such as ${example}`);
  }
  if (url.username !== "" || url.password !== "") {
    throw wrongCall(`A user name in the address is not sent along: write ${url.origin}`);
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw wrongCall(`Give the address without a path, for the grader adds /reports by itself: ${url.origin}`);
  }
  return url.origin;
}

function withPort({ protocol, host, port }: URL): string {
  return `${protocol}//${host}${port === "" ? ":8080" : ""}`;
}

/** Turns seconds such as 30, 2.5 or 30s into ms. @throws a wrong call if they are not between 0.1 s and an hour */
export function answerMsOf(text: string): number {
  const ms = /^\d+(\.\d+)?s?$/.test(text) ? Math.round(Number.parseFloat(text) * 1_000) : 0;
  if (ms >= 100 && ms <= 3_600_000) return ms;
  throw wrongCall(
    `The timeout is "${text}": give the seconds that the server has for one answer, such as --timeout 30`,
  );
}
