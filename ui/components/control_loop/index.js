// A PI controller on a simulated plant, simulated again in the browser at every movement.

import { FOOT, HEAD, PANEL, along, legend, panel } from "../lib/curves.js";
import { dragging } from "../lib/dragging.js";
import { Figure } from "../lib/figure.js";
import { mount } from "../lib/mount.js";
import { clamp, fixed, number, sum } from "../lib/numbers.js";
import { GUARDS, arrival, simulate } from "../lib/pi_controller.js";
import { TypedNumber } from "../lib/typed_number.js";

const POINTS = 500; // of a curve
const LAST = 1000; // steps in the reported mean

const mean = (values) => sum(values) / values.length;
const spread = (values, middle = mean(values)) => Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));

// With a margin below and above.
function range(values, ...more) {
  const every = [...values, ...more], [low, high] = [Math.min(...every), Math.max(...every)], room = 0.08 * (high - low) || 0.5;
  return [low - room, high + room];
}

class ControlLoop extends Figure {
  constructor(root) {
    super(root);
    // A drag moves the set point of the half in which it starts, up and down.
    let half = 0;
    const drag = (event) => {
      const box = this.stage.getBoundingClientRect(), y = ((event.clientY - box.top) / box.height) * PANEL;
      const value = ((PANEL - FOOT - y) / (PANEL - FOOT - HEAD)) * this.highest, { low, high } = this.data.controls[half];
      this.choose(half, Number(clamp(value, low, high).toFixed(1)));
    };
    dragging(this.stage, {
      grab: (event) => {
        half = along(event, this.stage, [0, this.data.steps]) > this.data.steps / 2 ? 1 : 0;
        this.scale = this.highest; // fixed during a drag
        drag(event);
      },
      drag,
      drop: () => {
        this.scale = null;
        this.draw();
        this.end();
      },
    });
  }

