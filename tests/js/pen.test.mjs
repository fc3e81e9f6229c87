import assert from "node:assert/strict";
import { test } from "node:test";
import { Painting } from "../../ui/components/lib/painting.js";
import { Pen } from "../../ui/components/lib/pen.js";
import { Element, browser, fire, press } from "./page.mjs";

browser();
globalThis.ImageData = class {};
const undo = { ctrlKey: true };

// A page, and how often there was new ink.
function page() {
  const heard = { ink: 0, finished: [] };
  const pen = new Pen(new Element(), { drawn: () => (heard.ink += 1), finished: () => heard.finished.push(pen.text) });
  return { pen, heard, keys: (...all) => all.forEach((key) => (key === "z" ? press(pen.canvas, key, undo) : press(pen.canvas, key))) };
}

test("keys draw a stroke, which is reported when the pen is lifted", () => {
  const { heard, keys } = page();
  keys(" ", "ArrowRight", "ArrowRight", " ");
  assert.deepEqual(heard, { ink: 3, finished: ["P3w3w463w4g3w"] });
});

test("taking a stroke back that the keyboard draws lifts the pen: what a key inks then is a stroke of its own", () => {
  const { pen, heard, keys } = page();
  keys(" ", "ArrowRight", "z");
  assert.deepEqual([pen.text, pen.keys.cursor.hidden], ["", false]);
  const { ink } = heard;
  keys("ArrowRight");
  assert.equal(heard.ink, ink);
  keys(" ", "ArrowDown", " ");
  assert.deepEqual([heard.ink, pen.text, heard.finished.at(-1)], [ink + 2, "P4g3w4g46", "P4g3w4g46"]);
});

test("a stroke under the hand is neither taken back nor cleared away", () => {
  const { pen, keys } = page(), at = (clientX, clientY) => ({ pointerId: 1, button: 0, buttons: 1, clientX, clientY });
  fire(pen.canvas, "pointerdown", at(10, 10));
  keys("z");
  fire(pen.box.querySelector(".clear"), "click");
  fire(pen.canvas, "pointermove", at(20, 10));
  fire(pen.canvas, "pointerup", at(20, 10));
  assert.equal(pen.text, "P0s0s1k0s");
});

test("there is no ink where a pen is outside the page: the stroke ends at the border, and another one begins there", () => {
  const { pen, heard } = page(), at = (clientX, clientY) => ({ pointerId: 1, button: 0, buttons: 1, clientX, clientY });
  fire(pen.canvas, "pointerdown", at(50, 50));
  for (const place of [[-50, 50], [-50, 10], [50, 10], [50, 250], [250, 50]]) fire(pen.canvas, "pointermove", at(...place));
  fire(pen.canvas, "pointerup", at(250, 50));
  assert.deepEqual(heard.finished, ["P3w3w003wP000s3w0s3w7s"]);
  fire(pen.canvas, "pointerdown", at(-50, 50)); // crosses the whole page between two events
  fire(pen.canvas, "pointermove", at(150, 50));
  fire(pen.canvas, "pointerup", at(150, 50));
  assert.equal(pen.text, "P3w3w003wP000s3w0s3w7sP003wP003w7s3w");
  pen.undo(0); // takes back a movement, not a part of it
  assert.equal(pen.text, "P3w3w003wP000s3w0s3w7s");
  pen.undo(0);
  assert.equal(pen.text, "");
});

test("the same on a small picture: what follows can be taken back", () => {
  const box = Object.assign(new Element(), { querySelectorAll: () => ["", "draw", "erase"].map((mode) => Object.assign(new Element(), { dataset: { mode } })) });
  const seen = new Element("canvas"), painting = new Painting(box, 4, { canvas: seen, rest: "Look", changed: () => {}, ended: () => {} });
  painting.take("draw");
  const key = (name, more) => painting.key({ key: name, altKey: false, ctrlKey: false, metaKey: false, preventDefault: () => {}, ...more });
  key(" ");
  key("ArrowRight");
  key("z", undo);
  key("ArrowRight");
  assert.equal(painting.past.length, 0);
  key(" ");
  key("ArrowRight");
  assert.equal(painting.past.length, 1);
});
