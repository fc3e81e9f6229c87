"""Networks in the browser that a test plays: what the server says of one, and a worker whose answers the test gives."""

WORKER = """() => {
  window.asked = [];
  const ask = (message) => new Promise((resolve, reject) => asked.push({ ...message, resolve, reject }));
  const over = new Promise((resolve) => (window.end = resolve));
  globalThis[Symbol.for("latent-lab network worker")] = { url: "http://host/worker.js", asked: { ask, over } };
}"""
LOADS = "() => asked.filter(({ load }) => load).map(({ load }) => load.sha256)"
TURN = "() => new Promise((done) => setTimeout(() => done(true), 5))"


def network(sha256="one"):
    """What ui/browser_networks.py says of a network; a worker is asked for it by its sha256."""
    address = "http://host/"
    runtime = {"worker": f"{address}worker.js", "script": f"{address}ort.mjs"}
    runtime["wasm"] = {"url": f"{address}ort.wasm", "sha256": "wasm"}
    return {"part": "decoder", "url": f"{address}{sha256}", "sha256": sha256, "bytes": 9, "runtime": runtime}


def load(page, answer):
    """Answer the first request to load a network, as in "resolve({})"."""
    page.wait_for_function("() => asked.some(({ load }) => load)")
    page.evaluate(f"() => {{ const one = asked.find(({{ load }}) => load); one.answered = true; one.{answer}; }}")
