import { expect, test } from "vitest";
import { toCsv } from "../../workbook/hand-ins/csv.ts";

test("cells with commas and quotes are quoted, and what a spreadsheet would calculate gets an apostrophe", () => {
  const mark = { exercise: "02-accepted", passed: false, passes: 3, of: 18, open: null, problem: "a\nb", seconds: 1 };
  const names = ['Sm"ith, J', "=1+1", "+49", "-x", "@me", " =1", "plain"];
  const [header, ...rows] = toCsv(names.map((student) => ({ student, mark }))).split("\r\n");
  expect(header).toBe("student,exercise,passed,must passed,must,first failing clause,problem,seconds");
  expect(rows.map((row) => row.replace(",02-accepted,no,3,18,,a b,1.0", ""))).toEqual([
    '"Sm""ith, J"',
    "'=1+1",
    "'+49",
    "'-x",
    "'@me",
    "' =1",
    "plain",
    "",
  ]);
});
