// Scrolls the page to a heading, once it is there and until a hand does something else. It looks again and again: what
// moves a heading (a chart that is drawn, Streamlit's own way to the top of a new page) need not change the document.

const PHONE = "(max-width: 640px)"; // there the strip is no longer on top: its words would be scrolled away
const HEADINGS = "h2, h3, h4, h5, strong, b, [data-testid=stWidgetLabel], summary [data-testid=stMarkdownContainer]", LONGEST = 60000, PAUSE = 150; // ms that a page may take, between two looks

// What abort() ends. strip: what stays on top of the page.
export function scrollTo(words, strip) {
  const ends = new AbortController(), main = document.querySelector("[data-testid=stMain]");
  if (!main || matchMedia(PHONE).matches) return ends;
  const look = () => {
    const heading = [...main.querySelectorAll(HEADINGS)].find((one) => one.textContent.trim() === words);
    if (!heading) return;
    const covered = strip.getBoundingClientRect().height + 16;
    main.scrollBy({ top: heading.getBoundingClientRect().top - main.getBoundingClientRect().top - covered });
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
