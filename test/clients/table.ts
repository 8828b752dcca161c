/** Lesson 03's table of clients, read from its text. */
import type { Row } from "./measure.ts";

export interface TableRow {
  readonly name: string;
  readonly version: string;
  readonly cells: Readonly<Record<keyof Row, string>>;
}

/** The rows, top down. What stands in the last column was read in the source, and is not looked at. */
export function tableRows(markdown: string): readonly TableRow[] {
  const from = markdown.indexOf("| client ");
  const [, , ...lines] = markdown.slice(from, markdown.indexOf("\n\n", from)).split("\n");
  return lines.map((line) => {
    const [client = "", heeds = "", processing = "", busyOrder = "", lostOrder = ""] = line
      .split("|")
      .slice(1)
      .map((cell) => cell.trim());
    const [, name = client, version = ""] = /^(.+?) ([\d.]+|of Node)$/.exec(client.replaceAll("`", "")) ?? [];
    return { name, version, cells: { heeds, processing, busyOrder, lostOrder } };
  });
}
