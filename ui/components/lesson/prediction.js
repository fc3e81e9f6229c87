// A question, its choices or a place to drag to, and after the answer the solution and its explanation.

import { answerPlace } from "../lib/answer_place.js";
import { element } from "../lib/element.js";
import { sentence } from "./words.js";

export function prediction(asked, words, answer) {
  if (!asked) return [];
  const question = element("p", { className: "question" });
  question.append(...sentence(asked.question));
  const answered = asked.given !== null, way = asked.axes.length ? answerPlace(asked, words, answer) : choices(asked, answer);
  if (!answered) return [question, way];
  const explanation = element("p", { className: "explanation" });
  explanation.setAttribute("role", "status");
  const said = asked.explanation === undefined
    ? words.later
    : `**${asked.right ? words.right : words.wrong}** ${asked.explanation}`;
  explanation.append(...sentence(said));
  if (asked.axes.length < 2) return [question, way, explanation];
  way.lastChild.append(explanation); // beside the plane
  return [question, way];
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
