/** How a recording ends. */
import type { Event, Recording } from "./recording.ts";

type Ended = Extract<Event, { readonly is: "ended" }>;

/**
 * The event that says why the subject could not be run on.
 * @returns null when it was running at the end: it never ended, or it was started again after its last `ended`
 */
export function endOf({ events }: Pick<Recording, "events">): Ended | null {
  const last = events.findLast((event) => event.is === "ended" || event.is === "started");
  return last?.is === "ended" ? last : null;
}
