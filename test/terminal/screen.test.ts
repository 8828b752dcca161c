/** What the screen asks of the terminal, and that it takes all of it back. */
import { EventEmitter } from "node:events";
import type { ReadStream, WriteStream } from "node:tty";
import { expect, test } from "vitest";
import { openScreen } from "../../workbook/terminal/screen.ts";

function opened() {
  const modes: boolean[] = [];
  const written: string[] = [];
  const keys: string[] = [];
  const ignore = () => undefined;
  const stdin = Object.assign(new EventEmitter(), {
    setRawMode: (raw: boolean) => modes.push(raw),
    resume: ignore,
    pause: ignore,
  });
  const stdout = Object.assign(new EventEmitter(), { rows: 24, write: (text: string) => written.push(text) });
  const screen = openScreen(stdin as unknown as ReadStream, stdout as unknown as WriteStream, {
    onKey: (key) => keys.push(key),
    onResize: ignore,
  });
  return { screen, stdin, modes, written, keys };
}

test("pastes are marked and keys are raw while the screen is open, and neither after it is closed", () => {
  const { screen, modes, written } = opened();
  expect(written.join("")).toContain("\x1b[?2004h");
  expect(written.join("")).not.toContain("\x1b[?2004l");
  expect(modes).toEqual([true]);
  screen.close();
  screen.close();
  expect(written.join("").match(/\x1b\[\?2004l/g)).toHaveLength(1); // eslint-disable-line no-control-regex
  expect(modes).toEqual([true, false]);
});

test("a key is reported, a pasted text is not taken for keys", () => {
  const { screen, stdin, keys } = opened();
  for (const chunk of ["h", "\x1b[200~try", " {\x1b[20", "1~", "array", "n"]) stdin.emit("data", Buffer.from(chunk));
  screen.close();
  expect(keys.filter((key) => key !== "paste")).toEqual(["h", "n"]);
});
