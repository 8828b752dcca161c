import type { Clause } from "../../model/clause.ts";
import { expectState, hour, minute } from "./timeline.ts";

export const ttlSparesRunning: Clause = {
  id: "ttl.spares-running",
  side: "server",
  level: "must",
  sentence: "a job still processing never expires",
  why: "Deleting by age alone hits those who wait longest: to them the job has vanished, while the work goes on.",
  source:
    "a convention: retention counts from completion (Azure REST guidelines). Elasticsearch does it otherwise, with a limit on running time",
  decided: 'An archive takes 30 h. GETs 25 h 28 min and 29 h 48 min after its POST return 200 and "processing".',
  hints: [
    "An archive takes 30 hours. Is it there at 25 hours?",
    "Only what is over can expire. Look at the state before you look at the age.",
    'if (job.state.status === "processing") continue;',
  ],
  needs: ["ttl.keeps"],
  yieldsTo: ["status.processing"],
  scenarios: ["S8"],
  check: (evidence) =>
    expectState(
      evidence,
      [
        ["A", 25 * hour + 30 * minute],
        ["A", 29 * hour + 50 * minute],
      ],
      "processing",
    ),
};
