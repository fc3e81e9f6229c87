// The controls of a step: found by their labels in the page and in its live components, and marked.

const MAIN = "[data-testid=stMain]", WIDGET = "[data-testid=stElementContainer]";
// Controls of a page that can be hidden.
const OTHERS = ["stWidgetLabel", "stButton", "stDownloadButton", "stButtonGroup", "stPopover", "stExpander", "stFileUploader"];
const PAUSE = 100; // ms: many changes of the page are handled together
const AGAIN = 500; // ms until the next search while a label is missing: a component may draw it unnoticed
const LABELS = "[data-testid=stWidgetLabel], button, summary, label, legend, [aria-label]";
// Parts of the frame around the page: the controls of a class, and the exit of the layout for a projector.
const FRAME = ".st-key-classroom, .st-key-presenter";

export class Controls {
  constructor(root) {
    this.strip = root.querySelector("section");
    this.labels = [];
    this.named = new Map();
    this.marked = new Set();
    this.hidden = new Set();
    this.at = Infinity; // time of the next search
    this.watcher = new MutationObserver(() => this.later(PAUSE));
  }

  show(labels, hide) {
    Object.assign(this, { labels, hide, named: new Map() }); // label -> elements
    this.update();
  }

  hideOthers(hide) {
    this.hide = hide;
    this.update();
  }

  // Pages are drawn piece by piece.
  watch(main) {
    this.watcher.disconnect();
    if (!main || !this.labels.length) return;
    this.watcher.observe(main, { childList: true, subtree: true });
    if (this.strip.dataset.missing) this.later(AGAIN);
  }

  later(milliseconds) {
    const at = performance.now() + milliseconds;
    if (at >= this.at) return;
    clearTimeout(this.timer);
    this.at = at;
    this.timer = setTimeout(() => this.update(), milliseconds);
  }

  update() {
    clearTimeout(this.timer);
    this.at = Infinity;
    const main = document.querySelector(MAIN), found = main ? this.find(main) : [];
    for (const element of this.marked) if (!found.includes(element)) unmark(element);
    const colour = getComputedStyle(this.strip).getPropertyValue("--st-primary-color"); // only components have it
    for (const element of found) mark(element, colour);
    this.marked = new Set(found);
    const others = this.hide && main ? this.others(main, found) : [];
    for (const element of this.hidden) if (!others.includes(element)) element.style.removeProperty("display");
    for (const element of others) element.style.setProperty("display", "none", "important");
    this.hidden = new Set(others);
    this.watch(main);
  }

  // The boxes of all labels; missing labels are listed in data-missing of the strip.
  find(main) {
    const candidates = this.everything(main);
    for (const label of this.labels) {
      const exact = candidates.filter((one) => nameOf(one) === label), before = this.named.get(label) ?? [];
      if (exact.length) this.named.set(label, exact);
      // A button may change its text: Train becomes Pause.
      else if (!before.length || !before.every((one) => one.isConnected)) this.named.set(label, candidates.filter(beginsWith(label)).slice(0, 1));
    }
    const found = this.labels.map((label) => this.named.get(label));
    this.strip.dataset.missing = this.labels.filter((_, k) => !found[k].length).join();
    return [...new Set(found.flat().map(boxOf))];
  }

  // The box of the first label, if it is there.
  first() {
    const element = this.named.get(this.labels[0])?.[0];
    return element && boxOf(element);
  }

  // Labelled elements of the page and of its components, except the strip's own.
  everything(main) {
    const labelled = roots(main).flatMap((root) => [...root.querySelectorAll(LABELS)]);
    return labelled.filter((element) => !this.strip.contains(element) && !element.closest(FRAME));
  }

  others(main, found) {
    const boxes = [...main.querySelectorAll(OTHERS.map((name) => `[data-testid=${name}]`).join())];
    const containers = boxes.map((box) => (box.dataset.testid === "stExpander" ? box : box.closest(WIDGET)));
    return [...new Set(containers)].filter((box) => box && !box.closest(FRAME) && !found.some((one) => box === one || box.contains(one) || one.contains(box)));
  }

  stop() {
    this.watcher.disconnect();
    clearTimeout(this.timer);
    for (const element of this.marked) unmark(element);
    for (const element of this.hidden) element.style.removeProperty("display");
  }
}

// The page, and the shadow roots of its components.
function roots(main) {
  return [main, ...[...main.querySelectorAll("*")].flatMap((element) => element.shadowRoot ?? [])];
}

// Without the icon of a button, which is part of its text.
function nameOf(element) {
  const words = element.querySelector("[data-testid=stMarkdownContainer]") ?? element;
  return (element.getAttribute("aria-label") ?? words.textContent).trim();
}

// Whether an element's name is the label and more words.
function beginsWith(label) {
  return (element) => nameOf(element).startsWith(label) && !/^\p{L}/u.test(nameOf(element).slice(label.length));
}

function boxOf(element) {
  const inComponent = element.getRootNode() !== document;
  return inComponent ? (element.closest("label") ?? element) : (element.closest(WIDGET) ?? element);
}

function mark(element, colour) {
  element.style.outline = `3px solid ${colour}`;
  element.style.outlineOffset = "3px";
  element.style.borderRadius = "4px";
}

function unmark(element) {
  for (const name of ["outline", "outline-offset", "border-radius"]) element.style.removeProperty(name);
}
