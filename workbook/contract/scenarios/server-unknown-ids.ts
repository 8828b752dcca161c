/** S5: ids that were never given out. */
import { withOtherId, withOtherRun } from "../location.ts";
import { similarId } from "../similar-id.ts";
import type { Scenario } from "../types.ts";
import { follow, genres, order, rest } from "./server-jobs.ts";

/** Names that every object of JavaScript seems to have. */
export const inheritedNames = ["toString", "__proto__", "constructor"] as const;

export const s5: Scenario = {
  name: "S5",
  side: "server",
  about: "ids that were never given out",
  async play(bench) {
    const [genre = ""] = genres(bench);
    const job = await order(bench, "A", { genre });
    const { id, url } = job;
    if (!url || id === null) return;
    const similar = similarId(id, () => bench.random());
    const withSimilar =
      withOtherId(url, id, similar) ?? withOtherRun(url, (run) => similarId(run, () => bench.random()));
    if (withSimilar !== null) await follow(bench, "unknown.get", new URL(withSimilar, bench.world.origin));
    for (const name of inheritedNames) {
      const path = withOtherId(url, id, name) ?? withOtherRun(url, () => name);
      if (path !== null) await follow(bench, `${name}.get`, new URL(path, bench.world.origin));
    }
    await rest(bench, [job]);
  },
};
