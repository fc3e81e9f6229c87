import assert from "node:assert/strict";
import test from "node:test";
import { Begun } from "../../ui/components/presenter/begun.js";
import { clock, timing } from "../../ui/components/presenter/clock.js";
import { wish } from "../../ui/components/presenter/keys.js";

const press = (key, more = {}) => ({ key, altKey: false, ctrlKey: false, metaKey: false, repeat: false, defaultPrevented: false, ...more });
const element = (localName, { role = null, ...more } = {}) => ({ localName, getAttribute: () => role, isContentEditable: false, ...more });
const BODY = element("body");

test("a letter asks for one thing, whether it is a capital or not", () => {
  const wishes = { f: "screen", F: "screen", b: "black", ".": "black", l: "pointer", n: "notes", m: "menu", t: "restart", "?": "keys" };
  for (const [key, name] of Object.entries(wishes)) assert.equal(wish(press(key), BODY), name, key);
  for (const key of ["x", " ", "Enter", "F1", "ArrowRight", "Tab"]) assert.equal(wish(press(key), BODY), null, key);
});

test("a letter that is typed, or chooses from a list, asks for nothing", () => {
  const typing = [element("input", { type: "text" }), element("input", { type: "number" }), element("textarea"), element("select"),
    element("div", { isContentEditable: true }), element("div", { role: "combobox" }), element("li", { role: "option" })];
  for (const target of typing) for (const key of ["f", "Escape", "PageDown"]) assert.equal(wish(press(key), target), null);
});

test("sliders, switches and canvases leave letters to the presenter, and keep the other keys", () => {
  for (const target of [element("input", { type: "range" }), element("canvas")]) {
    assert.equal(wish(press("f"), target), "screen");
    for (const key of ["Escape", "PageDown", "PageUp"]) assert.equal(wish(press(key), target), null);
  }
  assert.equal(wish(press("f"), element("input", { type: "checkbox" })), "screen");
});

test("what a component has used, a short cut of the browser and a key that repeats ask for nothing", () => {
  for (const one of ["defaultPrevented", "altKey", "ctrlKey", "metaKey", "repeat"]) assert.equal(wish(press("f", { [one]: true }), BODY), null, one);
});

test("Esc and a remote control count where no other key is expected", () => {
  for (const name of ["body", "button", "a"]) {
    assert.equal(wish(press("Escape"), element(name)), "escape");
    assert.equal(wish(press("PageDown"), element(name)), "next");
    assert.equal(wish(press("PageUp"), element(name)), "previous");
  }
});

test("a clock", () => {
  const texts = { 0: "0:00", 999: "0:00", 61000: "1:01", 599999: "9:59", 3600000: "1:00:00", 5025000: "1:23:45" };
  for (const [milliseconds, text] of Object.entries(texts)) assert.equal(clock(Number(milliseconds)), text);
});

test("in a lesson the time is compared with what was planned", () => {
  const times = { since: 0, stepSince: 60000, now: 60000 * 5 + 1 };
  assert.deepEqual(timing(times, null), [{ name: "", text: "5:00", over: false }]);
  assert.deepEqual(timing(times, { total: 30, minutes: 4 }), [
    { name: "Lesson", text: "5:00 of 30 min", over: false },
    { name: "Step", text: "4:00 of 4 min", over: true },
  ]);
});

test("a page that is opened anew goes on, another step begins, and leaving ends all", () => {
  const kept = new Map();
  globalThis.sessionStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text), removeItem: (key) => kept.delete(key) };
  const first = new Begun(1000);
  first.step("a/0", 2000);
  const again = new Begun(9000);
  again.step("a/0", 9000);
  assert.deepEqual([again.id, again.since, again.stepSince], [first.id, 1000, 2000]);
  again.step("a/1", 9500);
  assert.deepEqual([again.since, again.stepSince], [1000, 9500]);
  again.restart(9900);
  assert.deepEqual([again.since, again.stepSince], [9900, 9900]);
  again.end();
  assert.equal(new Begun(12000).since, 12000);
  delete globalThis.sessionStorage;
  assert.equal(new Begun(5).since, 5); // a browser that keeps nothing
});
