/** Ids that look like one of the server's, but were never issued. */

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/**
 * Another id of the same form: hex stays hex, a UUID keeps its version and variant, a number of up to 12 digits becomes
 * a higher one, a prefix stays. Never the id itself.
 * @param random returns numbers in [0, 1)
 */
export function similarId(id: string, random: () => number): string {
  const found = uuid.exec(id);
  if (found) {
    const nodeAt = found.index + 24;
    return id.slice(0, nodeAt) + varied(id.slice(nodeAt, nodeAt + 12), random) + id.slice(nodeAt + 12);
  }
  const counter = /^(\D{0,12})(\d{1,12})$/.exec(id);
  if (counter && !(isHex(id) && counter[1] && id.length >= 8)) {
    const [, prefix = "", digits = ""] = counter;
    return prefix + higher(digits);
  }
  const half = Math.floor(id.length / 2);
  return id.slice(0, half) + varied(id.slice(half), random, isHex(id));
}

/**
 * A number far above this one: plus 1,000,003. Where that has more digits, all nines, since a server may check the length
 * of an id and answer 400; unless the server is about to reach that number.
 */
function higher(digits: string): string {
  const number = Number(digits);
  const raised = String(number + 1_000_003).padStart(digits.length, "0");
  const nines = "9".repeat(digits.length);
  return raised.length > digits.length && Number(nines) - number >= 100 ? nines : raised;
}

function isHex(text: string): boolean {
  return /^[0-9a-f]+$/i.test(text);
}

const letters = "abcdefghjkmnpqrstvwxyz";

/** Each letter becomes another letter of its case, each digit another digit. */
function varied(text: string, random: () => number, hex = isHex(text)): string {
  const other = (from: string, char: string) => {
    const at = Math.max(0, from.indexOf(char));
    return from[(at + 1 + Math.floor(random() * (from.length - 1))) % from.length] ?? char;
  };
  const lower = hex ? "abcdef" : letters;
  const changed = [...text].map((char) => {
    if (/[0-9]/.test(char)) return other("0123456789", char);
    if (/[a-z]/.test(char)) return other(lower, char);
    if (/[A-Z]/.test(char)) return other(lower.toUpperCase(), char);
    return char;
  });
  return changed.join("") === text ? `${text}0` : changed.join("");
}
