// The menu in the side bar shows the pages of one section, and opens another one when its page is opened: by a link on a
// page, or by Back. What a person opened or closed stays so. Streamlit keeps the sections under KEY, and opens all of them
// where it knows nothing. `sections` is {section: [last parts of addresses]} (ui/document.py).

((sections) => {
  const KEY = "stSidebarSectionsState-";
  const pathOf = (url) => new URL(url, location.href).pathname.split("/").pop();

  function open(path) {
    const known = JSON.parse(localStorage.getItem(KEY) ?? "null");
    const states = Object.entries(sections).map(([name, paths]) => [name, paths.includes(path) || known?.[name] === true]);
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(states)));
  }

  try {
    open(pathOf(location.href));
    addEventListener("popstate", () => open(pathOf(location.href)), { capture: true });
    addEventListener("click", ({ target }) => {
      const link = target.closest?.("a[href]");
      if (link) open(pathOf(link.href));
    }, { capture: true });
  } catch (error) {
    console.warn("The menu opens all sections: this browser keeps nothing for the app.", error);
  }
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
