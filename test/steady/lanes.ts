/** Several gradings at the same time, within one process and its pool of children. */

/**
 * Works through all items, so many at a time, in their order. Once aborted it begins no further one.
 * @throws what a work throws; the others end first
 */
export async function inLanes<T>(
  items: readonly T[],
  lanes: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const lane = async () => {
    for (let next = queue.shift(); next !== undefined && !signal.aborted; next = queue.shift()) await work(next);
  };
  const settled = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const each of settled) if (each.status === "rejected") throw each.reason;
}
