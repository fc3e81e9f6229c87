// Numbers of the current code: its norm, its density under the prior, and the nearest recorded code.

import { fixed, number } from "../lib/numbers.js";
import { testCodes } from "../lib/test_codes.js";
import { write } from "../lib/write.js";
import { logPrior, norm } from "./measures.js";

export class Facts {
  constructor(root) {
    for (const name of ["norm", "density", "nearest"]) this[name] = root.querySelector(`.facts .${name}`);
  }

  // latent: length of a code. given: from ui/recorded_codes.py, null if none are recorded.
  update(latent, given = null) {
    if (latent !== this.latent) {
      this.latent = latent;
      // Mean and standard deviation of the χ distribution, within 1 % for four or more dimensions.
      this.norm.title = `Random codes of this model have ${fixed(Math.sqrt(latent - 0.5), 1)} ± 0.7 (mean ± standard deviation).`;
      const highest = fixed(logPrior(new Float64Array(latent)), 2);
      this.density.title = `Log density of the prior N(0, I), at most ${highest} nats, at 0.`;
    }
    if (given?.url === this.given?.url) return;
    Object.assign(this, { given, codes: null });
    this.nearest.hidden = !given;
    if (!given) return;
    this.nearest.querySelector("dt").textContent = `Nearest ${given.code}`;
    this.load(given);
  }

  async load(given) {
    const codes = await testCodes(given);
    if (this.given !== given) return;
    this.codes = codes;
    this.nearest.hidden = !codes;
    if (this.z) this.show(this.z);
  }

  show(z) {
    this.z = z;
    say(this.norm, fixed(norm(z), 2));
    say(this.density, `${fixed(logPrior(z), 2)} nats`);
    if (this.codes?.latent !== z.length) return say(this.nearest, "");
    const { row, distance, label } = this.codes.nearest(z);
    say(this.nearest, `${fixed(distance, 2)}${label === null ? "" : ` (${this.given.classes[label]})`}`);
    this.nearest.title =
      `Euclidean distance to ${this.given.code} ${row}, the nearest of ${number(this.codes.count)}, which are means of the encoder. ` +
      "The picture of a code that is far from all of them may show no class.";
  }
}

const say = (box, text) => write(box.querySelector("dd"), text);
