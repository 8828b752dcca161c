/** lessons/CONTRACT.md: every clause, as its data say. */
import { expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { contractPage } from "../../workbook/content/contract-page.ts";
import { isContractPageFresh } from "../../workbook/content/sync.ts";
import { clauses } from "../../workbook/contract/clauses/all.ts";
import type { Clause } from "../../workbook/contract/model/clause.ts";

const data = { clauses, lessons: lessons() };

test("is as npm run sync writes it", () => {
  expect(isContractPageFresh(data)).toBe(true);
});

test("is out of date when a clause says something else", () => {
  const [first, ...others] = clauses;
  if (!first) throw new Error("There are no clauses.");
  expect(isContractPageFresh({ ...data, clauses: [{ ...first, source: "hearsay" }, ...others] })).toBe(false);
});

test("has each clause once, under its first word", () => {
  const headings = [...contractPage(data).matchAll(/^### (.+)$/gm)].map(([, id]) => id ?? "");
  expect([...headings].sort()).toEqual(clauses.map(({ id }) => id).sort());
  const words = headings.map((id) => id.split(".")[0]);
  expect(words.filter((word, index) => word !== words[index - 1])).toEqual([...new Set(words)]);
});

test("says of a clause all that a reader needs", () => {
  const one: Clause = {
    id: "links.self",
    side: "server",
    level: "must",
    sentence: "there is a link to itself",
    why: "",
    source: "RFC 8288",
    decided: "A GET at 0.1 s has a `self` link.",
    hints: [],
    needs: ["status.processing", "accept.body"],
    yieldsTo: [],
    scenarios: ["S1", "S4"],
    check: () => ({ is: "pass" }),
  };
  expect(contractPage({ ...data, clauses: [one] })).toContain(`## Links

### links.self

There is a link to itself.

- **must**, in no lesson yet
- Decided: A GET at 0.1 s has a \`self\` link.
- Needs: [status.processing](#statusprocessing), [accept.body](#acceptbody)
- Source: RFC 8288
`);
});
