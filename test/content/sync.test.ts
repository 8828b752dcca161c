import { describe, expect, test } from "vitest";
import { compareSync } from "../../workbook/content/sync.ts";
import { blocksOf, region, rewrite } from "../../workbook/content/blocks.ts";

const server = `import { Hono } from "hono";

const app = new Hono();

app.post("/reports", async (c) => {
  const seconds = [
    1,
    2,
  ];
  if (seconds.length > 1) {
    return c.json({}, 202);
  } else {
    return c.json({}, 200);
  }
});

app.get("/reports/:id", (c) => c.json({}));

export default app;
`;
const file = "server.ts";
const fence = "```";
const shown = (marker: string, code: string): string =>
  `Text.\n\n<!-- code: ${marker} -->\n${fence}ts\n${code}\n${fence}\n\nMore.\n`;
const read = (name: string): string => {
  if (name !== file) throw new Error(`there is no ${name}`);
  return server;
};

describe("a region of a file", () => {
  test("with no first line is the whole file, without the last line break", () => {
    expect(region(server, { file })).toBe(server.trimEnd());
  });

  test("runs from its first line to where that line's bracket closes", () => {
    const code = region(server, { file, from: "app.post(" });
    expect(code.split("\n")[0]).toBe('app.post("/reports", async (c) => {');
    expect(code.split("\n").at(-1)).toBe("});");
    expect(code.split("\n")).toHaveLength(11);
  });

  test("does not end at an else of the same indentation", () => {
    expect(region(server, { file, from: "if (seconds" })).toBe(
      "if (seconds.length > 1) {\n  return c.json({}, 202);\n} else {\n  return c.json({}, 200);\n}",
    );
  });

  test("is one line when that line opens no bracket", () => {
    expect(region(server, { file, from: "app.get(" })).toBe('app.get("/reports/:id", (c) => c.json({}));');
  });

  test("loses the indentation that its lines share", () => {
    expect(region(server, { file, from: "const seconds" })).toBe("const seconds = [\n  1,\n  2,\n];");
  });

  test("may end at a line that is named, or after a count of lines", () => {
    expect(region(server, { file, from: "const app", to: "app.get(" }).split("\n")).toHaveLength(15);
    expect(region(server, { file, from: "const app", lines: 3 }).split("\n").at(-1)).toContain("app.post");
  });

  test("has no blanks in a line that looks empty, such as a patch has them", () => {
    expect(region("-old\n+new\n \n kept\n \n", { file: "a.patch" })).toBe("-old\n+new\n\n kept");
  });

  test("is the same where lines end as on Windows", () => {
    const windows = server.replaceAll("\n", "\r\n");
    expect(region(windows, { file, from: "app.post(" })).toBe(region(server, { file, from: "app.post(" }));
  });

  test("that is not there, or there twice, is an error that says so", () => {
    expect(() => region(server, { file, from: "app.delete(" })).toThrow(
      'server.ts has no line that begins with "app.delete("',
    );
    expect(() => region(server, { file, from: "app." })).toThrow("2 lines that begin with");
    expect(() => region(server, { file, from: "export default", lines: 9 })).toThrow("ends before 9 lines");
    expect(() => region(server, { file, from: "const app", to: "const nothing" })).toThrow("nothing ends");
  });
});

describe("the blocks of a text", () => {
  test("know their language, their line and where they come from", () => {
    const [block] = blocksOf(shown('server.ts from="app.get(" lines="1"', "old"));
    expect(block).toMatchObject({ language: "ts", code: "old", line: 4, source: { file, from: "app.get(", lines: 1 } });
  });

  test("may have blank lines between marker and fence", () => {
    const [block] = blocksOf(shown("server.ts", "old").replace("-->\n", "-->\n\n"));
    expect(block?.source).toEqual({ file });
  });

  test("that have no marker have no source", () => {
    expect(blocksOf(`${fence}text\na\n${fence}\n`)).toMatchObject([{ language: "text", code: "a", source: null }]);
  });

  test("with a wrong marker are refused", () => {
    expect(() => blocksOf(shown('server.ts upto="x"', ""))).toThrow('no "upto"');
    expect(() => blocksOf(shown("server.ts from=app", ""))).toThrow("This is no marker");
    expect(() => blocksOf(shown('server.ts lines="many"', ""))).toThrow("is no count");
    expect(() => blocksOf("<!-- code: server.ts -->\n\nText.\n")).toThrow("No fence follows");
    expect(() => blocksOf("Text.\n\n<!-- code: server.ts -->\n")).toThrow("No fence follows");
    expect(() => blocksOf(`${fence}ts\nno end\n`)).toThrow("never closed");
  });
});

describe("sync", () => {
  test("writes the file's code into each marked block and leaves all else alone", () => {
    const before = `${shown('server.ts from="app.get("', "old\nand longer")}\n${fence}ts\nours;\n${fence}\n\n${shown('server.ts from="const app"', "")}`;
    const after = rewrite(before, read);
    expect(after).toBe(
      before
        .replace("old\nand longer", 'app.get("/reports/:id", (c) => c.json({}));')
        .replace(`const app" -->\n${fence}ts\n\n`, `const app" -->\n${fence}ts\nconst app = new Hono();\n`),
    );
    expect(rewrite(after, read)).toBe(after);
  });

  test("compares: what differs is named with file and line, what equals is not", () => {
    const right = rewrite(shown('server.ts from="app.get("', ""), read);
    const texts: Record<string, string> = {
      "right.md": right,
      "wrong.md": right.replace("c.json", "c.text"),
      "lost.md": shown("gone.ts", "x"),
    };
    const found = compareSync(Object.keys(texts), (name) => texts[name] ?? read(name));
    expect(found).toHaveLength(2);
    expect(found[0]).toBe("wrong.md, line 4: the code shown is not what server.ts has. Run npm run sync.");
    expect(found[1]).toContain("lost.md: there is no gone.ts");
  });
});
