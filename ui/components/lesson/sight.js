// Brings into sight what a step is about, once it is there and until a hand does something else. It looks again and
// again: what moves a heading (a chart that is drawn, Streamlit's own way to the top of a new page) need not change the
// document.

const PHONE = "(max-width: 640px)"; // there the strip is no longer on top: its words would be scrolled away
const LONGEST = 60000, PAUSE = 150; // ms that a page may take, between two looks
const LOBBY = ".lobby"; // the code of a room, as large as the page (ui/classroom/bar.py): while a class comes in, it is to be seen
const GAP = 16; // CSS pixels between it and what covers the page

const page = () => document.querySelector("[data-testid=stMain]");

// The first element with these words, and no others, among what a CSS selector finds.
export function heading(words, selector) {
  return [...(page()?.querySelectorAll(selector) ?? [])].find((one) => one.textContent.trim() === words);
}

// How far to scroll, with the room that is free between top and bottom: a heading goes to the top of it,
export function toTop(box, top) {
  return box.top - top;
}

// and a control is moved as little as possible.
export function within(box, top, bottom) {
  if (!box.height || (box.top >= top && box.bottom <= bottom)) return 0;
  return box.top < top ? box.top - top : Math.min(box.bottom - bottom, box.top - top);
}

// What abort() ends. find() gives the element, way is toTop or within, strip is what stays on top of the page.
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

// The same at once and wherever the strip is: on a phone, whose header stays on top of the page.
export function bring(element) {
  const main = page(), header = document.querySelector("[data-testid=stHeader]")?.getBoundingClientRect().bottom ?? 0;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  main.scrollBy({ top: element.getBoundingClientRect().top - Math.max(main.getBoundingClientRect().top, header) - GAP, behavior });
}
