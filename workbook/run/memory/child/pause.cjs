"use strict";
// Pauses the clock: the subject can close its connections, and no time passes.

/**
 * @param clock its present mode, how to change it, and how to be called once a turn
 * @returns pause(mostTurns, onOver): until nothing real is under way, or for this many turns; then the clock runs as before
 */
exports.pauseOf = (clock) => (mostTurns, onOver) => {
  const before = clock.running();
  let left = mostTurns;
  const over = () => {
    if (left < 0) return;
    left = -1;
    clock.onTurn(null);
    clock.run({ ...before });
    onOver();
  };
  clock.run({ onQuiet: over });
  clock.onTurn(() => void (--left === 0 && over()));
};
