// Text that is written again in every frame: an element is touched only where it changes.
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
