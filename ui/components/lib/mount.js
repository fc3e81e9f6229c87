// One life for every component: made once, given every new data and every new size, stopped when it leaves the page.
//
// The class gets the root of its markup. `report(name, value)` is set on its instances and sends a trigger to the server.
// It has receive(data); where they are of use, resize() for a new size of its `box`, and stop() for leaving the page.
//
// What the hand holds wins, and the last value is reported: while a pointer is down in the component or a key that moves
// a slider is held, reports wait (the last one of each name remains) and so does new data, until all are let go. A
// component that can take new data under the hand sets `receivesWhileHeld`, and asks for it by `request(name, value)`,
// which is sent at once. A slider reports at every `input`: its `change` comes behind the pointerup, when new data may have
// replaced the value already.
//
// Where data say which report they answer ({answers: {session, number, of}}, see component() in __init__.py), the reports
// named in `of` are numbered, and what answers an older one is dropped: the newest wins.
//
// Data of an older run than those that are here are dropped, where they say of which run they are ({order: {session, number}}).
//
// While there is no connection to the server, reports wait; they are sent when the page has run again, and win over its data.
//
// Nothing is reported of a page that was left by a link, by Back or by Forward, also while it still stands: a report of its
// fragment that reaches the server behind the change of page makes Streamlit 1.67 empty the new page.
//
// What was taken from the page has no size and no colours. React tells the component of it a moment later: until then it gets
// neither a size nor data.

import { isShortcut } from "./shortcut.js";

const MOVES = /^(Arrow|Page|Home|End)/; // keys that move a slider, again and again while they are held
const FORGOTTEN = 5000; // ms after the last of them: a key that went up in another window is held no longer
const PAUSE = 200; // ms after it went up: presses in quick succession make one report
const LEAVING = 5000; // ms in which the old page may still stand, unless new data come before

export function mount(Component) {
  const instances = new WeakMap();
  return ({ data, parentElement, setTriggerValue }) => {
    const mounted = instances.get(parentElement) ?? new Mounted(new Component(parentElement), parentElement);
    instances.set(parentElement, mounted);
    mounted.send = setTriggerValue;
    mounted.receive(data);
    return () => {
      mounted.remove();
      instances.delete(parentElement);
    };
  };
}

// Where the page is Streamlit's own, and it says otherwise, there is none.
function connected() {
  const state = document.querySelector("[data-testid=stApp]")?.getAttribute("data-test-connection-state");
  return !state || state === "CONNECTED";
}

// Whether a click is about to show another page of the app in this tab.
function leadsAway(event) {
  const link = event.button || event.shiftKey || isShortcut(event) ? null : event.target.closest?.("a[href]");
  return link && link.target !== "_blank" && link.origin === location.origin && link.pathname !== location.pathname;
}

class Mounted {
  constructor(instance, root) {
    Object.assign(this, { instance, root, held: new Set(), reports: new Map(), data: null, number: 0, removed: new AbortController(), unsent: new Map() });
    Object.assign(this, { path: location.pathname, left: -Infinity });
    instance.report = (name, value) => {
      const numbered = this.of?.includes(name);
      if (numbered) this.number += 1;
      this.reports.set(name, numbered ? { number: this.number, value } : value);
      if (!this.held.size) this.flush();
    };
    instance.request = (name, value) => this.tell(name, value);
    this.watcher = new ResizeObserver(() => this.received && root.isConnected && instance.resize());
    if (instance.resize) this.watcher.observe(instance.box);
    this.listen(root);
  }

  receive(data) {
    if (this.isLate(data) || (this.received && !this.root.isConnected)) return;
    if (data !== this.latest) this.left = -Infinity;
    this.latest = data;
    const waits = this.held.size && !this.instance.receivesWhileHeld;
    this.data = waits ? data : null;
    if (waits) return;
    if (this.answersOlder(data)) return;
    if (this.unsent.size) return;
    this.received = true;
    this.instance.receive(data);
  }

  isLate({ order }) {
    const late = order && order.session === this.order?.session && order.number < this.order.number;
    if (!late) this.order = order;
    return late;
  }

  sendUnsent() {
    const unsent = [...this.unsent];
    this.unsent.clear();
    for (const [name, value] of unsent) this.tell(name, this.of?.includes(name) ? { number: ++this.number, value: value.value } : value);
  }

  answersOlder({ answers }) {
    if (answers && answers.session !== this.session) Object.assign(this, answers); // a new visit counts anew
    return answers && answers.number < this.number;
  }

  listen(root) {
    const options = { signal: this.removed.signal }, first = { ...options, capture: true }; // before the component reports
    root.addEventListener("pointerdown", ({ target, pointerId }) => target.localName !== "select" && this.held.add(pointerId), first);
    root.addEventListener("keydown", ({ key }) => {
      if (!MOVES.test(key)) return;
      this.held.add("key");
      this.releaseKey(FORGOTTEN);
    }, first);
    root.addEventListener("focusout", () => this.release("key"), options);
    // On the window: what is held in the component may be let go outside it.
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, ({ pointerId }) => this.release(pointerId), options);
    window.addEventListener("pointermove", ({ buttons, pointerId }) => buttons || this.release(pointerId), options);
    window.addEventListener("keyup", () => this.held.has("key") && this.releaseKey(PAUSE), options);
    window.addEventListener("page has run again", () => this.sendUnsent(), options); // ui/components/reconnect
    window.addEventListener("blur", () => this.release(...this.held), options);
    window.addEventListener("click", (event) => {
      if (leadsAway(event)) this.left = performance.now();
    }, first);
    window.addEventListener("popstate", () => {
      if (location.pathname !== this.path) this.left = performance.now();
      this.path = location.pathname;
    }, options);
  }

  releaseKey(milliseconds) {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.release("key"), milliseconds);
  }

  // ids of pointers, or "key"
  release(...ids) {
    const held = this.held.size;
    ids.forEach((id) => this.held.delete(id));
    if (!held || this.held.size) return;
    clearTimeout(this.pause);
    this.flush();
    if (this.data) this.receive(this.data);
  }

  flush() {
    const reports = [...this.reports];
    this.reports.clear();
    reports.forEach(([name, value]) => this.tell(name, value));
  }

  tell(name, value) {
    if (!connected()) this.unsent.set(name, value);
    else if (performance.now() - this.left > LEAVING) this.send(name, value);
  }

  remove() {
    this.removed.abort();
    clearTimeout(this.pause);
    this.watcher.disconnect();
    this.send = () => {};
    this.instance.stop?.();
  }
}
