/** Text made fit for a line: escaped, cut, wrapped. Widths are counted in code points; wide characters are not known here. */

/** How much of the learner's bytes is printed at most, in characters. */
export const longest = 200;

/** Characters, as a terminal with plain letters counts them. */
export function widthOf(text: string): number {
  let width = 0;
  for (const _ of text) width++;
  return width;
}

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0" };

// eslint-disable-next-line no-control-regex
const unseen = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|\p{Cs}/gu;

/** Control characters, and those that turn or hide text, as \x1b, \r, \u202e: nothing of the learner's moves the cursor. */
export function escaped(text: string): string {
  return text.replace(unseen, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return named[char] ?? (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

/** The learner's bytes: escaped, and cut at 200 characters with a count of the rest. However long, it costs no time. */
export function learners(text: string, dots = "…"): string {
  if (text.length <= longest) return escaped(text);
  const start = Array.from(text.slice(0, 2 * longest))
    .slice(0, longest)
    .join("");
  const left = text.length - start.length;
  return left === 0 ? escaped(text) : `${escaped(start)}${dots} ${grouped(left)} more`;
}

/** 3812 as "3,812". */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** At most `width` characters; what is cut shows by the dots. */
export function cut(text: string, width: number, dots = "…"): string {
  if (widthOf(text) <= width) return text;
  const kept = Array.from(text)
    .slice(0, Math.max(0, width - dots.length))
    .join("");
  // What ends in dots already needs no more of them.
  return `${kept.endsWith(dots) ? kept.slice(0, -dots.length) : kept}${dots}`.slice(0, Math.max(0, width));
}

/** Lines of at most `width` characters, broken at spaces, a word too long for a line anywhere. Never empty. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let rest = Array.from(paragraph.trimEnd());
    while (rest.length > width) {
      const space = rest.lastIndexOf(" ", width);
      const at = space > 0 ? space : width;
      lines.push(rest.slice(0, at).join("").trimEnd());
      rest = rest.slice(space > 0 ? at + 1 : at);
    }
    lines.push(rest.join(""));
  }
  return lines;
}

const plainSigns: Readonly<Record<string, string>> = {
  "…": "...",
  "“": '"',
  "”": '"',
  "‘": "'",
  "’": "'",
  "–": "-",
  "—": "-",
  "×": "x",
  "→": "->",
  "←": "<-",
  "≤": "<=",
  "≥": ">=",
  "·": "-",
};

/** Our own words without signs beyond ASCII; letters of the learner's stay as they are. */
export function ascii(text: string): string {
  return text.replace(/[…“”‘’–—×→←≤≥·]/g, (sign) => plainSigns[sign] ?? sign);
}

/** A sentence of the catalogue with a capital and a full stop. */
export function sentence(words: string): string {
  const text = words.trim();
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?:…]["')]?$/.test(first) ? first : `${first}.`;
}

/** "1 clause", "3 clauses". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Two digits, as steps are named: 3 is "03". */
export function two(n: number): string {
  return String(n).padStart(2, "0");
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[], and = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1)}`;
}
