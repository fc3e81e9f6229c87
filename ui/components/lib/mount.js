// The life cycle of every component: created once, given all new data and sizes, stopped when it leaves the page.
//
// The class gets the root of its markup. `report(name, value)` is set on its instances and sends a trigger to the
// server. It has receive(data) and, optionally, resize() for a new size of its `box`, and stop() for leaving the page.
// resize() is also called after a change of the theme, when Streamlit sends the data again: a canvas keeps its colours.
//
// The user's input wins, and the last value is reported: while a pointer is down in the component or a key that moves a
// slider is held, reports wait (only the last one of each name is kept) and so do new data, until all are released. A
// component that can take new data during a drag sets `receivesWhileHeld`, and requests them by `request(name, value)`,
// which is sent at once. A slider reports at every `input`: its `change` comes after the pointerup, when new data may
// already have replaced the value.
//
// If data say which report they answer ({answers: {session, number, of}}, see component() in __init__.py), the reports
// named in `of` are numbered, and answers to older ones are dropped: the newest wins.
//
// Data of an older run than the current data are dropped if they name their run ({order: {session, number}}).
//
// Without a connection to the server reports wait; they are sent when the page has run again, and win over its data.
//
// Nothing is reported for a page that was left by a link, by Back or by Forward, even while it is still visible: a
// report of its fragment that reaches the server after the change of page makes Streamlit 1.67 empty the new page.
//
// An element removed from the page has no size and no colours. React tells its component a moment later: until then the
// component gets neither a size nor data.

import { isShortcut } from "./shortcut.js";

const MOVES = /^(Arrow|Page|Home|End)/; // keys that move a slider, repeatedly while held
const FORGOTTEN = 5000; // ms after the last of them: a key released in another window no longer counts as held
const PAUSE = 200; // ms after its release: quick presses make one report
const LEAVING = 5000; // ms for which the old page may stay, unless new data come before

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

// On Streamlit's own pages, false if Streamlit says that it is disconnected.
function connected() {
  const state = document.querySelector("[data-testid=stApp]")?.getAttribute("data-test-connection-state");
  return !state || state === "CONNECTED";
}

// Whether a click is about to open another page of the app in this tab.
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
    this.followTheme();
    const waits = this.held.size && !this.instance.receivesWhileHeld;
    this.data = waits ? data : null;
    if (waits) return;
    if (this.answersOlder(data)) return;
    if (this.unsent.size) return;
    this.received = true;
    this.instance.receive(data);
  }

  followTheme() {
    const { instance, ink } = this;
    if (!instance.resize) return;
    this.ink = getComputedStyle(instance.box).color;
    if (this.received && ink !== this.ink) instance.resize();
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
    if (answers && answers.session !== this.session) Object.assign(this, answers); // a new visit counts from the start
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
    // On the window, since a pointer may be released outside the component.
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

  // ids of pointers, or "key".
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
