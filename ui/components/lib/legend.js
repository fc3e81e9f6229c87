// Buttons with names of what a picture shows; a press hides or shows one. Their look is in legend.css.

export function legendButton(name) {
  const button = Object.assign(document.createElement("button"), { type: "button" });
  button.dataset.name = name;
  button.append(document.createElement("i"), name);
  return button;
}

// The legend of a slide (saveSlide() in slide.js): the names whose buttons are pressed.
export function legendOf(box) {
  return [...box.querySelectorAll(".legend button[aria-pressed=true]")].map((button) => {
    const [mark, name, value] = button.childNodes, style = getComputedStyle(mark);
    return {
      name: [name.textContent, value?.textContent].filter(Boolean).join(" "),
      colour: style.color,
      kind: mark.className || "points",
      dash: mark.style?.borderTopStyle === "dashed",
    };
  });
}
