// A sentence of a lesson as nodes: **strong**, and everything else as it is written.

export function sentence(text) {
  return text.split("**").map((part, k) => {
    if (k % 2 === 0) return document.createTextNode(part);
    const strong = document.createElement("strong");
    strong.textContent = part;
    return strong;
  });
}
