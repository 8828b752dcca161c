"use strict";
// Preloaded before the clock: references that a library might have saved.
globalThis.captured = { setTimeout, Date };
