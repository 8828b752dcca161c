/** Words for a line: escaped, shortened, in ASCII, counted and listed. Widths are in columns.ts. */

/** How many characters of the learner's text are shown at most. */
export const longest = 200;

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0" };

// eslint-disable-next-line no-control-regex
const unseen = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|\p{Cs}/gu;

/** Shows control characters, and those that turn or hide text, as \x1b, \r, \u202e, so that no text can move the cursor. */
export function escaped(text: string): string {
  return text.replace(unseen, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return named[char] ?? (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

/** The learner's text: escaped, and cut at 200 characters with a count of the rest. Takes no longer for longer texts. */
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

/** Our own words in ASCII: quotes, dashes and arrows are replaced, the learner's letters stay. */
export function ascii(text: string): string {
  return text.replace(/[…“”‘’–—×→←≤≥·]/g, (sign) => plainSigns[sign] ?? sign);
}

/** A clause as a sentence: with a capital and a full stop. */
export function sentence(words: string): string {
  const text = words.trim();
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?:…]["')]?$/.test(first) ? first : `${first}.`;
}

/** A sentence as the rest of another one: without its capital. */
export function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** "1 clause", "3 clauses". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** A step's number in two digits: 3 is "03". */
export function two(n: number): string {
  return String(n).padStart(2, "0");
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[], and = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1)}`;
}
