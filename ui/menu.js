// The menu in the side bar shows the pages of one section: that of the page that is shown. A person can open others until
// the next page. Streamlit keeps under KEY which sections are open, reads it with every page, and opens all of them where
// it knows nothing. `sections` is {section: [last parts of addresses]} (ui/document.py).

((sections) => {
  const KEY = "stSidebarSectionsState-";
  const { pushState } = history;
  let shown;

  function open(url) {
    const path = new URL(url, location.href).pathname.split("/").pop();
    const states = Object.entries(sections).map(([name, paths]) => [name, paths.includes(path)]);
    if (path === shown || !states.some(([, own]) => own)) return;
    shown = path;
    try {
      localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(states)));
    } catch (error) {
      console.warn("The menu opens all sections: this browser keeps nothing for the app.", error);
    }
  }

  open(location.href);
  addEventListener("popstate", () => open(location.href), { capture: true });
  addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href]");
    if (link) open(link.href);
  }, { capture: true });
  history.pushState = (state, title, url) => { // the server, too, shows another page
    if (url) open(url);
    pushState.call(history, state, title, url);
  };
// biome-ignore lint/correctness/noUndeclaredVariables: ui/document.py puts the sections in its place
})(SECTIONS);

// A section opens by key, too: Streamlit's headers hear the pointer only.
(() => {
  const HEADERS = "[data-testid=stNavSectionHeader]";
  let asked = false;

  function describe() {
    asked = false;
    for (const header of document.querySelectorAll(HEADERS)) {
      const states = { tabindex: "0", role: "button", "aria-expanded": String(Boolean(header.nextElementSibling)) };
      for (const [name, value] of Object.entries(states)) {
        if (header.getAttribute(name) !== value) header.setAttribute(name, value);
      }
    }
  }

  new MutationObserver(() => {
    if (!asked) requestAnimationFrame(describe);
    asked = true;
  }).observe(document, { childList: true, subtree: true });
  addEventListener("keydown", (event) => {
    if ((event.key !== "Enter" && event.key !== " ") || !event.target.matches?.(HEADERS)) return;
    event.preventDefault();
    event.target.click();
  });
})();
