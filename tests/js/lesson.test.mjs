import assert from "node:assert/strict";
import test from "node:test";
import { wanders } from "../../ui/components/lesson/view.js";

const view = { page: "wgan", query: { clip: "3", layer: "1" }, frame: ["lesson", "lesson_step"] };
const at = (address) => wanders(new URL(address, "http://localhost/base/"), view);

test("the view of a step is shown, in whatever order its parameters stand", () => {
  assert.equal(at("wgan?clip=3&layer=1"), false);
  assert.equal(at("wgan?lesson=gan&layer=1&clip=3&lesson_step=2"), false);
});

test("another page, another value, one more and one less are another view", () => {
  for (const address of ["gan?clip=3&layer=1", "?clip=3&layer=1", "wgan?clip=4&layer=1", "wgan?clip=3", "wgan?clip=3&layer=1&seed=1"]) {
    assert.equal(at(address), true, address);
  }
});

test("the first page has no name", () => {
  assert.equal(wanders(new URL("http://localhost/?lesson=a"), { page: "", query: {}, frame: ["lesson"] }), false);
});
