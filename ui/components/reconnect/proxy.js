// Whether a proxy sends this browser to the same server each time; checked once per tab.

const ASKED = "latent lab: the proxy was asked";
const TIMES = 4; // two alternating servers are detected by two; with random ones, one tab of sixteen fails to notice
const SENTENCE =
  "This address leads to several servers in turn, so uploads and downloads fail at times. The proxy has to bring a browser back to the same server by a cookie; docs/deploying.md says how.";

// replica: the id of the server that sent the page. null if there is nothing to report.
export async function sentenceOfProxy(replica, ask = asked) {
  try {
    if (sessionStorage.getItem(ASKED)) return null;
    sessionStorage.setItem(ASKED, replica);
  } catch {
    return null; // else every page would ask
  }
  for (let time = 0; time < TIMES; time++) {
    const id = await ask();
    if (id !== null && id !== replica) return SENTENCE;
  }
  return null;
}

async function asked() {
  try {
    const answer = await fetch(new URL("replica", document.baseURI), { cache: "no-store" });
    return answer.ok ? (await answer.json()).id : null;
  } catch {
    return null; // a problem of the connection itself
  }
}
