/** The text of lessons/CONTRACT.md: every clause from its own data, for readers who check an API by eye. Pure. */
import type { Clause, ClauseId } from "../contract/model/clause.ts";
import type { Lesson } from "./lesson.ts";

/** The page's path from the root. */
export const contractPagePath = "lessons/CONTRACT.md";

/** What the page is made of. It lists the clauses in the order given. */
export interface ContractData {
  readonly clauses: readonly Clause[];
  readonly lessons: readonly Lesson[];
}

/** Headings by the first word of the ids. A word that is not here is its own heading. */
const headings: Readonly<Record<string, string>> = {
  accept: "Accepting work",
  status: "The status of a job",
  "retry-after": "Retry-After",
  cache: "Caching",
  fail: "Work that fails",
  client: "The client",
  choose: "200 or 202",
  ttl: "Cleaning up",
};

const introduction = `# The contract

This page lists every clause that the workbook grades, so that you can hold your own API against it. \`npm run sync\`
writes it from the clauses themselves: don't edit it by hand.

- **must**: code that breaks the clause does not pass. **should**: advice; it fails nothing.
- The lesson is the one that introduces the clause. Later lessons keep grading it, unless they say otherwise.
- **Decided**: what the grader sends, when it looks, and what it accepts.
- **Needs**: clauses that have to pass first. If one of them fails, this one can't be judged and counts as not reached.
- **Source**: where the rule comes from. "A convention" means that many APIs do it and no standard demands it.

These hold in every **Decided**:

- The work of a full report takes 5 s, that of a summary 0.5 s. Times count from the job's POST.
- "JSON" means a content type of \`application/json\`, or one that ends in \`+json\`, and a body that parses. A field that
  is \`null\` counts as absent. Fields and headers that no clause names are free.
- A GET on a Location follows a 301, 302, 307 or 308, up to three times. One whose time has passed when the 202 comes is
  left out.
- A client runs against a scripted server that takes 0.8 s for a response unless it says otherwise. A file and a server
  at a URL differ only where it says so; a program is a client that runs as a command.
`;

/** The whole page, formatted as the repository's formatter leaves it. */
export function contractPage(data: ContractData): string {
  const words = [...new Set(data.clauses.map(({ id }) => firstWord(id)))];
  const sections = words.map((word) => section(word, data));
  return `${introduction}\n${contents(words, data)}\n${sections.join("\n")}`;
}

function contents(words: readonly string[], { clauses }: ContractData): string {
  const rows = words.map((word) => {
    const count = clauses.filter(({ id }) => firstWord(id) === word).length;
    return `- [${headingOf(word)}](#${anchorOf(headingOf(word))}): \`${word}.*\`, ${count === 1 ? "1 clause" : `${count} clauses`}`;
  });
  return `${rows.join("\n")}\n`;
}

function section(word: string, data: ContractData): string {
  const entries = data.clauses.filter(({ id }) => firstWord(id) === word).map((clause) => entry(clause, data));
  return `## ${headingOf(word)}\n\n${entries.join("\n")}`;
}

function entry(clause: Clause, { lessons }: ContractData): string {
  const lesson = lessons.find(({ parts }) =>
    parts.some(({ teaches, guards }) => [...teaches, ...guards].includes(clause.id)),
  );
  const rows = [
    `**${clause.level}**, ${lesson ? `lesson [${lesson.slug.slice(0, 2)}](${lesson.slug}/lesson.md)` : "in no lesson yet"}`,
    `Decided: ${clause.decided}`,
    ...(clause.needs.length === 0 ? [] : [`Needs: ${clause.needs.map(linkTo).join(", ")}`]),
    `Source: ${clause.source}`,
  ];
  return `### ${clause.id}\n\n${capital(clause.sentence)}.\n\n${rows.map((row) => `- ${row}`).join("\n")}\n`;
}

/** The part of an id before its dot. */
function firstWord(id: ClauseId): string {
  return id.split(".", 1)[0] ?? id;
}

function headingOf(word: string): string {
  return headings[word] ?? capital(word);
}

function linkTo(id: ClauseId): string {
  return `[${id}](#${anchorOf(id)})`;
}

/** The name by which a Git host links to a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
