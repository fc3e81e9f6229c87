// The network of a flow in the browser: models/flow.py in JavaScript; tests/js compares the two.

import { pathLater } from "./ode.js";

const LIMIT = 1; // the time at which the network, which predicts the picture, gives no velocity

export class Flow {
  // run(inputs): from network() in lib/onnx.js for the part "velocity", a promise of its outputs or of null. shape: of
  // a picture, [C, H, W]. classes: their number, which as a label stands for any class.
  constructor(run, shape, classes) {
    Object.assign(this, { run, shape, classes, size: shape.reduce((product, length) => product * length, 1) });
  }

  // v(any) + guidance · (v(label) − v(any)) at x (n · size) and one time: classifier-free guidance (Ho & Salimans
  // 2022). 1: the class as learned, 0: any picture. labels (n): `classes` for any picture. null if it does not run.
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

  // The path of noise x (n · size) to pictures, with every step, roughly in [−1, 1] at the end; from start 1 to end 0
  // it goes back. null if a newer request came meanwhile.
  path(x, { labels, guidance, ...way }) {
    return pathLater((places, t) => this.velocity(places, t, labels, guidance), x, { ...way, limit: LIMIT });
  }
}
