/** The table of clients in lesson 03, read from its text. */
import type { Row } from "./measure.ts";

export interface TableRow {
  readonly name: string;
  readonly version: string;
  readonly cells: Readonly<Record<keyof Row, string>>;
}

/** The rows, from the top. The last column comes from reading the clients' source, so no test can check it. */
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
