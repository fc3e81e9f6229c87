import assert from "node:assert/strict";
import { test } from "node:test";
import { mount } from "../../ui/components/lib/mount.js";
import { Element, browser } from "./page.mjs";

browser();

test("a component that has left the page reports nothing more, and one that comes in its place does", () => {
  const made = [], sent = [], parentElement = new Element();
  const mounted = mount(class {
    constructor() {
      made.push(this);
    }

    receive() {}
  });
  const show = () => mounted({ data: {}, parentElement, setTriggerValue: (...report) => sent.push(report) });
  const leave = show();
  made[0].report("moved", 1);
  leave();
  made[0].report("moved", 2); // a picture was decoded, or a network has come
  made[0].request("rest", 3);
  assert.deepEqual(sent, [["moved", 1]]);
  show();
  made[1].report("moved", 4);
  assert.deepEqual(sent.slice(1), [["moved", 4]]);
});
