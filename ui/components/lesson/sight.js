// Scrolls a step's subject into sight, once it exists and until the user acts. It checks repeatedly: a heading may move
// without a change of the document (a chart that is drawn, Streamlit's own scrolling to the top of a new page).

const PHONE = "(max-width: 640px)"; // the strip is not sticky there: its words would scroll away
const LONGEST = 60000, PAUSE = 150; // ms: the most that a page may take, and the time between two checks
const LOBBY = ".lobby"; // the full-page code of a room (ui/classroom/bar.py), which must stay visible while a class enters
const GAP = 16; // CSS pixels between the subject and what covers the page

const page = () => document.querySelector("[data-testid=stMain]");

// The first element with exactly these words among those found by a CSS selector.
export function heading(words, selector) {
  return [...(page()?.querySelectorAll(selector) ?? [])].find((one) => one.textContent.trim() === words);
}

// How far to scroll, for the free space between top and bottom: a heading goes to the top of it,
export function toTop(box, top) {
  return box.top - top;
}

// and a control is moved as little as possible.
export function within(box, top, bottom) {
  if (!box.height || (box.top >= top && box.bottom <= bottom)) return 0;
  return box.top < top ? box.top - top : Math.min(box.bottom - bottom, box.top - top);
}

// abort() ends it. find() returns the element, way is toTop or within, strip is what stays on top of the page.
export function keepInSight(find, way, strip) {
  const ends = new AbortController(), main = page();
  if (!main || matchMedia(PHONE).matches) return ends;
  const look = () => {
    if (document.querySelector(LOBBY)) {
      main.scrollTo({ top: 0 });
      return;
    }
    const element = find();
    if (!element) return;
    const { top, bottom } = main.getBoundingClientRect(), covered = strip.getBoundingClientRect().height + GAP;
    main.scrollBy({ top: way(element.getBoundingClientRect(), top + covered, bottom - GAP) });
  };
  const timer = setInterval(look, PAUSE), end = setTimeout(() => ends.abort(), LONGEST);
  ends.signal.addEventListener("abort", () => {
    clearInterval(timer);
    clearTimeout(end);
  });
  for (const type of ["pointerdown", "wheel", "keydown", "touchmove"]) {
    addEventListener(type, () => ends.abort(), { signal: ends.signal, capture: true, passive: true });
  }
  look();
  return ends;
}

// The same at once, wherever the strip is: on a phone the header stays on top of the page.
export function bring(element) {
  const main = page(), header = document.querySelector("[data-testid=stHeader]")?.getBoundingClientRect().bottom ?? 0;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  main.scrollBy({ top: element.getBoundingClientRect().top - Math.max(main.getBoundingClientRect().top, header) - GAP, behavior });
}
