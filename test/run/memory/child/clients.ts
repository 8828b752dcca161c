/** Clients of many styles, each with its script and what is expected: times of its requests, and the end. */
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

export interface ClientStyle {
  /** The end of a scenario's name in entry.ts. */
  readonly script: "normal" | "for ever" | "silent" | "cut" | "half a body" | "see other" | "large" | "slow";
  /** Body of runReport(base, params, options). */
  readonly body: string;
  readonly expected: string;
  /** A package that only maintainers have. */
  readonly needs?: string;
}

const post = `const { location } = await (async () => { const r = await fetch(base + "/reports", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(params) }); await r.text(); return { location: new URL(r.headers.get("location"), r.url) }; })();`;
const loop = (wait: string, options = "{}") =>
  `${post} for (;;) { const r = await fetch(location, ${options}); const j = await r.json(); if (j.status === "completed") return j.result; const ms = Number(r.headers.get("retry-after")) * 1000; ${wait} }`;
const usual = loop("await sleep(ms);");
const asked = "0 0 5000 10000 15000, resolved 15000";

export const clients: Readonly<Record<string, ClientStyle>> = {
  fetch: { script: "normal", body: usual, expected: asked },
  "timers/promises": { script: "normal", body: loop("await pause(ms);"), expected: asked },
  "node:http": {
    script: "normal",
    body: `const ask = (url, method, body) => new Promise((done, fail) => { const q = http.request(url, { method, headers: body ? { "content-type": "application/json" } : {} }, (r) => { let text = ""; r.on("data", (d) => (text += d)).on("end", () => done({ r, j: JSON.parse(text) })); }); q.on("error", fail); q.end(body); });
      const { r } = await ask(base + "/reports", "POST", "{}"); const url = new URL(r.headers.location, base);
      for (;;) { const { r, j } = await ask(url, "GET"); if (j.status === "completed") return j.result; await sleep(1000 * r.headers["retry-after"]); }`,
    expected: asked,
  },
  axios: {
    needs: "axios",
    script: "normal",
    body: `const { default: axios } = await import(AXIOS); const r = await axios.post(base + "/reports", params); const url = new URL(r.headers.location, base).href;
      for (;;) { const r = await axios.get(url); if (r.data.status === "completed") return r.data.result; await sleep(1000 * r.headers["retry-after"]); }`,
    expected: asked,
  },
  got: {
    needs: "got",
    script: "normal",
    body: `const { default: got } = await import(GOT); const r = await got.post(base + "/reports", { json: params }); const url = new URL(r.headers.location, base).href;
      for (;;) { const r = await got(url); const j = JSON.parse(r.body); if (j.status === "completed") return j.result; await sleep(1000 * r.headers["retry-after"]); }`,
    expected: asked,
  },
  ky: {
    needs: "ky",
    script: "normal",
    body: `const { default: ky } = await import(KY); const r = await ky.post(base + "/reports", { json: params }); const url = new URL(r.headers.get("location"), base);
      for (;;) { const r = await ky(url); const j = await r.json(); if (j.status === "completed") return j.result; await sleep(1000 * r.headers.get("retry-after")); }`,
    expected: asked,
  },
  undici: {
    needs: "undici",
    script: "normal",
    body: `const { request } = await import(UNDICI); const r = await request(base + "/reports", { method: "POST", body: "{}" }); await r.body.text(); const url = new URL(r.headers.location, base);
      for (;;) { const r = await request(url); const j = await r.body.json(); if (j.status === "completed") return j.result; await sleep(1000 * r.headers["retry-after"]); }`,
    expected: asked,
  },
  recursion: {
    script: "normal",
    body: `${post} const next = async () => { const j = await (await fetch(location)).json(); return j.status === "completed" ? j.result : (await sleep(5000), next()); }; return next();`,
    expected: asked,
  },
  "an interval, cleared": {
    script: "normal",
    body: `${post} return new Promise((done) => { const i = setInterval(async () => { const j = await (await fetch(location)).json(); if (j.status === "completed") { clearInterval(i); done(j.result); } }, 5000); });`,
    expected: "0 5000 10000 15000 20000, resolved 20000",
  },
  "a HEAD before": {
    script: "normal",
    body: `await fetch(base, { method: "HEAD" }); ${usual}`,
    expected: "0 0 0 5000 10000 15000, resolved 15000",
  },
  "wrong: milliseconds for seconds": {
    script: "normal",
    body: loop("await sleep(ms / 1000);"),
    expected: "0 0 5 10 15, resolved 15",
  },
  "wrong: no wait, for ever": { script: "for ever", body: loop(""), expected: "200 requests, stopped 0" },
  "wrong: a wait of NaN, for ever": {
    script: "for ever",
    body: loop("await sleep(NaN);"),
    expected: "200 requests, stopped 198",
  },
  "a slow server": { script: "slow", body: usual, expected: "0 1500 8000 14500, resolved 16000" },
  "a deadline by a signal": {
    script: "silent",
    body: `const signal = AbortSignal.timeout(7000); ${loop("await pause(ms, undefined, { signal });", "{ signal }")}`,
    expected: "0 0, rejected 7000 TimeoutError",
  },
  "a deadline of node:http": {
    script: "silent",
    body: `${post} await new Promise((done, fail) => { const q = http.get(location, { timeout: 3000 }, done); q.on("timeout", () => q.destroy(new Error("slow"))); q.on("error", fail); });`,
    expected: "0 0, rejected 3000 Error",
  },
  "a deadline of axios": {
    needs: "axios",
    script: "silent",
    body: `${post} const { default: axios } = await import(AXIOS); await axios.get(location.href, { timeout: 3000 });`,
    expected: "0 0, rejected 3000 AxiosError",
  },
  "an answer that never comes, awaited by node:http": {
    script: "silent",
    body: `${post} await new Promise((done) => http.get(location, done));`,
    expected: "0 0, stalled 5000",
  },
  "a cut connection, asked again": {
    script: "cut",
    body: `${post} for (;;) { try { const r = await fetch(location); const j = await r.json(); if (j.status === "completed") return j.result; await sleep(5000); } catch { await sleep(2000); } }`,
    expected: "0 0 5000 7000 12000, resolved 12000",
  },
  "a body cut in the middle": { script: "half a body", body: usual, expected: "0 0, rejected 0 TypeError" },
  "a 303 to the result": { script: "see other", body: usual, expected: "0 0 5000 5000, resolved 5000" },
  "a result of 2 MB": { script: "large", body: usual, expected: "0 0 5000, resolved 5000" },
  "another host": {
    script: "normal",
    body: `await fetch("http://example.com/reports");`,
    expected: "none, rejected 0 TypeError",
  },
  "another host, by TLS": {
    script: "normal",
    body: `await fetch("https://example.com/reports");`,
    expected: "none, rejected 0 TypeError",
  },
  "a synchronous throw": {
    script: "normal",
    body: `throw new RangeError("no");`,
    expected: "none, rejected 0 RangeError",
  },
  "a promise that nothing settles": {
    script: "normal",
    body: `await new Promise(() => {});`,
    expected: "none, stalled 0",
  },
};

/** The URL of a package for maintainers; null if it is not installed. */
export function packageUrl(name: string): string | null {
  const folder = path.join(import.meta.dirname, "../../../../dev/node_modules", name);
  const entries = ["index.js", "dist/source/index.js", "distribution/index.js"].map((file) => path.join(folder, file));
  const entry = entries.find((file) => existsSync(file));
  return entry ? pathToFileURL(entry).href : null;
}

/** The code of a whole client module. */
export function clientOf(style: Pick<ClientStyle, "body" | "needs">, sync = false): string {
  const url = style.needs === undefined ? null : packageUrl(style.needs);
  const body = url === null ? style.body : style.body.replace((style.needs ?? "").toUpperCase(), JSON.stringify(url));
  return `import http from "node:http"; import net from "node:net"; import { setTimeout as pause } from "node:timers/promises";
    const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
    export ${sync ? "" : "async "}function runReport(base, params, options) { ${body} }`;
}
