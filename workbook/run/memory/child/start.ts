/** Starts the child: tests the clock, warms up, reports that it is ready, then plays one request after the other. */
import type { Scenario } from "../../../contract/model/scenario.ts";
import type { SealedPlayRequest } from "../protocol.ts";
import { rememberGlobals } from "./clean-up.ts";
import { testClock } from "./clock-test.ts";
import { keepSignals } from "./keep-signals.ts";
import { machine } from "./machine.ts";
import { loadAhead } from "./modules.ts";
import { captureOutput } from "./output.ts";
import { playRequest } from "./player.ts";
import { openRequests } from "./requests.ts";
import { warmUp } from "./warm-up.ts";

/** @param scenarios those that a request may name */
export async function start(scenarios: ReadonlyMap<string, Scenario>): Promise<void> {
  const { guard } = machine;
  captureOutput();
  keepSignals();
  const waiting: SealedPlayRequest[] = [];
  let busy = true;
  let hurried = false;
  const requests = openRequests({
    onRequest(request) {
      waiting.push(request);
      if (!busy) void next();
    },
    onHurry: () => void (hurried = true),
    onEnd: () => guard.end(),
  });
  const next = async (): Promise<void> => {
    const sealed = waiting.shift();
    busy = sealed !== undefined;
    requests.hold(!busy);
    if (!sealed) return;
    const { token, ...request } = sealed;
    guard.seal(token);
    const scenario = scenarios.get(request.scenario);
    if (scenario) await playRequest(request, scenario);
    else {
      const fault = `There is no scenario named ${request.scenario}.`;
      guard.send({ is: "done", request: request.id, lastedMs: 0, spentMs: 0, unclean: null, fault });
    }
    await next();
  };
  requests.hold(false);
  const clockFault = machine.missing ?? (await testClock());
  // Without the clock nothing can be played. As nothing holds it, the process ends by itself.
  if (clockFault !== null) return guard.send({ is: "ready", clockFault });
  // The warm-up belongs to no request, so nothing of it may reach the parent.
  guard.muted = true;
  if (process.argv[2] === "warm") await warmUp(() => hurried);
  else await loadAhead(["hono", "zod"]);
  guard.muted = false;
  guard.ready = true;
  // The subject could see here how this process was started.
  process.argv.length = 2;
  process.execArgv.length = 0;
  rememberGlobals();
  guard.send({ is: "ready", clockFault: null });
  await next();
}
