// A sentence of a lesson as DOM nodes, with only **strong** as markup.

// "Step {step}" with the values inserted.
export function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function sentence(text) {
  return text.split("**").map((part, k) => {
    if (k % 2 === 0) return document.createTextNode(part);
    const strong = document.createElement("strong");
    strong.textContent = part;
    return strong;
  });
}
