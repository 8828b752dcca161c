"use strict";
// A pause of either clock: what has been settled may put its things away, and no time passes.

/**
 * @param clock how it runs now, how to make it run otherwise, and who is called once a turn
 * @returns pause(mostTurns, onOver): until nothing real is under way, or for so many turns; then it runs as before
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
