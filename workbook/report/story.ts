/** The story of one job, picked from a recording: what the screen of a passed step shows. */
import type { Event, Exchange, Recording } from "../contract/model/recording.ts";
import { gistOf } from "./wire-words.ts";

type Exchanged = Extract<Event, { readonly is: "exchange" }>;

/**
 * A recording's first POST and the polls of its Location (of a client: all its requests), up to the last response that
 * says something new. If the client's call was rejected or aborted, that follows.
 */
export function storyOf(recording: Recording): Recording {
  const exchanges = recording.events.filter(isExchange).sort((a, b) => a.exchange.sentMs - b.exchange.sentMs);
  const [first] = exchanges;
  if (!first) return { ...recording, events: [] };
  const shown = upToNews(recording.side === "client" ? exchanges : exchanges.filter(isOfJob(first.exchange)));
  return {
    ...recording,
    events: [...shown, ...recording.events.filter(({ is }) => is === "rejected" || is === "aborted")],
  };
}

function isExchange(event: Event): event is Exchanged {
  return event.is === "exchange";
}

/** Whether an exchange is this POST, or a request to the Location of its response. */
function isOfJob(post: Exchange): (event: Exchanged) => boolean {
  const location = post.response?.headers.find(([name]) => name === "location")?.[1];
  const at =
    location !== undefined && URL.canParse(location, post.request.url) ? new URL(location, post.request.url) : null;
  return ({ exchange }) => exchange === post || (at !== null && exchange.request.url === at.href);
}

/** Leaves out the responses at the end that repeat the one before. */
function upToNews(events: readonly Exchanged[]): Exchanged[] {
  const last = events.findLastIndex((event, index) => index === 0 || answerOf(event) !== answerOf(events[index - 1]));
  return events.slice(0, last + 1);
}

function answerOf(event: Exchanged | undefined): string {
  const response = event?.exchange.response;
  return response ? `${response.status} ${gistOf(response)}` : "";
}
