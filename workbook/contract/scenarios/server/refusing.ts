/** S7: requests that must be refused. From exercise 04 on. */
import { withOtherId } from "../../http/location.ts";
import type { ServerScenario } from "../../model/scenario.ts";
import { canFail, follow, genres, idOf, order, rest, usualPath } from "./jobs.ts";

/** Bodies that are not JSON. */
export const malformed: readonly string[] = ['{"genre":', "{genre: x}"];

/** JSON of the wrong shape. Where there is a genre, the refusal must name the field. */
export const invalid: readonly string[] = ["[]", '"x"', "42", '{"genre": 42}', '{"genre": ["a"]}', '{"kind": 5}'];

export const s7: ServerScenario = {
  name: "S7",
  side: "server",
  about: "requests to refuse",
  lastsMs: (world) => (canFail(world) ? 6_500 : 0),
  async play(bench) {
    if (!canFail(bench.world)) return;
    const [genre = "", other = ""] = genres(bench);
    const post = { method: "POST", url: "/reports" } as const;
    for (const [i, body] of malformed.entries()) await bench.send({ ...post, label: `malformed-${i}.post`, body });
    const valid = await order(bench, "A", { genre });
    for (const [i, body] of invalid.entries()) {
      const id = idOf(await bench.send({ ...post, label: `invalid-${i}.post`, body }));
      if (id === null) continue;
      const path = (valid.url && valid.id !== null && withOtherId(valid.url, valid.id, id)) || usualPath(id);
      if (path !== null) await follow(bench, `invalid-${i}.get`, new URL(path, bench.world.origin));
    }
    await bench.send({ label: "PUT.put", method: "PUT", url: "/reports", body: JSON.stringify({ genre: other }) });
    await bench.send({ label: "DELETE.delete", method: "DELETE", url: "/reports" });
    await rest(bench, [valid]);
  },
};
