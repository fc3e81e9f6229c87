// The speaker's window: shows the first window's notes, and sends requests to turn the pages of a lesson.

import { sentence } from "../lesson/words.js";
import { channelOf } from "./speaker.js";

const WISHES = { ArrowRight: "next", PageDown: "next", ArrowLeft: "previous", PageUp: "previous", b: "black", ".": "black" };
const GONE = "The first window no longer presents. These notes go on when it does.";
const find = (selector) => document.querySelector(selector), channel = new BroadcastChannel(channelOf(location.hash.slice(1)));

// A part of the page with a heading: hidden without words, which may be a list.
function part(name, words) {
  const box = find(`.${name}`), given = (Array.isArray(words) ? words : [words]).filter(Boolean);
  box.hidden = !given.length;
  box.querySelector("div").replaceChildren(...given.map((one) => {
    const line = document.createElement("p");
    line.replaceChildren(...sentence(one));
    return line;
  }));
}

function show({ title, introduction, lesson }, times) {
  find(".waiting").hidden = true;
  find("h1").textContent = lesson ? lesson.title : title;
  find(".count").textContent = lesson ? `Step ${lesson.step + 1} of ${lesson.of}` : "";
  find(".time").replaceChildren(...times.map(({ name, text, over }) => {
    const time = document.createElement("span");
    time.textContent = `${name} ${text}`.trim();
    time.classList.toggle("over", over);
    return time;
  }));
  part("text", lesson?.text);
  part("look", lesson?.look);
  part("question", lesson && [lesson.question, ...lesson.choices.map((choice) => `– ${choice}`)]);
  part("answer", lesson && [lesson.answer && `**${lesson.answer}**`, lesson.explanation]);
  part("hint", lesson?.hint);
  part("controls", lesson?.controls.join(", "));
  part("after", lesson?.next);
  part("page", introduction);
  find(".turn").hidden = !lesson;
}

channel.addEventListener("message", ({ data }) => {
  if (data.here) channel.postMessage({ hello: true });
  if (data.over) Object.assign(find(".waiting"), { hidden: false, textContent: GONE });
  if (data.notes) show(data.notes, data.times);
});
for (const button of document.querySelectorAll("[data-wish]")) {
  button.addEventListener("click", () => channel.postMessage({ wish: button.dataset.wish }));
}
addEventListener("keydown", ({ key, altKey, ctrlKey, metaKey }) => {
  if (WISHES[key] && !altKey && !ctrlKey && !metaKey) channel.postMessage({ wish: WISHES[key] });
});
channel.postMessage({ hello: true });
