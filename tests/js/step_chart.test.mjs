import assert from "node:assert/strict";
import test from "node:test";
import { drawChart } from "../../ui/components/lib/step_chart.js";

// The numbers that a chart of these values writes beside its scale.
function scale(values, options) {
  const written = [], nothing = () => {};
  const context = new Proxy({}, { get: (_, name) => (name === "fillText" ? (text, x) => written.push([text, x]) : nothing) });
  const canvas = { dataset: { density: "1" }, getBoundingClientRect: () => ({ width: 300, height: 110 }), getContext: () => context };
  drawChart(canvas, { series: [{ values, colour: "#000" }], guides: [], steps: values.map((_, k) => k), at: 0, least: 1, ...options }, { font: String });
  return written.filter(([, x]) => x < 40).map(([text]) => text);
}

test("a scale does not reach below its floor", () => {
  assert.deepEqual(scale([0, 0.001, 0]), ["−0.5", "0", "0.5"]);
  assert.deepEqual(scale([0, 0.001, 0], { floor: 0 }), ["0", "0.2", "0.4"]);
});

test("a floor that is far below changes nothing", () => {
  assert.deepEqual(scale([5, 7, 9], { floor: 0 }), scale([5, 7, 9]));
});

test("a name at the right edge ends inside of the picture", () => {
  const written = [], context = new Proxy({}, {
    get: (kept, name) => (name === "fillText" ? (text, x) => written.push([text, x, kept.textAlign]) : kept[name] ?? (() => {})),
    set: (kept, name, value) => Object.assign(kept, { [name]: value }) !== null,
  });
  const canvas = { dataset: { density: "1" }, getBoundingClientRect: () => ({ width: 300, height: 110 }), getContext: () => context };
  const names = [[0, "1"], [1, "10"], [2, "100"]];
  drawChart(canvas, { series: [{ values: [3, 2, 1], colour: "#000" }], guides: [], steps: [0, 1, 2], at: 0, least: 1, names }, { font: String });
  const beneath = written.slice(-3);
  assert.deepEqual(beneath.map(([text]) => text), ["1", "10", "100"]);
  assert.deepEqual(beneath.map(([, , align]) => align), ["center", "center", "right"]);
  assert.ok(beneath[2][1] < 300);
});
