/** Reads what a program in any language wrote to standard error as an error. */
import type { ErrorRecord } from "../../contract/model/recording.ts";

/** How URL parsers and HTTP libraries name a URL without scheme or host. */
const invalidUrl =
  /invalid url|failed to parse url|unknown url type|no scheme supplied|no host (given|supplied|part)|url rejected|unsupported protocol scheme|relative url without a base|could not resolve host: (jobs|status|reports)\b/i;

/** Messages of JSON parsers: Python, JavaScript, jq, Ruby, Go, Rust, Java, C#. */
const parserMessages = [
  /^[\w.$:]*(?:JSONDecodeError|SyntaxError|ParserError|JsonParseException|JsonException)\b/,
  /^(?:[\w.$]+: )*(?:Unexpected (?:token|end of JSON|non-whitespace)|Expecting value: |parse error: )/,
  /^(?:[\w.$]+: )*(?:invalid character '|expected value at line |".*" is not valid JSON)/,
];

/** @param stderr all of standard error @param code the exit code */
export function errorFromStderr(stderr: string, code: number): ErrorRecord {
  const message = messageIn(stderr) || `exit code ${code}, and nothing on standard error`;
  const [head = "", name] = /^(?:[\w.$]+\.)?(\w*(?:Error|Exception)): /.exec(message) ?? [];
  return {
    isError: true,
    name: name ?? "Error",
    message: message.slice(head.length),
    status: null,
    isReason: false,
    isInvalidUrl: invalidUrl.test(message),
    isParserMessage: parserMessages.some((pattern) => pattern.test(message)),
    cause: null,
  };
}

/** The message alone, without the places of a Python traceback or a JavaScript stack. */
function messageIn(text: string): string {
  const lines = text.trim().split(/\r?\n/);
  const traceback = lines.findLastIndex((line) => line.startsWith("Traceback (most recent call last)"));
  if (traceback >= 0) {
    return lines
      .slice(traceback + 1)
      .filter((line) => !/^\s/.test(line))
      .join("\n")
      .trim();
  }
  const stack = lines.findIndex((line) => /^\s+at .+/.test(line));
  if (stack < 0) return text.trim();
  const start = lines.slice(0, stack).findLastIndex((line) => line.trim() === "") + 1;
  return lines.slice(start, stack).join("\n").trim();
}