  begin({ starts, controls }) {
    this.problem = "";
    this.buttons = starts.map(([words, numbers]) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: words });
      button.addEventListener("click", () => {
        this.numbers = [...numbers];
        this.problem = "";
        this.draw();
        this.end();
      });
      return button;
    });
    this.find(".starts").replaceChildren(...this.buttons);
    const rows = controls.map((control, k) => (control.options ? this.menu(control, k) : this.slider(control, k)));
    this.find(".controls").replaceChildren(...rows.map(({ label }) => label));
    this.show = rows.map(({ show }) => show);
  }

  menu({ label: name, options }, k) {
    const { label, text } = labelled(name), menu = document.createElement("select");
    menu.append(...options.map((words, place) => new Option(words, place)));
    menu.addEventListener("change", () => {
      this.choose(k, Number(menu.value));
      this.end();
    });
    label.append(text, menu);
    return { label, show: (value) => (menu.value = value) };
  }

  // A slider and a field for exact numbers. A gain's slider is logarithmic; its left end is 0.
  slider(control, k) {
    const { label, text } = labelled(control.label), slider = document.createElement("input"), field = document.createElement("input");
    const { log } = control, [low, high] = log ? [Math.log10(log), Math.log10(control.high)] : [control.low, control.high];
    const place = (value) => (log ? Math.max(low, Math.log10(Math.max(value, log / 10))) : value);
    const value = (at) => (!log ? at : at <= low + 1e-9 ? 0 : Number((10 ** at).toPrecision(2)));
    Object.assign(slider, { type: "range", min: low, max: high, step: log ? 0.01 : control.step });
    slider.setAttribute("aria-label", spoken(control.label));
    slider.addEventListener("input", () => {
      this.choose(k, value(slider.valueAsNumber));
      this.end();
    });
    Object.assign(field, { type: "number", step: "any" });
    field.setAttribute("aria-label", `${spoken(control.label)}, typed`);
    const typed = new TypedNumber(field, {
      name: () => spoken(control.label),
      bounds: () => [control.low, control.most],
      taken: (value) => {
        this.choose(k, value);
        this.end();
      },
      refused: (sentence) => {
        this.problem = sentence;
        this.draw();
      },
    });
    label.append(text, slider, field);
    const show = (value) => {
      slider.value = place(value);
      typed.show(value);
    };
    return { label, show };
  }

  choose(k, value) {
    this.problem = "";
    this.numbers[k] = value;
    this.draw();
  }

  run() {
    const [first, second, kp, ki, betaMin, betaMax, ramp, guard] = this.numbers;
    this.bounds = [betaMin, Math.max(betaMin, betaMax)];
    const controller = { kp, ki, betaMin, betaMax: this.bounds[1], guard: GUARDS[guard] };
    return simulate(controller, this.data.plant, [first, second], ramp, this.data.steps);
  }

  draw() {
    const { colours, steps, starts, controls } = this.data, { outer, columns } = this.layOut(640);
    this.box.style.setProperty("--controls", outer >= 1000 ? 3 : columns);
    const course = this.run(), at = Array.from({ length: POINTS }, (_, k) => Math.round(((k + 1) * steps) / POINTS));
    const [kl, setPoint, beta, integral] = ["kl", "setPoint", "beta", "integral"].map((name) => at.map((step) => course[name][step - 1]));
    const line = (name, colour, y, dash = false) => ({ name, kind: "line", colour, x: at, y, dash });
    // A set point far beyond every KL would flatten the curve: it is not drawn, and the text above mentions it.
    const reach = Math.max(18, 1.15 * Math.max(...kl));
    this.highest = this.scale ?? Math.max(reach, Math.min(controls[0].high, 1.1 * Math.max(...setPoint)));
    const panels = [
      {
        title: "KL and its set point C, nats: drag C up or down",
        quantity: "step",
        range: [0, this.highest],
        series: [line("KL", colours.kl, kl), line("set point C", colours.set, setPoint, true)],
      },
      { title: "β, the weight of the KL", quantity: "step", range: range(beta, 0, 2), series: [line("β", colours.beta, beta)] },
      { title: "I, the integral term of β", quantity: "step", range: range(integral, -0.01, 0.01), series: [line("integral I", colours.integral, integral)] },
    ];
    const [first, ...others] = panels.map((given, k) => panel(given, [0, steps], k ? this.width : outer, this.hidden));
    this.stage.setAttribute("viewBox", first.getAttribute("viewBox"));
    this.stage.setAttribute("aria-label", panels[0].title);
    this.stage.replaceChildren(...first.childNodes);
    this.put(others);
    legend(this.find(".legend"), panels, this.hidden, () => this.draw());
    this.show.forEach((show, k) => show(this.numbers[k]));
    const now = starts.findIndex(([, numbers]) => String(numbers) === String(this.numbers));
    this.buttons.forEach((button, k) => button.setAttribute("aria-pressed", String(k === now)));
    this.find(".about").textContent = starts[now]?.[2] ?? "Your own settings.";
    const status = this.find(".status");
    status.textContent = this.problem || this.summary(course);
    status.classList.toggle("problem", Boolean(this.problem));
  }

  summary({ kl, beta, setPoint }) {
    const end = setPoint.length, highest = Math.max(...beta);
    const halves = [["First", this.numbers[0], end / 2], ["Second", this.numbers[1], end]].map(([name, goal, until]) => {
      const [kls, betas] = [kl, beta].map((values) => values.slice(until - LAST, until));
      const steps = until === end ? arrival(kl, goal, end / 2, end) : undefined; // in the first half it follows the ramp
      const when = steps === undefined ? "" : steps === null ? " (not reached)" : ` (reached ${steps ? `after ${number(steps)} steps` : "at once"})`;
      const text = `${name} half: KL ${mean(kls).toFixed(2)} for C = ${number(goal)}${when}, β ${mean(betas).toFixed(2)} ± ${spread(betas).toFixed(2)}`;
      if (betas.every((value) => value <= this.bounds[0] + 1e-9)) return `${text}, at its lower bound`;
      return betas.every((value) => value >= this.bounds[1] - 1e-9) ? `${text}, at its upper bound` : text;
    });
    return `${halves.join(". ")}. Largest β: ${fixed(highest, 1)}.`;
  }
}

// The part of a name after "_" is a subscript.
function labelled(name) {
  const label = document.createElement("label"), text = document.createElement("span"), [before, index] = name.split("_");
  text.append(before);
  if (index) text.appendChild(document.createElement("sub")).textContent = index;
  return { label, text };
}

const spoken = (name) => name.replace("_", " ");

export default mount(ControlLoop);
