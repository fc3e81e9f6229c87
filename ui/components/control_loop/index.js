// A PI controller on a simulated plant, run anew in the browser at every movement of the hand. Mathematics: controller.js;
// panels: curves.js.

import { along, FOOT, HEAD, legend, make, PANEL, panel, save } from "../lib/curves.js";
import { number } from "../lib/numbers.js";
import { GUARDS, simulate } from "../lib/pi_controller.js";

const SHOWN = 500; // points of a curve
const LAST = 1000; // steps that are judged
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let loop = instances.get(parentElement);
  if (!loop) instances.set(parentElement, (loop = new Loop(parentElement)));
  loop.report = (numbers) => setTriggerValue("moved", numbers);
  loop.receive(data);
  return () => {
    loop.watcher.disconnect();
    instances.delete(parentElement);
  };
}

class Loop {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    [this.box, this.starts, this.controls, this.told, this.panelsBox, this.legend] =
      [".curves", ".starts", ".controls", ".told", ".panels", ".legend"].map(find);
    this.hidden = new Set();
    this.stage = make("svg", { class: "stage", role: "img" });
    this.drags();
    find(".save").addEventListener("click", () => save([...this.panelsBox.children], this.box, this.data.file));
    this.watcher = new ResizeObserver(() => this.data && this.draw());
    this.watcher.observe(this.box);
  }

  // data: {numbers, controls: [{label, low, high, step, most, log} or {label, options}], starts: [[words, numbers]],
  // plant, steps, colours, file}. numbers: one for every control, an option's is its place.
  receive(data) {
    const before = this.data;
    this.data = data;
    if (!before) {
      this.numbers = [...data.numbers];
      this.build();
    } else if (JSON.stringify(before.numbers) !== JSON.stringify(data.numbers)) this.numbers = [...data.numbers];
    this.draw();
  }

  build() {
    this.buttons = this.data.starts.map(([words, numbers]) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: words });
      button.addEventListener("click", () => {
        this.numbers = [...numbers];
        this.problem = "";
        this.draw();
        this.tell();
      });
      return button;
    });
    this.starts.replaceChildren(...this.buttons);
    this.parts = this.data.controls.map((told, k) => {
      const label = document.createElement("label"), text = document.createElement("span");
      text.textContent = told.label;
      label.append(text);
      if (told.options) {
        const menu = document.createElement("select");
        menu.append(...told.options.map((words, place) => new Option(words, place)));
        menu.addEventListener("change", () => {
          this.set(k, Number(menu.value));
          this.tell();
        });
        label.append(menu);
        return { label, show: (value) => (menu.value = value) };
      }
      const slider = document.createElement("input"), field = document.createElement("input");
      // A slider of a gain moves over powers of ten; its left end is 0.
      const [low, high] = told.log ? [Math.log10(told.log), Math.log10(told.high)] : [told.low, told.high];
      const there = (value) => (told.log ? Math.max(low, Math.log10(Math.max(value, told.log / 10))) : value);
      const back = (place) => (!told.log ? place : place <= low + 1e-9 ? 0 : Number((10 ** place).toPrecision(2)));
      Object.assign(slider, { type: "range", min: low, max: high, step: told.log ? 0.01 : told.step });
      slider.setAttribute("aria-label", told.label);
      slider.addEventListener("input", () => this.set(k, back(slider.valueAsNumber)));
      slider.addEventListener("change", () => this.tell());
      Object.assign(field, { type: "number", step: "any" });
      field.setAttribute("aria-label", `${told.label}, typed`);
      let typing = false; // a redraw meanwhile (a new width, a run of the page) leaves half a number alone
      field.addEventListener("input", () => (typing = true));
      field.addEventListener("blur", () => {
        typing = false;
        this.draw();
      });
      field.addEventListener("change", () => {
        typing = false;
        if (this.typed(k, field.valueAsNumber)) this.tell();
      });
      label.append(slider, field);
      return {
        label,
        show: (value) => {
          slider.value = there(value);
          if (!typing) field.value = value;
        },
      };
    });
    this.controls.replaceChildren(...this.parts.map(({ label }) => label));
  }

  // A number that was typed; one sentence for one that cannot be meant, and what stood there stays.
  typed(k, value) {
    const { label, low, most } = this.data.controls[k];
    const fits = Number.isFinite(value) && value >= low && value <= most;
    const why = label.startsWith("Set point") && value < 0 ? ": a KL is never negative" : "";
    this.problem = fits ? "" : `${label} must be a number from ${number(low)} to ${most.toLocaleString("en")}${why}; ${number(this.numbers[k])} was kept.`;
    if (fits) this.numbers[k] = value;
    this.draw();
    return fits;
  }

  set(k, value) {
    this.problem = "";
    this.numbers[k] = value;
    this.draw();
  }

  tell() {
    this.report(this.numbers);
  }

  // The hand takes the set point of the half of the KL's panel in which it lands, up and down.
  drags() {
    let id = null, which = 0;
    const at = (event) => {
      const box = this.stage.getBoundingClientRect(), y = ((event.clientY - box.top) / box.height) * PANEL;
      const value = ((PANEL - FOOT - y) / (PANEL - FOOT - HEAD)) * this.highest;
      const { low, high } = this.data.controls[which];
      return Number(Math.min(high, Math.max(low, value)).toFixed(1));
    };
    this.stage.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      which = along(event, this.stage, [0, this.data.steps]) > this.data.steps / 2 ? 1 : 0;
      this.stage.setPointerCapture((id = event.pointerId));
      this.held = this.highest; // the scale stands still while the hand moves
      this.set(which, at(event));
    });
    this.stage.addEventListener("pointermove", (event) => id === event.pointerId && this.set(which, at(event)));
    for (const end of ["pointerup", "pointercancel"])
      this.stage.addEventListener(end, (event) => {
        if (id !== event.pointerId) return;
        [id, this.held] = [null, null];
        this.draw();
        this.tell();
      });
  }

  run() {
    const [first, second, kp, ki, betaMin, betaMax, ramp, guard] = this.numbers;
    this.bounds = [betaMin, Math.max(betaMin, betaMax)];
    const controller = { kp, ki, betaMin, betaMax: this.bounds[1], guard: GUARDS[guard] };
    return simulate(controller, this.data.plant, [first, second], ramp, this.data.steps);
  }

  draw() {
    const { colours, steps } = this.data, found = this.run(), outer = Math.max(280, this.box.clientWidth);
    const columns = outer >= 640 ? 2 : 1;
    this.box.style.setProperty("--columns", columns);
    this.box.style.setProperty("--controls", outer >= 1000 ? 3 : columns);
    const half = (outer - (columns - 1) * 8) / columns, axis = [0, steps / 1000]; // in thousands of steps
    const x = Array.from({ length: SHOWN }, (_, k) => Math.round(((k + 1) * steps) / SHOWN));
    const thin = (values) => x.map((step) => values[step - 1]);
    const thousands = x.map((step) => step / 1000);
    const line = (name, colour, y, dash = false) => ({ name, kind: "line", colour, x: thousands, y, dash });
    const span = (values, ...more) => {
      const every = [...values, ...more], [low, high] = [Math.min(...every), Math.max(...every)], room = 0.08 * (high - low) || 0.5;
      return [low - room, high + room];
    };
    const kl = thin(found.kl), setPoint = thin(found.setPoint), beta = thin(found.beta), integral = thin(found.integral);
    // A set point far beyond every KL would flatten the curve: it is left outside, and the words below say so.
    const reach = Math.max(18, 1.15 * Math.max(...kl));
    this.highest = this.held ?? Math.max(reach, Math.min(this.data.controls[0].high, 1.1 * Math.max(...setPoint)));
    const panels = [
      { title: "KL and its set point C, nats, over thousands of steps: drag C", range: [0, this.highest],
        series: [line("KL", colours.kl, kl), line("set point C", colours.set, setPoint, true)] },
      { title: "β, the weight of the KL", range: span(beta, 0, 2), series: [line("β", colours.beta, beta)] },
      { title: "I, the integral", range: span(integral, -0.01, 0.01), series: [line("I", colours.integral, integral)] },
    ];
    const widths = [outer, half, half];
    const drawn = panels.map((told, k) => panel(told, axis, widths[k], this.hidden));
    this.stage.setAttribute("viewBox", drawn[0].getAttribute("viewBox"));
    this.stage.setAttribute("aria-label", panels[0].title);
    this.stage.replaceChildren(...drawn[0].childNodes);
    this.panelsBox.replaceChildren(this.stage, drawn[1], drawn[2]);
    legend(this.legend, panels, this.hidden, () => this.draw());
    this.parts.forEach(({ show }, k) => show(this.numbers[k]));
    this.buttons.forEach((button, k) => button.setAttribute("aria-pressed", String(String(this.data.starts[k][1]) === String(this.numbers))));
    this.words(found);
  }

  words({ kl, beta, setPoint }) {
    const end = setPoint.length, mean = (values, from, to) => values.slice(from, to).reduce((sum, v) => sum + v, 0) / (to - from);
    const judged = [[this.numbers[0], end / 2], [this.numbers[1], end]].map(([goal, until], k) => {
      const reached = mean(kl, until - LAST, until), last = beta.slice(until - LAST, until), half = ["First", "Second"][k];
      const text = `${half} half: KL ${reached.toFixed(2)} for C = ${number(goal)}, β ${mean(beta, until - LAST, until).toFixed(2)}`;
      if (last.every((value) => value <= this.bounds[0] + 1e-9)) return `${text}, at β_min`;
      return last.every((value) => value >= this.bounds[1] - 1e-9) ? `${text}, at β_max` : text;
    });
    this.told.textContent = this.problem || `${judged.join(". ")}. (Means of the last ${LAST.toLocaleString("en")} steps of each half.)`;
    this.told.classList.toggle("odd", Boolean(this.problem));
  }
}
