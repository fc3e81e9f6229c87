import assert from "node:assert/strict";
import test from "node:test";
import { floats } from "../../ui/components/lib/decode.js";
import { after, along, plane } from "../../ui/standalone/position.js";
import { open } from "../../ui/standalone/open.js";
import { close, expected } from "./compare.mjs";
import { Element, browser, fire, until } from "./page.mjs";

const exact = { absolute: 1e-5 };

test("a code along the rows of a basis is the server's", () => {
  close(along(floats(expected.vectors), expected.code), expected.along, exact);
  assert.deepEqual(along(null, Float64Array.of(1, 2)), [1, 2]);
});

test("a plane along the rows of a basis is the server's", () => {
  for (const { axes, basis, names, vectors, scale, centre } of expected.planes) {
    const found = plane(axes, expected.stored, basis && floats(basis));
    assert.deepEqual([found.axes, found.names], [axes, names]);
    for (const [name, wanted] of Object.entries({ vectors, scale, centre })) close(found[name], wanted, exact, name);
  }
});

test("after a choice the axes are the server's", () => {
  for (const { chosen, before, wanted } of expected.choices) assert.deepEqual(after(chosen, before, expected.order), wanted);
});

test("an answer that fails is said, and the next one comes", async () => {
  browser();
  const page = new Element(), sent = [], find = (selector) => page.querySelector(selector);
  Object.assign(document, { documentElement: new Element(), querySelector: find });
  find("#component").attachShadow = () => new Element();
  find("#markup").content = { cloneNode: () => new Element() };
  find("#recorded").remove = () => {};
  find("#data").textContent = JSON.stringify({ data: { step: 0 }, stored: null });
  const actions = [["fails", async () => Promise.reject("no picture")], ["works", ({ step }) => ({ step: step + 1 })]];
  await open(({ data }) => sent.push(data.step), { serve: () => ({ answer: () => null, actions }) });
  const [fails, works] = find("#actions").children;
  fire(fails, "click");
  await until(() => find("#status").textContent.startsWith("This did not work"));
  fire(works, "click");
  await until(() => sent.length === 2);
  assert.deepEqual(sent, [0, 1]);
  assert.equal(find("#status").textContent, "");
});
