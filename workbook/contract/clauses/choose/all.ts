/** The clauses of choose.*, in the contract's order. */
import type { Clause } from "../../model/clause.ts";
import { chooseFailed } from "./failed.ts";
import { chooseFast } from "./fast.ts";
import { chooseOneJob } from "./one-job.ts";
import { chooseSlow } from "./slow.ts";

export const choose: readonly Clause[] = [chooseSlow, chooseFast, chooseOneJob, chooseFailed];
