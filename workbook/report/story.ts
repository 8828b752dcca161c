/** What one job went through, out of a recording that was made to find faults: something that reads well. */
import type { Event, Exchange, Recording } from "../contract/model/recording.ts";
import { tell } from "./wire-words.ts";

type Exchanged = Extract<Event, { readonly is: "exchange" }>;

/**
 * The first order and what was asked at its Location (of a client: all that it asked), up to the last answer that said
 * something new; and how the client's call ended, where no answer says that.
 */
export function storyOf(recording: Recording): Recording {
  const exchanges = recording.events.filter(isExchange).sort((a, b) => a.exchange.sentMs - b.exchange.sentMs);
  const [first] = exchanges;
  if (!first) return { ...recording, events: [] };
  const told = upToNews(recording.side === "client" ? exchanges : exchanges.filter(isOfJob(first.exchange)));
  return {
    ...recording,
    events: [...told, ...recording.events.filter(({ is }) => is === "rejected" || is === "aborted")],
  };
}

function isExchange(event: Event): event is Exchanged {
  return event.is === "exchange";
}

/** Tells whether an exchange is an order, or asks where its answer said that the job's status is. */
function isOfJob(order: Exchange): (event: Exchanged) => boolean {
  const location = order.response?.headers.find(([name]) => name === "location")?.[1];
  const at =
    location !== undefined && URL.canParse(location, order.request.url) ? new URL(location, order.request.url) : null;
  return ({ exchange }) => exchange === order || (at !== null && exchange.request.url === at.href);
}

/** Without the answers at the end that repeat the one before them. */
function upToNews(events: readonly Exchanged[]): Exchanged[] {
  const last = events.findLastIndex((event, index) => index === 0 || answerOf(event) !== answerOf(events[index - 1]));
  return events.slice(0, last + 1);
}

function answerOf(event: Exchanged | undefined): string {
  const response = event?.exchange.response;
  return response ? `${response.status} ${tell(response)}` : "";
}
