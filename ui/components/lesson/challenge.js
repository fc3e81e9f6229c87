// A challenge: a button that checks the view, the result of the check, and a hint.

import { element } from "../lib/element.js";

export function challenge(set, words, check, open) {
  if (!set) return [];
  const button = element("button", { type: "button", className: "check", textContent: words.check });
  button.addEventListener("click", () => {
    button.disabled = true; // until the server has answered
    button.textContent = words.checking;
    check();
  });
  const hint = element("details", { open: !!open }), said = element("p", { className: "said" });
  hint.append(element("summary", { textContent: words.hint }), document.createTextNode(set.hint));
  said.setAttribute("role", "status");
  if (set.said) {
    said.textContent = `${set.said.reached ? `✓ ${words.done}` : words.not_yet} ${set.said.words}`;
    said.classList.toggle("reached", set.said.reached);
  }
  const line = element("div", { className: "line" });
  line.append(button, hint);
  return [line, said];
}
