import { expect, test } from "vitest";
import { callOf } from "../../workbook/commands/client.ts";
import { refuseTakenFlags } from "../../workbook/commands/npm-flags.ts";
import { portFor } from "../../workbook/commands/serve.ts";
import { lessons } from "../../workbook/content/catalogue.ts";

test("key=value pairs are parameters, and timeoutMs is an option", () => {
  expect(callOf(["genre=science fiction", "note=a=b", "timeoutMs=2000"])).toEqual({
    params: { genre: "science fiction", note: "a=b" },
    timeoutMs: 2000,
  });
  expect(() => callOf(["poetry"])).toThrow(`"poetry" is no key=value.`);
  expect(() => callOf(["timeoutMs=2s"])).toThrow("timeoutMs=2000");
});

test("serve listens on 3000 + N, or on PORT", () => {
  const [first] = lessons();
  if (!first) throw new Error("There are no lessons.");
  expect(portFor(first, {})).toBe(3001);
  expect(portFor(first, { PORT: "8080" })).toBe(8080);
  expect(() => portFor(first, { PORT: "80a" })).toThrow("give it a number");
});

test.each([
  [{ npm_config_json: "true" }, ["3"], "npm run grade -- 3 --json"],
  [{ npm_config_server: "true" }, ["3", "my server.ts"], `npm run grade -- 3 --server "my server.ts"`],
  [{ npm_config_server: "a.ts", npm_config_client: "b.ts" }, ["3"], "npm run grade -- 3 --server a.ts --client b.ts"],
  [{ npm_config_seed: "true" }, ["3"], "npm run grade -- 3 --seed SEED"],
])("where npm took %j, the line to type is shown", (env, args, line) => {
  const flags = { server: true, client: true, json: false, seed: true };
  expect(() => refuseTakenFlags("grade", args, flags, { npm_lifecycle_event: "grade", ...env })).toThrow(
    `Type: ${line}\n`,
  );
  expect(() => refuseTakenFlags("grade", args, flags, env)).not.toThrow();
});
