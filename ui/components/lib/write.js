// Text that is set in every frame: an element is changed only if its text differs.
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
