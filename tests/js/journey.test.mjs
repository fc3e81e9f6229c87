import assert from "node:assert/strict";
import { test } from "node:test";
import { Journey } from "../../ui/components/scatter/journey.js";
import { Element, browser, fire, press } from "./page.mjs";

browser();

test("the time of a picture counts from the pointer or the key that moved the slider, whichever was last", () => {
  const root = new Element(), journey = new Journey(root, {}), slider = root.querySelector(".alpha"), went = [];
  journey.go = (alpha, time) => went.push([alpha, time]);
  const move = (event, alpha) => {
    slider.value = alpha;
    fire(slider, "input");
    return [alpha, event.timeStamp];
  };
  const wanted = [move(fire(slider, "pointermove"), 0.4), move(press(slider, "ArrowRight"), 0.401), move(fire(slider, "pointerdown"), 0.9)];
  assert.deepEqual(went, wanted);
});
