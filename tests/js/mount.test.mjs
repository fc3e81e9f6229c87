import assert from "node:assert/strict";
import { test } from "node:test";
import { mount } from "../../ui/components/lib/mount.js";
import { Element, browser, fire } from "./page.mjs";

browser();

// A component that adds to `heard` the data it gets, and a word whenever it is asked to draw itself again.
const noting = (heard, word) => class {
  receive(data) {
    heard.push(data);
  }

  resize() {
    heard.push(word);
  }
};

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

test("a page that is left by a link reports nothing more while it still stands, until new data come", () => {
  const sent = [], parentElement = new Element();
  let instance = null;
  const mounted = mount(class {
    constructor() {
      instance = this;
    }

    receive() {}
  });
  const show = (data) => mounted({ data, parentElement, setTriggerValue: (_, value) => sent.push(value) });
  const press = (address, more = {}) => {
    const { origin, pathname } = new URL(address, location.origin);
    const link = Object.assign(new Element("a"), { origin, pathname, closest: () => link });
    const event = Object.assign(new Event("click"), { button: 0, ...more });
    Object.defineProperty(event, "target", { value: link });
    window.dispatchEvent(event);
  };
  show({});
  for (const [address, more] of [["/page?z=1"], ["https://elsewhere/other"], ["/other", { ctrlKey: true }], ["/other", { button: 1 }]]) {
    press(address, more);
    instance.report("moved", address);
  }
  press("/other");
  instance.report("moved", "late");
  assert.deepEqual(sent, ["/page?z=1", "https://elsewhere/other", "/other", "/other"]);
  show({ here: "after all" });
  instance.report("moved", "new");
  assert.equal(sent.at(-1), "new");
});

test("a component that was taken from the page gets no size and no data before it is told so", () => {
  const heard = [], parentElement = new Element();
  let size = null;
  globalThis.ResizeObserver = class {
    constructor(changed) {
      size = changed;
    }

    observe() {}
  };
  const show = mount(noting(heard, "size"));
  const send = (data) => show({ data, parentElement, setTriggerValue: () => {} });
  send(1);
  size();
  fire(parentElement, "pointerdown", { pointerId: 1 });
  send(2);
  assert.deepEqual(heard, [1, "size"]);
  parentElement.isConnected = false;
  size(); // of nothing, as the browser says at once
  fire(window, "pointerup", { pointerId: 1 });
  assert.deepEqual(heard, [1, "size"]);
});

test("a component is drawn again when the theme has another colour of text", () => {
  const heard = [], parentElement = new Element(), usual = globalThis.getComputedStyle;
  let color = "rgb(0, 0, 0)";
  globalThis.getComputedStyle = () => ({ color });
  const show = mount(noting(heard, "drawn again"));
  const send = (data) => show({ data, parentElement, setTriggerValue: () => {} });
  send(1);
  send(1);
  color = "rgb(255, 255, 255)";
  send(1);
  send(1);
  assert.deepEqual(heard, [1, 1, "drawn again", 1, 1]);
  globalThis.getComputedStyle = usual;
});
