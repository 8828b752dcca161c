/** S5: ids that were never issued. */
import { withOtherId, withOtherPart, withOtherRun } from "../../http/location.ts";
import { similarId } from "./similar-id.ts";
import type { ServerScenario } from "../../model/scenario.ts";
import { follow, genres, order, rest } from "./jobs.ts";

/** Names that every JavaScript object inherits. */
export const inheritedNames = ["toString", "__proto__", "constructor"] as const;

export const s5: ServerScenario = {
  name: "S5",
  side: "server",
  about: "ids that were never given out",
  lastsMs: () => 6_500,
  async play(bench) {
    const [genre = "", other = ""] = genres(bench);
    const job = await order(bench, "A", { genre });
    const { id, url } = job;
    if (!url || id === null) return;
    const random = () => bench.random();
    const similar = similarId(id, random);
    // Where Location does not contain the id, a second job's Location shows which part names the job.
    const twin = withOtherId(url, id, similar) === null ? await order(bench, "B", { genre: other }) : null;
    const changed = (name: string, change: (run: string) => string) =>
      withOtherId(url, id, name) ?? (twin?.url && withOtherPart(url, twin.url, change)) ?? withOtherRun(url, change);
    const withSimilar = changed(similar, (run) => similarId(run, random));
    if (withSimilar !== null) await follow(bench, "unknown.get", new URL(withSimilar, bench.world.origin));
    for (const name of inheritedNames) {
      const path = changed(name, () => name);
      if (path !== null) await follow(bench, `${name}.get`, new URL(path, bench.world.origin));
    }
    await rest(bench, twin ? [job, twin] : [job]);
  },
};
