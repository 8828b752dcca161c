import { describe, expect, test } from "vitest";
import { serverScenarios } from "../../workbook/contract/scenarios/server/all.ts";
import type { Exchange, Recording } from "../../workbook/contract/model/recording.ts";
import { json, play, server, shown, type Simulated, worldOf } from "./simulated.ts";

async function played(name: string, lesson = 4, simulated: Simulated = server()()): Promise<Recording> {
  const scenario = serverScenarios.find((one) => one.name === name);
  if (!scenario) throw new Error(`no ${name}`);
  return play(scenario, simulated, worldOf(lesson));
}

function sent(recording: Recording): Exchange[] {
  return recording.events.flatMap((event) => (event.is === "exchange" ? [event.exchange] : []));
}

/** Seconds after the POST at which a job was asked for. */
function times(recording: Recording, label: string): number[] {
  const post = sent(recording).find((one) => one.label === `${label}.post`)?.sentMs ?? 0;
  return sent(recording)
    .filter((one) => one.label === `${label}.get`)
    .map((one) => (one.sentMs - post) / 1000);
}

describe("the server's scenarios", () => {
  test("S1 asks now and then, and goes on until an answer is not processing", async () => {
    expect(times(await played("S1"), "A")).toEqual([0.1, 1.3, 2.7, 4.2, 10.5]);
    const slow = server({ show: (job, atMs) => shown(job, atMs - 20_000) })();
    expect(times(await played("S1", 4, slow), "A")).toEqual([0.1, 1.3, 2.7, 4.2, 10.5, 20.3, 30.3]);
  });

  test("S1 orders one genre, another, and none, each after the one before was read", async () => {
    const posts = sent(await played("S1")).filter(({ label }) => label.endsWith(".post"));
    const [a, b, none] = posts.map(({ request }) => JSON.parse(request.body ?? "") as { genre?: string });
    expect(a?.genre).not.toBe(b?.genre);
    expect([a?.genre, b?.genre]).toContain("fiction");
    expect(none).toEqual({});
  });

  test("a GET whose time has passed when the 202 comes is left out", async () => {
    const quick = server()();
    const late: Simulated = (asked) => {
      const answer = quick(asked);
      return answer && asked.method === "POST" ? { ...answer, delayMs: 2_000 } : answer;
    };
    expect(times(await played("S1", 5, late), "A")).toEqual([2.7, 4.2, 10.5]);
    expect(times(await played("S3", 5, late), "A")[0]).toBe(2.15);
  });

  test("S2 asks nothing until the work must be done; in exercise 06 it ends after a minute", async () => {
    expect(times(await played("S2"), "A")).toEqual([10.2, 10.9, 12.2, 70.2, 3600]);
    expect(times(await played("S2", 6), "A")).toEqual([10.2, 10.9, 12.2, 70.2]);
  });

  test("S3 asks 20 times while the work runs, and four times a second afterwards, never near an edge", async () => {
    const all = times(await played("S3"), "A");
    expect(all.filter((t) => t < 5)).toHaveLength(20);
    expect(all[0]).toBe(0.1);
    expect(all[19]).toBe(4.8);
    expect(all[20]).toBe(5.12);
    expect(all.at(-1)).toBeLessThanOrEqual(12);
    for (const edge of [2, 2.5, 5, 10]) expect(all.filter((t) => Math.abs(t - edge) < 0.1)).toEqual([]);
  });

  test("S4 orders two equal reports and another at once, and a summary 0.3 s later; in exercise 05 no summary", async () => {
    const recording = await played("S4");
    const posts = sent(recording).filter(({ label }) => label.endsWith(".post"));
    expect(posts.map(({ sentMs }) => sentMs)).toEqual([0, 0, 0, 300]);
    expect(posts[0]?.request.body).toBe(posts[1]?.request.body);
    expect(posts[0]?.request.body).not.toBe(posts[2]?.request.body);
    expect(posts[3]?.request.body).toBe('{"kind":"summary"}');
    const chosen = sent(await played("S4", 5)).filter(({ label }) => label.endsWith(".post"));
    expect(chosen).toHaveLength(3);
  });

  test("no job gets more than ten GETs outside S3, even if it is never done", async () => {
    const never = server({ show: (job) => json(200, { id: job.id, status: "processing" }) });
    for (const name of ["S1", "S2", "S4", "S5", "S6a", "S6b", "S7", "S11"]) {
      for (const simulated of [server()(), never()]) {
        const gets = sent(await played(name, 4, simulated)).filter(({ request }) => request.method === "GET");
        for (const label of new Set(gets.map((get) => get.label))) {
          expect(gets.filter((get) => get.label === label).length, `${name} ${label}`).toBeLessThanOrEqual(10);
        }
      }
    }
  });

  test("S5 asks for an id of the same make, and for names that every object has", async () => {
    const paths = sent(await played("S5"))
      .slice(1)
      .map(({ request }) => new URL(request.url).pathname);
    expect(paths).toEqual(["/reports/job-1000004", "/reports/toString", "/reports/__proto__", "/reports/constructor"]);
  });

  test("S6a, S6b and S7 belong to the exercises from 04 on", async () => {
    for (const name of ["S6a", "S6b", "S7"]) {
      expect((await played(name, 3)).events).toEqual([]);
      expect((await played(name, 4)).events.length).toBeGreaterThan(5);
    }
    expect(times(await played("S6a"), "X")).toEqual([0.1, 2.7, 5.6, 7.1, 10.3, 20.3]);
  });

  test("a redirect from Location is followed, up to three times", async () => {
    const right = server()();
    const turning: Simulated = (asked) =>
      asked.method === "GET" && !asked.path.endsWith("/")
        ? { status: 308, headers: [["location", `${asked.path}/`]], body: "" }
        : right({ ...asked, path: asked.path.replace(/\/$/, "") });
    const labels = sent(await played("S1", 4, turning)).map(({ label }) => label);
    expect(labels.slice(0, 3)).toEqual(["A.post", "A.get", "A.get>"]);
    const circling: Simulated = (asked) =>
      asked.method === "GET" ? { status: 302, headers: [["location", asked.path]], body: "" } : right(asked);
    const round = sent(await played("S2", 4, circling)).map(({ label }) => label);
    expect(round.slice(1, 6)).toEqual(["A.get", "A.get>", "A.get>", "A.get>", "A.get"]);
  });

  test("where Location does not lead to the job, S1 looks once where it would be expected", async () => {
    const lost = server({
      accept: ({ id }) => json(202, { id, status: "processing" }, ["location", "/reports/undefined"]),
    })();
    const usual = sent(await played("S1", 4, lost)).filter(({ label }) => label === "A.usual");
    expect(usual.map(({ request }) => new URL(request.url).pathname)).toEqual(["/reports/job-1"]);
  });

  test("the same seed gives the same requests", async () => {
    const requests = async () =>
      JSON.stringify(sent(await played("S4")).map(({ request, sentMs }) => [request, sentMs]));
    expect(await requests()).toBe(await requests());
  });
});
