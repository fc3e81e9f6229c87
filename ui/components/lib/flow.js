// The network of a flow in the browser: models/flow.py for a page, held against it by tests/js.

import { pathLater } from "./ode.js";

const LIMIT = 1; // no time at which the network that gives the picture knows a velocity

export class Flow {
  // run(inputs): of network() in lib/onnx.js for the part "velocity", a promise of its outputs or of null. shape: of a picture,
  // [C, H, W]. classes: how many there are; the number behind the last one stands for any.
  constructor(run, shape, classes) {
    Object.assign(this, { run, shape, classes, size: shape.reduce((product, length) => product * length, 1) });
  }

  // v(any) + guidance · (v(label) − v(any)) at x (n · size) and one time: classifier-free guidance (Ho & Salimans 2022). 1 asks
  // for the class as it was learned, 0 for any picture. labels (n): of `classes` for any picture. null where it does not run.
  async velocity(x, t, labels, guidance) {
    const { classes, size } = this, n = labels.length, any = labels.map(() => classes);
    const asked = guidance !== 0 && labels.some((label) => label !== classes), both = asked && guidance !== 1;
    const wanted = both ? [...labels, ...any] : asked ? labels : any;
    const pictures = both ? [...x, ...x] : x;
    const outputs = await this.run({
      x: { data: Float32Array.from(pictures), dims: [wanted.length, ...this.shape] },
      t: { data: new Float32Array(wanted.length).fill(t), dims: [wanted.length] },
      label: { data: Int32Array.from(wanted), dims: [wanted.length] },
    });
    if (!outputs) return null;
    const v = outputs.velocity.data, free = n * size;
    return both ? v.slice(free).map((value, k) => value + guidance * (v[k] - value)) : v;
  }

  // The path of noise x (n · size) to pictures, at every step, about in [−1, 1] at the end; with start 1 and end 0 back again.
  // null where something newer was asked for meanwhile.
  path(x, { labels, guidance, ...way }) {
    return pathLater((places, t) => this.velocity(places, t, labels, guidance), x, { ...way, limit: LIMIT });
  }
}
