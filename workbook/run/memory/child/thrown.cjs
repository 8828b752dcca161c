"use strict";
// Reads a thrown value: its text, its stack, and the frames of that stack. Never throws, whatever the value is.

// Saved, because the learner's code may replace them.
const { Error, JSON, Number, Object, String } = globalThis;

/** Reads frames from a stack's text: url, function, line and column from 1. */
function frames(stack) {
  const found = [];
  for (const line of String(stack ?? "").split("\n")) {
    const match = /^\s*at (?:async )?(?:(.*?) \()?([^()\s][^()]*?):(\d+):(\d+)\)?$/.exec(line);
    if (match) found.push({ url: match[2], name: match[1] ?? "", line: Number(match[3]), column: Number(match[4]) });
  }
  return found;
}

/** A thrown value as one line of text; never throws. */
function textOf(thing) {
  try {
    if (thing instanceof Error) return `${thing.name}: ${thing.message}`;
    if (thing === null || typeof thing !== "object") return String(thing);
    return JSON.stringify(thing) ?? Object.prototype.toString.call(thing);
  } catch {
    return "something that cannot be shown as text";
  }
}

function stackOf(thing) {
  try {
    return thing instanceof Error ? thing.stack : "";
  } catch {
    return "";
  }
}

module.exports = { frames, stackOf, textOf };
