import type { HeaderPair } from "../contract/model/recording.ts";

/** @param raw as node:http has them: name, value, name, value … @returns the same lines as pairs, names in lower case */
export function headerPairs(raw: readonly string[]): HeaderPair[] {
  const pairs: HeaderPair[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) pairs.push([(raw[i] ?? "").toLowerCase(), raw[i + 1] ?? ""]);
  return pairs;
}
