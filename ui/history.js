// One entry in the browser's history for each page that a user opened, with the last address of that page.
//
// Streamlit adds an entry whenever a parameter of the address changes, and another one when a page sends a person on. It
// also puts the parameters of the next page into the address before it changes the path. Back would stop twice at one
// page, never get past a page that sends on, and find parameters of other pages. So here:
// - An entry is added only for another path or another step of a lesson, after a hand has acted. Everything else
//   replaces the entry.
// - The entry that is left keeps the address that it had when the hand acted.
// What is drawn beside a page hears of every new address by the event "address" of the window.
// This runs before Streamlit's own code (ui/document.py).

(() => {
  const { pushState, replaceState } = history;
  let addressAtAct = null; // since the last entry was added or Back was pressed

  for (const type of ["pointerdown", "keydown", "click"]) {
    addEventListener(type, () => { addressAtAct = location.href; }, { capture: true });
  }
  addEventListener("popstate", () => { addressAtAct = null; }, { capture: true });

  const placeOf = (url) => url.pathname + (url.searchParams.get("lesson_step") ?? "");

  history.pushState = (state, title, url) => {
    const samePlace = placeOf(new URL(url, location.href)) === placeOf(new URL(location.href));
    if (samePlace || addressAtAct === null) {
      replaceState.call(history, state, title, url);
    } else {
      replaceState.call(history, history.state, title, addressAtAct);
      pushState.call(history, state, title, url);
      addressAtAct = null;
    }
    dispatchEvent(new Event("address"));
  };
})();
