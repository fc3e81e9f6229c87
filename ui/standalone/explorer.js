// The explorer in a saved page. What the server answers in the app is computed here: the picture by the network in the
// page; rows, planes and the codes of test images were stored with it (ui/explore/saved.py).

import explorer from "../components/explorer/index.js";
import { inLatent } from "../components/lib/latent.js";
import { floats as decoded } from "../components/lib/decode.js";
import { floats, network } from "../components/lib/onnx.js";
import { image } from "../components/lib/pixels.js";
import { gaussian } from "../components/lib/random.js";
import { open } from "./open.js";
import { after, along, plane } from "./position.js";

// stored: {latent, bases: {name: {vectors, groups: [rows], pages}}, plane: see position.js, strips, snaps: {number:
// {code, origin, original}}}
function serve(stored) {
  let decoder;
  const canvas = document.createElement("canvas");

  async function drawn(data, z) {
    decoder ??= network(data.network);
    const outputs = await decoder.run({ z: floats([1, z.length], z) });
    if (!outputs) {
      decoder = null; // its worker broke, perhaps: the next attempt starts another
      throw "the network gave no picture";
    }
    [canvas.width, canvas.height] = data.size;
    canvas.getContext("2d").putImageData(image(outputs.picture), 0, 0);
    return { ...data, picture: canvas.toDataURL() };
  }

  const basisOf = (data) => {
    const { vectors } = stored.bases[data.basis];
    return vectors && decoded(vectors);
  };
  const go = (data, z, origin, original = null) =>
    drawn({ ...data, code: along(basisOf(data), z), origin, original }, z);

  // The same code, seen along other rows or in another plane.
  function seen(data, { basis = data.basis, group = data.page, axes = data.plane.axes }) {
    const z = inLatent(basisOf(data), data.code), { vectors, groups, pages } = stored.bases[basis];
    const next = { ...data, basis, vectors, pages, page: group, rows: groups[group - 1] };
    const rows = basisOf(next);
    return { ...next, code: along(rows, z), plane: { ...data.plane, ...plane(axes, stored.plane, rows) } };
  }

  const answers = {
    code: (data, { code, walk }) => go(data, inLatent(basisOf(data), code), walk ? "Where a walk stopped" : "Set by hand", data.original),
    snap: (data, { number }) => {
      const { code, origin, original } = stored.snaps[number];
      return go(data, decoded(code), origin, original);
    },
    view: (data, { basis, dims, axes, strip }) => {
      if (basis) return seen(data, { basis, group: 1 });
      if (dims) return seen(data, { group: dims });
      if (axes) return seen(data, { axes: after(axes, data.plane.axes, stored.plane.order) });
      return { ...data, strip: stored.strips[strip % stored.strips.length] };
    },
  };
  return {
    answer: (name, value, data) => answers[name]?.({ ...data, serial: value.serial }, value),
    actions: [
      ["Draw from the prior", (data) => go(data, gaussian(new Float64Array(stored.latent), Math.random), "A draw from the prior")],
      ["Reset to 0", (data) => go(data, new Float64Array(stored.latent), "The origin: every dimension is 0")],
    ],
  };
}

open(explorer, { serve });
