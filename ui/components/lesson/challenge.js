// A challenge: a button that has the view checked, what the check said, and a hint.

const make = (name, properties) => Object.assign(document.createElement(name), properties);

export function challenge(set, check) {
  if (!set) return [];
  const button = make("button", { type: "button", className: "check", textContent: "Check" });
  button.addEventListener("click", () => {
    button.disabled = true; // until the server has answered
    button.textContent = "Checking …";
    check();
  });
  const hint = make("details"), said = make("p", { className: "said" });
  hint.append(make("summary", { textContent: "Hint" }), document.createTextNode(set.hint));
  said.setAttribute("role", "status");
  if (set.said) {
    said.textContent = `${set.said.reached ? "✓ Done." : "Not yet."} ${set.said.words}`;
    said.classList.toggle("reached", set.said.reached);
  }
  const line = make("div", { className: "line" });
  line.append(button, hint);
  return [line, said];
}
