// As much of a page as components need under node: elements that hear events and keep what is written to them, without
// layout and pixels.

class Classes extends Set {
  toggle(name, on = !this.has(name)) {
    if (on) this.add(name);
    else this.delete(name);
    return on;
  }

  contains(name) {
    return this.has(name);
  }

  remove(name) {
    this.delete(name);
  }
}

const SIDE = 100; // CSS pixels of every element, which stands in the corner of the page

export class Element extends EventTarget {
  constructor(localName = "div") {
    super();
    const style = { setProperty: (name, value) => (style[name] = value), removeProperty: (name) => delete style[name] };
    Object.assign(this, { localName, style, dataset: {}, classList: new Classes(), attributes: new Map(), children: [], found: new Map() });
    Object.assign(this, { value: "", textContent: "", hidden: false, disabled: false, isConnected: true });
  }

  get valueAsNumber() {
    return this.value === "" ? NaN : Number(this.value);
  }

  // One element for every selector, whether the markup has it or not.
  querySelector(selector) {
    if (!this.found.has(selector)) this.found.set(selector, new Element(selector));
    return this.found.get(selector);
  }

  querySelectorAll() {
    return [];
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  removeAttribute(name) {
    this.attributes.delete(name);
  }

  get parentElement() {
    return this.querySelector("..");
  }

  get firstChild() {
    return this.children[0] ?? null;
  }

  get childNodes() {
    return this.children;
  }

  get lastChild() {
    return this.children.at(-1) ?? null;
  }

  // Of an SVG element.
  get viewBox() {
    const [, , width, height] = this.getAttribute("viewBox").split(" ").map(Number);
    return { baseVal: { width, height } };
  }

  append(...children) {
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  after() {}

  setPointerCapture() {}

  getBoundingClientRect() {
    return { left: 0, top: 0, right: SIDE, bottom: SIDE, width: SIDE, height: SIDE };
  }

  // Whatever is drawn is forgotten.
  getContext() {
    const empty = () => ({ data: [] });
    return new Proxy({}, { get: (kept, name) => kept[name] ?? (name === "getImageData" ? empty : () => {}) });
  }
}

// A hand does something. Returns the event.
export function fire(element, type, more = {}) {
  const event = Object.assign(new Event(type, { cancelable: true }), more);
  element.dispatchEvent(event);
  return event;
}

export const press = (element, key, more = {}) =>
  fire(element, "keydown", { key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more });

// The globals of a browser that components ask for.
export function browser() {
  const window = new EventTarget(), Never = class {
    observe() {}
    disconnect() {}
  };
  const document = { baseURI: "http://host/app/", createElement: (name) => new Element(name), createElementNS: (_, name) => new Element(name), querySelector: () => null };
  Object.assign(globalThis, {
    window, document, location: { origin: "http://host", pathname: "/page" }, Option: Element, ResizeObserver: Never,
    matchMedia: () => ({ matches: false }), requestAnimationFrame: () => 0, cancelAnimationFrame: () => {},
    getComputedStyle: () => ({ color: "rgb(0, 0, 0)", fontFamily: "sans-serif", getPropertyValue: () => "" }),
  });
}

// Waits until something is so; what never is ends with the time that the test has.
export async function until(so) {
  while (!so()) await new Promise((done) => setTimeout(done, 1));
}
