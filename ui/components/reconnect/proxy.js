// Whether a proxy brings this browser to the same server each time; asked once in a tab.

const ASKED = "latent lab: the proxy was asked";
const TIMES = 4; // two servers in turn are seen by two, a random one of two is missed by one tab of sixteen
const SENTENCE =
  "This address leads to several servers in turn, so uploads and downloads fail at times. The proxy has to bring a browser back to the same server by a cookie; docs/deploying.md says how.";

// replica: the id of the server that sent the page. null where there is nothing to say.
export async function sentenceOfProxy(replica, ask = asked) {
  try {
    if (sessionStorage.getItem(ASKED)) return null;
    sessionStorage.setItem(ASKED, replica);
  } catch {
    return null; // asked at every page otherwise
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
    return null; // the connection's own trouble
  }
}
