/** Starts the child: warms up, tests the waits, says that it is ready, and plays what is ordered, one after the other. */
import type { Scenario } from "../../../contract/model/scenario.ts";
import type { SealedOrder } from "../protocol.ts";
import { rememberGlobals } from "./clean-up.ts";
import { keepSignals } from "./keep-signals.ts";
import { machine } from "./machine.ts";
import { loadAhead } from "./modules.ts";
import { openOrders } from "./requests.ts";
import { captureOutput } from "./output.ts";
import { playOrder } from "./player.ts";
import { testWaits } from "./selftest.ts";
import { heat } from "./warm-up.ts";

/** @param scenarios those that an order may name */
export async function start(scenarios: ReadonlyMap<string, Scenario>): Promise<void> {
  const { guard } = machine;
  captureOutput();
  keepSignals();
  const waiting: SealedOrder[] = [];
  let busy = true;
  let hurried = false;
  const orders = openOrders({
    onOrder(order) {
      waiting.push(order);
      if (!busy) void next();
    },
    onHurry: () => void (hurried = true),
    onEnd: () => guard.end(),
  });
  const next = async (): Promise<void> => {
    const sealed = waiting.shift();
    busy = sealed !== undefined;
    orders.hold(!busy);
    if (!sealed) return;
    const { token, ...order } = sealed;
    guard.seal(token);
    const scenario = scenarios.get(order.scenario);
    if (scenario) await playOrder(order, scenario);
    else {
      const why = `There is no scenario named ${order.scenario}.`;
      guard.tell({ is: "done", order: order.id, lastedMs: 0, spentMs: 0, clean: true, why });
    }
    await next();
  };
  orders.hold(false);
  const waits = await testWaits();
  if (waits !== "ok") machine.clock = machine.clock.fallBack(waits);
  // Nothing of this is told: it is no order's.
  guard.muted = true;
  if (process.argv[2] === "warm") await heat(() => hurried);
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
