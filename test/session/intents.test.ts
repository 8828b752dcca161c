import { expect, test } from "vitest";
import { readIntent } from "../../workbook/session/intents.ts";

test.each([{ is: "hint" }, { is: "open", slug: "03-polling" }, { is: "answer", index: 2 }])(
  "%j is an intent",
  (value) => {
    expect(readIntent(value)).toEqual(value);
  },
);

test.each([
  null,
  "hint",
  {},
  { is: "fly" },
  { is: "open" },
  { is: "answer", index: -1 },
  { is: "answer", index: 0.5 },
  { is: "hint", slug: "03-polling" },
])("%j is none", (value) => {
  expect(readIntent(value)).toBeNull();
});
