/** HTTP clients with their default retries, each with one way to POST a report and one way to GET a status. */
import { loadDev, requireDev, versionOf, whyWithout } from "./dev.ts";
import { output, programVersion } from "./programs.ts";

export interface Library {
  /** The name in the lesson. */
  readonly name: string;
  readonly version: string;
  /** True: a program of this machine, in any version. False: a package that dev/ locks. */
  readonly machines: boolean;
  /** Sends one POST with the body `{}`. May reject or resolve after a bad answer: tests look at what was sent. */
  order(origin: string): Promise<unknown>;
  /** Asks for the status once. @returns the body of what the client takes for the answer */
  ask(url: string): Promise<string>;
}

/** A client that this machine does not have, and why. */
export interface Absent {
  readonly name: string;
  readonly why: string;
}

const json = { "Content-Type": "application/json" };
const post = { method: "POST", headers: json, body: "{}" } as const;

/** All clients, in the order of the lesson's table. */
export async function libraries(): Promise<readonly (Library | Absent)[]> {
  const packages = { ky, got, "axios-retry": axiosRetry, "undici RetryAgent": undici, "@azure/core-lro": coreLro };
  const loaded = Object.entries(packages).map(([name, load]) =>
    whyWithout === null ? load() : { name, why: whyWithout },
  );
  return [fetching(), ...(await Promise.all(loaded)), urllib3(), curl()];
}

function fetching(): Library {
  return {
    name: "fetch",
    version: "of Node",
    machines: false,
    order: (origin) => fetch(`${origin}/reports`, post),
    ask: async (url) => (await fetch(url)).text(),
  };
}

async function ky(): Promise<Library> {
  const { default: client } =
    await loadDev<typeof import("../../dev/node_modules/ky/distribution/index.js")>("ky/distribution/index.js");
  return {
    name: "ky",
    version: versionOf("ky"),
    machines: false,
    order: (origin) => client.post(`${origin}/reports`, { json: {} }),
    ask: (url) => client.get(url).text(),
  };
}

async function got(): Promise<Library> {
  const { default: client } =
    await loadDev<typeof import("../../dev/node_modules/got/dist/source/index.js")>("got/dist/source/index.js");
  return {
    name: "got",
    version: versionOf("got"),
    machines: false,
    order: (origin) => client.post(`${origin}/reports`, { json: {} }),
    ask: (url) => client.get(url).text(),
  };
}

async function axiosRetry(): Promise<Library> {
  const axios = requireDev<typeof import("../../dev/node_modules/axios/index.d.cts")>("axios");
  const { default: retry } = requireDev<{ default(client: unknown): void }>("axios-retry");
  const client = axios.create({ responseType: "text", transformResponse: (text: string) => text });
  retry(client);
  return {
    name: "axios-retry",
    version: versionOf("axios-retry"),
    machines: false,
    order: (origin) => client.post(`${origin}/reports`, {}),
    ask: async (url) => (await client.get<string>(url)).data,
  };
}

async function undici(): Promise<Library> {
  const { Agent, RetryAgent, request } = requireDev<typeof import("../../dev/node_modules/undici/index.js")>("undici");
  const dispatcher = new RetryAgent(new Agent());
  return {
    name: "undici RetryAgent",
    version: versionOf("undici"),
    machines: false,
    order: (origin) => request(`${origin}/reports`, { ...post, dispatcher }),
    ask: async (url) => (await request(url, { dispatcher })).body.text(),
  };
}

/** core-lro sends nothing itself: fetch makes the requests, core-lro decides when to poll. */
async function coreLro(): Promise<Library> {
  return {
    name: "@azure/core-lro",
    version: versionOf("@azure/core-lro"),
    machines: false,
    order: (origin) => poller(() => raw(fetch(`${origin}/reports`, post))),
    ask: async (url) => {
      const begun = await poller(async () => ({
        flatResponse: {},
        rawResponse: { statusCode: 202, headers: { location: url }, body: {} },
      }));
      return JSON.stringify(await begun.pollUntilDone());
    },
  };
}

type Lro = typeof import("../../dev/node_modules/@azure/core-lro/dist/commonjs/index.js");
type LroResponse = import("../../dev/node_modules/@azure/core-lro/dist/commonjs/index.js").LroResponse;

/** A poller of @azure/core-lro. The promise resolves once the POST is answered. */
export function poller(order: () => Promise<LroResponse>): ReturnType<Lro["createHttpPoller"]> {
  const { createHttpPoller } = requireDev<Lro>("@azure/core-lro");
  return createHttpPoller({ sendInitialRequest: order, sendPollRequest: (url) => raw(fetch(url)) });
}

/** A response of fetch in the form that core-lro reads. Location becomes absolute: core-lro does not resolve it. */
export async function raw(answer: Promise<Response>): Promise<LroResponse> {
  const response = await answer;
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  if (headers.location !== undefined) headers.location = new URL(headers.location, response.url).href;
  const body: unknown = text.startsWith("{") ? JSON.parse(text) : {};
  return { flatResponse: body, rawResponse: { statusCode: response.status, headers, body } };
}

function urllib3(): Library | Absent {
  const name = "urllib3";
  const version = programVersion("python3", ["-c", "import urllib3; print(urllib3.__version__)"], /^([\d.]+)/);
  if (version === null) return { name, why: "python3 with urllib3 is not there" };
  const run = (code: string, url: string) =>
    output("python3", ["-c", `import sys, urllib3\nprint(${code}.data.decode())`, url]);
  return {
    name,
    version,
    machines: true,
    order: (origin) => run("urllib3.request('POST', sys.argv[1], json={})", `${origin}/reports`),
    ask: (url) => run("urllib3.request('GET', sys.argv[1])", url),
  };
}

function curl(): Library | Absent {
  const name = "curl --retry";
  const version = programVersion("curl", ["--version"], /^curl ([\d.]+)/);
  if (version === null) return { name, why: "curl is not there" };
  const retry = ["--silent", "--retry", "2"];
  return {
    name,
    version,
    machines: true,
    order: (origin) =>
      output("curl", [...retry, "--header", "Content-Type: application/json", "--data", "{}", `${origin}/reports`]),
    ask: (url) => output("curl", [...retry, url]),
  };
}
