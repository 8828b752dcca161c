/** Starts the child: warms up, tests the waits, says that it is ready, and plays what is ordered, one after the other. */
import type { Scenario } from "../../contract/types.ts";
import type { Order } from "../protocol.ts";
import { rememberGlobals } from "./clean-up.ts";
import { keepSignals } from "./keep-signals.ts";
import { machine } from "./machine.ts";
import { loadAhead } from "./modules.ts";
import { captureOutput } from "./output.ts";
import { playOrder } from "./player.ts";
import { testWaits } from "./selftest.ts";
import { heat } from "./heat.ts";

/** @param scenarios those that an order may name */
export async function start(scenarios: ReadonlyMap<string, Scenario>): Promise<void> {
  const { guard } = machine;
  captureOutput();
  keepSignals();
  const orders: Order[] = [];
  let busy = true;
  const next = async () => {
    const order = orders.shift();
    busy = order !== undefined;
    if (!order) return process.channel?.ref();
    process.channel?.unref();
    const scenario = scenarios.get(order.scenario);
    if (scenario) await playOrder(order, scenario);
    else {
      const why = `There is no scenario named ${order.scenario}.`;
      guard.tell({ is: "done", order: order.id, lastedMs: 0, spentMs: 0, clean: true, why });
    }
    await next();
  };
  process.on("disconnect", () => guard.exit(0));
  process.on("message", (order: Order) => {
    orders.push(order);
    if (!busy) void next();
  });
  process.channel?.unref();
  const waits = await testWaits();
  if (waits !== "ok") machine.clock = machine.clock.fallBack(waits);
  // Nothing of this is told: it is no order's.
  guard.muted = true;
  if (process.argv[2] === "warm") await heat();
  else await loadAhead(["hono", "zod"]);
  guard.muted = false;
  guard.ready = true;
  // What the subject sees of how it was started.
  process.argv.length = 2;
  process.execArgv.length = 0;
  rememberGlobals();
  guard.tell({ is: "ready", waits: machine.clock.waits });
  await next();
}
