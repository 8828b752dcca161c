/** Which child plays what, in which order: two lanes, the same ones for the same scenarios, so that runs repeat exactly. */
import type { Scenario, Side } from "../contract/types.ts";

/** A second child is worth its start for so many scenarios. */
const worthAChild = 4;

/**
 * A lane a side; then the end of the longer one goes to the other, until both are of one length. Within a side the first
 * scenario in contract order comes before all others, whatever the reader waits for: it tells (in some 5 ms) whether the
 * side answers at all, so the verdicts do not depend on the order of play.
 * @param first names of scenarios that come next
 */
export function lanesOf(scenarios: readonly Scenario[], first: ReadonlySet<string>): readonly (readonly Scenario[])[] {
  const server = ordered(scenarios, "server", first);
  const client = ordered(scenarios, "client", first);
  const [longer, shorter] = server.length > client.length ? [server, client] : [client, server];
  const moved = Math.floor((longer.length - shorter.length) / 2);
  if (shorter.length > 0 || moved >= worthAChild) shorter.push(...longer.splice(longer.length - moved));
  return [server, client].filter((lane) => lane.length > 0).map(heavyLast);
}

function ordered(scenarios: readonly Scenario[], side: Side, first: ReadonlySet<string>): Scenario[] {
  const [opening, ...others] = scenarios.filter((scenario) => scenario.side === side);
  if (!opening) return [];
  const isWanted = ({ name }: Scenario) => first.has(name);
  return [opening, ...others.filter(isWanted), ...others.filter((scenario) => !isWanted(scenario))];
}

/** A heavy scenario takes longer than all others together; nobody waits behind it. */
function heavyLast(lane: readonly Scenario[]): Scenario[] {
  return [...lane.filter(({ heavy }) => !heavy), ...lane.filter(({ heavy }) => heavy)];
}
