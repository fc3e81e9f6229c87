// The controls that a step is about: found by their labels in the page and in its live components, and marked.

const MAIN = "[data-testid=stMain]", WIDGET = "[data-testid=stElementContainer]";
// What a page offers besides pictures and words.
const OTHERS = ["stWidgetLabel", "stButton", "stDownloadButton", "stButtonGroup", "stPopover", "stExpander", "stFileUploader"];
const LABELS = "[data-testid=stWidgetLabel], button, summary, label, legend, [aria-label]";
const MARK = "3px solid var(--st-primary-color)";

export class Controls {
  constructor(root) {
    this.own = root.host ?? root;
    this.strip = root.querySelector("section");
    this.labels = [];
    this.marked = new Set();
    this.hidden = new Set();
    this.watcher = new MutationObserver(() => this.later());
  }

  show(labels, hide) {
    Object.assign(this, { labels, hide });
    this.watcher.disconnect();
    this.update();
    const main = document.querySelector(MAIN);
    if (main && labels.length) this.watcher.observe(main, { childList: true, subtree: true });
  }

  hideOthers(hide) {
    this.hide = hide;
    this.update();
  }

  // Pages are drawn piece by piece.
  later() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.update();
    });
  }

  update() {
    const main = document.querySelector(MAIN), found = main ? this.find(main) : [];
    for (const element of this.marked) if (!found.includes(element)) unmark(element);
    for (const element of found) mark(element);
    this.marked = new Set(found);
    const others = this.hide && main ? this.others(main, found) : [];
    for (const element of this.hidden) if (!others.includes(element)) element.style.removeProperty("display");
    for (const element of others) element.style.setProperty("display", "none", "important");
    this.hidden = new Set(others);
  }

  // The boxes of all labels; a label that is not there is named in data-missing of the strip.
  find(main) {
    const candidates = this.everything(main);
    const found = this.labels.map((label) => {
      const exact = candidates.filter((one) => nameOf(one) === label);
      return exact.length ? exact : candidates.filter((one) => nameOf(one).startsWith(label)).slice(0, 1);
    });
    this.strip.dataset.missing = this.labels.filter((_, k) => !found[k].length).join();
    return [...new Set(found.flat().map(boxOf))];
  }

  // Labelled elements of the page, and of its components, whose roots are shadow roots.
  everything(main) {
    const hosts = [...main.querySelectorAll("*")].filter((element) => element.shadowRoot && element !== this.own);
    return [main, ...hosts.map((host) => host.shadowRoot)]
      .flatMap((root) => [...root.querySelectorAll(LABELS)])
      .filter((element) => !this.own.contains(element));
  }

  others(main, found) {
    const boxes = [...main.querySelectorAll(OTHERS.map((name) => `[data-testid=${name}]`).join())];
    const containers = boxes.map((box) => (box.dataset.testid === "stExpander" ? box : box.closest(WIDGET)));
    return [...new Set(containers)].filter((box) => box && !found.some((one) => box === one || box.contains(one) || one.contains(box)));
  }

  stop() {
    this.watcher.disconnect();
    cancelAnimationFrame(this.frame);
    for (const element of this.marked) unmark(element);
    for (const element of this.hidden) element.style.removeProperty("display");
  }
}

function nameOf(element) {
  return (element.getAttribute("aria-label") ?? element.textContent).trim();
}

function boxOf(element) {
  const inComponent = element.getRootNode() !== document;
  return inComponent ? (element.closest("label") ?? element) : (element.closest(WIDGET) ?? element);
}

function mark(element) {
  element.style.outline = MARK;
  element.style.outlineOffset = "3px";
  element.style.borderRadius = "4px";
}

function unmark(element) {
  for (const name of ["outline", "outline-offset", "border-radius"]) element.style.removeProperty(name);
}
