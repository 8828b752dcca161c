"use strict";
// Preloaded before the clock: what a library might have taken hold of.
globalThis.captured = { setTimeout, Date };
