import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Player } from "../../ui/components/lib/player.js";
import { Element, fire } from "./page.mjs";

const MILLISECONDS = 80;

// A player of eleven frames, and the frames that it has drawn.
function loaded() {
  const parts = { slider: new Element(), play: new Element(), caption: new Element() }, drawn = [], reported = [];
  const player = new Player(parts, {
    show: (frame) => drawn.push(frame), report: (frame) => reported.push(frame), milliseconds: () => MILLISECONDS,
  });
  player.load(Array.from({ length: 11 }, (_, k) => `step ${k}`), "Step", 0);
  player.show(0);
  return { player, parts, drawn, reported };
}

test("other pictures that play by themselves have one clock, which Pause holds", () => {
  mock.timers.enable({ apis: ["setInterval"] });
  try {
    const { player, parts, drawn, reported } = loaded();
    player.start();
    mock.timers.tick(2 * MILLISECONDS);
    assert.deepEqual(drawn, [0, 1, 2]);
    player.load(player.captions, "Step", 0); // another recording comes while this one plays
    player.show(0);
    player.start();
    mock.timers.tick(2 * MILLISECONDS);
    assert.deepEqual(drawn.slice(3), [0, 1, 2]);
    fire(parts.play, "click");
    mock.timers.tick(5 * MILLISECONDS);
    assert.deepEqual([player.frame, reported], [2, [2]]);
  } finally {
    mock.timers.reset();
  }
});
