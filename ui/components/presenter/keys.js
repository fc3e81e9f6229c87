// What a key does while presenting.

const LETTERS = { f: "screen", b: "black", ".": "black", l: "pointer", n: "notes", m: "menu", t: "restart", "?": "keys" };
const PAGES = { PageDown: "next", PageUp: "previous" }; // of a remote control
const TYPED = /^(text|search|number|email|url|tel|password|date|time|datetime-local|month|week|color|file)$/;
const PRESSED = ["body", "html", "a", "button", "summary"]; // elements that use no keys except Enter and Space

// Whether the focused element uses letters: for typing, or for choosing by the first letter.
function types(element) {
  const role = element.getAttribute?.("role");
  return element.isContentEditable || ["textarea", "select"].includes(element.localName)
    || (element.localName === "input" && TYPED.test(element.type)) || ["textbox", "combobox", "listbox", "option", "menu", "menuitem"].includes(role);
}

// The name of the action for a keydown, or null. target: the focused element, also inside a component.
export function wish({ key, altKey, ctrlKey, metaKey, repeat, defaultPrevented }, target) {
  if (altKey || ctrlKey || metaKey || repeat || defaultPrevented) return null;
  if (key === "Escape") return PRESSED.includes(target.localName) ? "escape" : null; // it has a meaning in components
  if (PAGES[key]) return PRESSED.includes(target.localName) ? PAGES[key] : null;
  return types(target) ? null : (LETTERS[key.length === 1 ? key.toLowerCase() : key] ?? null);
}
