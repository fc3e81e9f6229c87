// A question, its choices or a slider, and after the answer what is right and why.

import { element } from "../lib/element.js";
import { filled, sentence } from "./words.js";


export function prediction(asked, words, answer) {
  if (!asked) return [];
  const question = element("p", { className: "question" });
  question.append(...sentence(asked.question));
  const answered = asked.given !== null, way = asked.bounds ? number(asked, words, answer) : choices(asked, answer);
  if (!answered) return [question, way];
  const explanation = element("p", { className: "explanation" });
  explanation.setAttribute("role", "status");
  const said = asked.explanation === undefined
    ? words.later
    : `**${asked.right ? words.right : words.wrong}** ${asked.explanation}`;
  explanation.append(...sentence(said));
  return [question, way, explanation];
}

function choices({ choices: texts, given, answer: right }, answer) {
  const group = element("div", { className: "choices" });
  texts.forEach((text, k) => {
    const button = element("button", { type: "button", disabled: given !== null });
    button.append(...sentence(text));
    button.setAttribute("aria-pressed", String(given === k));
    if (given !== null && k === right) button.className = "right";
    else if (given === k && right !== undefined) button.className = "wrong";
    button.addEventListener("click", () => answer(k));
    group.append(button);
  });
  return group;
}

function number({ bounds: [low, high], unit, given, answer: right, question }, words, answer) {
  const group = element("div", { className: "number" }), step = (high - low) / 200;
  const slider = element("input", { type: "range", min: low, max: high, step, value: given ?? low, disabled: given !== null });
  const written = (value) => `${Number(value.toPrecision(3))} ${unit}`.trim();
  const output = element("output", { textContent: given === null ? words.expect : filled(words.own, { value: written(given) }) });
  slider.setAttribute("aria-label", question);
  group.append(slider, output);
  if (given !== null && right === undefined) return group;
  if (given !== null) {
    const place = element("span", { className: "truth", textContent: `▲ ${written(right)}` });
    place.style.setProperty("--at", (right - low) / (high - low));
    group.append(place);
    return group;
  }
  const done = element("button", { type: "button", textContent: words.give, disabled: true });
  slider.addEventListener("input", () => {
    output.textContent = written(slider.valueAsNumber);
    done.disabled = false;
  });
  done.addEventListener("click", () => answer(slider.valueAsNumber));
  group.append(done);
  return group;
}
