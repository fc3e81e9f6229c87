// A lesson's strip above the page that it is about.

import { mount } from "../lib/mount.js";
import { AskedSteps } from "./asked_steps.js";
import { challenge } from "./challenge.js";
import { Controls } from "./controls.js";
import { Measured } from "./measured.js";
import { prediction } from "./prediction.js";
import { bring, heading, keepInSight, toTop, within } from "./sight.js";
import { wanders } from "./view.js";
import { filled, sentence } from "./words.js";

const BUTTONS = { previous: " (←)", next: " (→)", leave: "" }; // with their keyboard shortcuts
const KEYS = { ArrowLeft: -1, ArrowRight: 1 };

class Lesson {
  constructor(root) {
    this.root = root;
    this.controls = new Controls(root);
    this.gone = new AbortController();
    this.measured = new Measured();
    this.steps = new AskedSteps();
    const on = (name, act) => this.find(name).addEventListener("click", act), { signal } = this.gone;
    on(".previous", () => this.turn(-1));
    on(".next", () => this.turn(1));
    on(".back", () => this.go(this.data.step));
    on(".finish", () => this.request("finish", { at: Date.now() }));
    on(".reach", () => this.reach());
    on(".leave", () => this.request("leave", { at: Date.now() }));
    this.find(".only input").addEventListener("change", ({ target }) => this.controls.hideOthers(target.checked));
    addEventListener("measured", ({ detail }) => this.measured.push(detail), { signal });
    addEventListener("keydown", (event) => this.turnPage(event), { signal });
    for (const type of ["address", "popstate"]) addEventListener(type, () => this.compare(), { signal });
  }

  find(name) {
    return this.root.querySelector(name);
  }

  receive(data) {
    const another = data.identity !== this.data?.identity;
    this.data = data;
    this.steps.receive(data);
    this.find("section").lang = data.language;
    this.find(".title").textContent = data.lesson;
    const { words } = data, labels = data.away ? [] : data.controls, target = data.at || labels[0];
    this.find(".count").textContent = filled(words.step, { step: data.step + 1, of: data.of });
    this.find(".time").textContent = filled(words.time, data);
    this.find(".back").textContent = words.back;
    this.find(".only span").textContent = words.only;
    for (const [name, key] of Object.entries(BUTTONS)) {
      this.find(`.${name}`).setAttribute("aria-label", words[name]);
      this.find(`.${name}`).title = words[name] + key;
    }
    this.find(".text").replaceChildren(...sentence(data.text));
    const { question } = data.prediction ?? {}, waits = question && data.prediction.given === null;
    this.find(".look").replaceChildren(...(data.look && !waits ? sentence(`**${words.look}** ${data.look}`) : []));
    this.find(".reach").textContent = filled(words.reach, { name: target });
    this.find(".reach").hidden = data.away || waits || !target;
    for (const name of [".text", ".prediction", ".look", ".challenge", ".time"]) this.find(name).hidden = data.away;
    this.find(".end").hidden = !data.end || data.away;
    this.find(".end span").textContent = data.end ? filled(words.end, data.end) : "";
    this.find(".finish").textContent = words.all;
    this.find(".previous").disabled = data.step === 0;
    this.find(".next").disabled = data.step + 1 === data.of;
    if (another) {
      this.measured = new Measured();
      this.find(".only").hidden = !labels.length;
      this.find(".only input").checked = data.only;
      this.controls.show(labels, data.only && labels.length > 0);
    }
    const asked = this.find(".prediction"), state = JSON.stringify(data.prediction);
    if (another || state !== this.asked) asked.replaceChildren(...prediction(data.prediction, words, (answer) => this.report("answer", { answer })));
    // An explanation takes up space above the page and may cover what was in sight.
    if (another || state !== this.asked) this.show(target, data.at);
    this.asked = state;
    const check = () => this.request("check", { at: Date.now(), measured: this.measured.rows }), open = this.find("details")?.open;
    this.find(".challenge").replaceChildren(...challenge(data.challenge, words, check, !another && open));
    this.compare();
  }

  // Keeps in sight what the step is about: a heading, else its first control.
  show(target, at) {
    this.scrolling?.abort();
    if (!target || this.data.away) return;
    const find = at ? () => heading(at, this.data.headings) : () => this.controls.first();
    this.scrolling = keepInSight(find, at ? toTop : within, this.find("section"));
  }

  reach() {
    const { at, headings } = this.data, element = at ? heading(at, headings) : this.controls.first();
    if (element) bring(element);
  }

  go(step) {
    if (step < 0 || step >= this.data.of) return;
    this.request("go", this.steps.ask(step));
  }

  turn(by) {
    this.go((this.steps.last ?? this.data.step) + by);
  }

  // Arrow keys belong to the focused element, unless that is the page itself or a button of the strip.
  turnPage(event) {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event, target = event.composedPath()[0];
    const free = target === document.body || (this.root.contains(target) && target.localName === "button");
    if (!KEYS[key] || altKey || ctrlKey || metaKey || shiftKey || event.defaultPrevented || !free) return;
    event.preventDefault();
    this.turn(KEYS[key]);
  }

  compare() {
    this.find(".back").hidden = !wanders(new URL(location.href), this.data);
  }

  stop() {
    this.gone.abort();
    this.scrolling?.abort();
    this.controls.stop();
  }
}

export default mount(Lesson);
