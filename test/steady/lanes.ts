/** Several gradings at the same time, in one process with one pool of children. */

/**
 * Works through all items in order, several at a time. Starts no more once the signal is aborted.
 * @throws the first error of the work, after the rest has ended
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
