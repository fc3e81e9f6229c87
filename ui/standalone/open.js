// Replaces Streamlit and the server for a component in a saved page: it gives the component its data, and answers its
// reports. Networks are stored in the page, packed, and run in a worker as they do in the app.

import { bytes } from "../components/lib/decode.js";
import { EMBEDDED, network } from "../components/lib/onnx.js";

const find = (selector) => document.querySelector(selector);
const status = (words) => (find("#status").textContent = words);

// A file that stands in the page: gzip, in base64.
async function file(name) {
  const packed = bytes(find(`script[data-file="${name}"]`).textContent);
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch {
    throw "a file in this page is damaged";
  }
}

const files = new Map();
function once(name) {
  if (!files.has(name)) files.set(name, file(name));
  return files.get(name);
}

let code; // address of the worker's code
globalThis[EMBEDDED] = async ({ url, sha256, runtime: { worker, script, wasm } }) => {
  const [part, module, binary] = await Promise.all([url, script, wasm.url].map(once));
  code ??= URL.createObjectURL(new Blob([await once(worker)], { type: "text/javascript" }));
  return { code, load: { bytes: part, sha256 }, runtime: { script: { bytes: module }, wasm: { ...wasm, bytes: binary } } };
};

// What the server says of networks, anywhere in the data.
function networks(data) {
  if (data === null || typeof data !== "object") return [];
  return data.runtime?.wasm ? [data] : Object.values(data).flatMap(networks);
}

// A clause why the networks do not run here, or null.
async function problem(data) {
  const all = networks(data);
  if (!all.length) return null;
  if (typeof DecompressionStream === "undefined") return "this browser is too old: it cannot unpack them";
  for (const given of all) {
    const reason = await network(given).ready;
    if (reason !== null) return reason;
  }
  return null;
}

const SILENT = { answer: () => null, actions: [] };

// component: the default export of an index.js. serve(stored): an object with `answer(name, value, data)`, which gives what
// the server would send for a report, or null, at once or later; and with `actions`, [[label, data => new data]]. painted:
// whether a canvas has colours of the theme, so that the data are sent again when they change.
export async function open(component, { serve = () => SILENT, painted = false } = {}) {
  document.documentElement.dataset.opened = ""; // hides the sentence for old browsers
  themes();
  if (!find("#end")) {
    status("This file is not complete: its end is missing. Save the page again.");
    return;
  }
  const page = JSON.parse(find("#data").textContent);
  status("Starting …");
  const reason = await problem(page.data);
  if (reason !== null) {
    status(`The networks of this page do not run, because ${reason}. What you see was recorded when the page was saved.`);
    return;
  }
  const { answer, actions } = serve(page.stored), root = find("#component").attachShadow({ mode: "open" });
  root.append(find("#markup").content.cloneNode(true));
  let data = page.data;
  const hear = (name, value) => reply(() => answer(name, value, data));
  const send = () => component({ data, parentElement: root, setTriggerValue: hear });
  let turn = Promise.resolve(); // answers are computed one after another, each from the data of the previous one
  const reply = (work) => {
    turn = turn.then(async () => {
      const next = await work();
      if (!next) return;
      data = next;
      send();
      status("");
    }).catch(() => status("This did not work: try again, or open the page again.")); // later answers come nevertheless
  };
  find("#actions").append(...actions.map(([label, work]) => button(label, () => reply(() => work(data)))));
  send();
  if (painted) onTheme = send;
  find("#recorded")?.remove();
  status("");
}

function button(label, work) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  made.addEventListener("click", work);
  return made;
}

let onTheme = () => {};

// Light or dark, as in the system until the user chooses.
function themes() {
  const { dataset } = document.documentElement, toggle = find("#theme");
  const name = () => (toggle.textContent = dataset.theme === "dark" ? "Light colours" : "Dark colours");
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    dataset.theme = dataset.theme === "dark" ? "light" : "dark";
    name();
    onTheme();
  });
  name();
}
