import assert from "node:assert/strict";
import { test } from "node:test";
import { Bars } from "../../ui/components/chain/bars.js";
import { Row } from "../../ui/components/inside/row.js";
import { Pen } from "../../ui/components/lib/pen.js";
import { Plane } from "../../ui/components/lib/plane.js";
import { Sketch } from "../../ui/components/lib/sketch.js";
import { Probe } from "../../ui/components/toy_flow/probe.js";
import { Element, browser, press } from "./page.mjs";

browser();

// Each with its canvas, and what it does with a key.
const surfaces = {
  "a page to draw on": () => new Pen(new Element(), {}).canvas,
  "a plane to draw points on"() {
    const canvas = new Element(), act = () => {}, sketch = new Sketch(canvas, new Element(), new Element(), { begin: act, redraw: act, tell: act });
    sketch.receive([], [[0, 1], [0, 1]]);
    return canvas;
  },
  "a plane of the latent space"() {
    const root = new Element(), plane = new Plane(root, { preview: () => {}, pick: () => {}, leave: () => {} });
    plane.names = ["z0", "z1"];
    return root.querySelector(".pad");
  },
  "the bars of a code"() {
    const root = new Element(), act = () => {}, bars = new Bars(root, { moved: act, released: act, wrong: act });
    bars.begin([0, 1]);
    bars.show([0, 0], [0, 0], [0, 0]);
    return root.querySelector(".bars");
  },
  "the tiles of a layer"() {
    const row = new Row({ title: "dense", shape: [4], bounds: [0, 1], ends: [0, 1], dead: [] }, 0, "1,000 codes", () => {});
    row.fit(300);
    return row.canvas;
  },
  "a point that is followed"() {
    const plane = new Element(), probe = new Probe(plane, Object.assign(new Element(), { value: "noise" }), () => {});
    assert.ok(probe.drags);
    return plane;
  },
};

for (const [name, opened] of Object.entries(surfaces))
  test(`${name}: arrows are for the hand, and with Alt, Ctrl or ⌘ for the browser`, () => {
    const surface = opened();
    assert.equal(press(surface, "ArrowLeft").defaultPrevented, true);
    for (const held of ["altKey", "ctrlKey", "metaKey"]) assert.equal(press(surface, "ArrowLeft", { [held]: true }).defaultPrevented, false, held);
  });
