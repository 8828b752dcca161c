/** Plays the scenario of an order on a fresh module, and tells all that happens. */
import type { Scenario } from "../../../contract/model/scenario.ts";
import type { Order } from "../protocol.ts";
import { playOnBench, type Subject } from "./bench.ts";
import { runReportOf } from "./client.ts";
import { changed, cleanUp } from "./clean-up.ts";
import { machine } from "./machine.ts";
import { freshModule, type Exports } from "./modules.ts";
import { endOutput } from "./output.ts";
import { close, createPlay, type Play } from "./play.ts";
import { appOf } from "./server.ts";
import { traceBeginnings, type Trace } from "./trace.ts";

/** Reads of the clock that may come in one turn of a sweep over very many jobs. */
const heavyPatience = 20_000_000;

/** Plays one scenario; never rejects. */
export async function playOrder(order: Order, scenario: Scenario): Promise<void> {
  const { clock, guard, random } = machine;
  const play = createPlay(order.id, scenario.side);
  play.closers.add(endOutput);
  clock.rebase();
  clock.patience(scenario.heavy ? heavyPatience : undefined);
  random.reseed(`${order.world.seed} ${scenario.name}`);
  await guard.arm(play, order);
  const trace = order.trace ? traceBeginnings() : null;
  const fault = await over(play, () => playOn(play, order, scenario, trace));
  // Before all else: some changes let nothing more be done here.
  const change = changed();
  if (change?.shared) guard.notice(`changes what all code of the process shares (${change.what})`);
  endOutput();
  const lastedMs = play.now();
  trace?.stop();
  close(play);
  const broken = play.ended ? "the scenario ended with a problem" : fault;
  // What goes wrong from here on, because connections are ended, is nobody's fault.
  play.ended = true;
  const why = broken ?? (await cleanUp()) ?? changed()?.what ?? null;
  const spentMs = guard.spentMs();
  guard.disarm();
  clock.stop();
  guard.tell({ is: "done", order: order.id, lastedMs, spentMs, clean: why === null, why: why ?? "" });
}

/**
 * When the scenario is over: it is done, it cannot go on, or nothing is left that could happen. No method of a promise is
 * called: the learner's code may have put its own in their place.
 * @returns what is wrong with the scenario itself, or null
 */
function over(play: Play, played: () => Promise<void>): Promise<string | null> {
  const { clock, guard } = machine;
  return new Promise((resolve) => {
    clock.start(() => {
      let settled = false;
      for (const settle of Array.from(play.dry)) settled = settle() || settled;
      if (!settled) resolve("nothing was left that could happen");
    });
    const first = async () => {
      try {
        await played();
        resolve(null);
      } catch (error) {
        resolve(guard.stackOf(error) || guard.textOf(error));
      }
    };
    const second = async () => {
      await play.problem;
      resolve(null);
    };
    void first();
    void second();
  });
}

async function playOn(play: Play, order: Order, scenario: Scenario, trace: Trace | null): Promise<void> {
  const subject = await load(play, order);
  if (!subject) return;
  machine.clock.rebase();
  const held = () => trace?.tellHeld(order.id);
  const later = await playOnBench({ play, order, scenario, subject, onHeld: held });
  await later?.();
}

/** The fresh subject of the scenario's side; null when there is a problem with it, which is told then. */
async function load(play: Play, order: Order): Promise<Subject | null> {
  const { guard } = machine;
  const { side } = play;
  const bundle = order[side];
  if (!bundle) throw new Error(`The order has no ${side}.`);
  const endless = () => {
    guard.problem("import", "It never ends loading: an await at its top level waits for something that never comes.");
    return true;
  };
  play.dry.add(endless);
  let exports: Exports;
  try {
    exports = await freshModule(bundle, side);
  } catch (error) {
    tellBroken(error, side);
    return null;
  } finally {
    play.dry.delete(endless);
  }
  const subject = { exports, app: appOf(exports), runReport: runReportOf(exports) };
  if (side === "server" && !subject.app) {
    guard.problem("export", "server.ts has no default export with a fetch method. End it with: export default app;");
    return null;
  }
  if (side === "client" && !subject.runReport) {
    guard.problem(
      "export",
      "client.ts exports no function runReport. Write: export async function runReport(baseUrl, params, options) { … }",
    );
    return null;
  }
  return subject;
}

function tellBroken(error: unknown, side: string): void {
  const { guard } = machine;
  const text = guard.textOf(error);
  const frames = guard.frames(guard.stackOf(error));
  const ran = frames.some(({ url }) => url === `learner:${side}`);
  if (error instanceof SyntaxError && !ran) {
    const place = new RegExp(`^learner:${side}:(\\d+)`).exec(guard.stackOf(error));
    const line = Number(place?.[1] ?? 1);
    const kind = /does not provide an export named/.test(text) ? "import" : "syntax";
    return guard.problem(kind, error.message, [{ url: `learner:${side}`, name: "", line, column: 1 }]);
  }
  guard.problem("throw", text, frames);
}
