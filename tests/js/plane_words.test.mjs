import assert from "node:assert/strict";
import { test } from "node:test";
import { Plane } from "../../ui/components/lib/plane.js";
import { Element, browser } from "./page.mjs";

browser();

test("a place is written with a sign, and nothing is never negative", () => {
  const root = new Element(), plane = new Plane(root, { preview: () => {}, pick: () => {}, leave: () => {} });
  plane.names = ["z0", "z1"];
  const words = (u) => {
    plane.mark(u);
    return root.querySelector(".where").textContent;
  };
  assert.equal(words([-1.26, 0.04]), "z0 −1.3  ·  z1 +0.0");
  assert.equal(words([-0.04, -0.06]), "z0 +0.0  ·  z1 −0.1");
});
