// From a denoiser to a generator: where one noise goes in one step of Euler, which is close to the mean of all
// pictures, and in more steps.

export const STEPS = [1, 2, 4, 8, 16];

export class Bridge {
  // flow: from lib/flow.js, in its own lane; arrived(): there is a new end. The old ends stay until new ones arrive; `fresh`:
  // whether the first end is new.
  constructor(flow, arrived) {
    Object.assign(this, { flow, arrived, ends: STEPS.map(() => null), fresh: false, asked: null, key: null });
  }

  // noise: of one picture, number `index`; the newest request wins, and the same one is not computed again.
  async ask(noise, index, label) {
    const key = `${index} ${label}`, asked = {};
    if (key === this.key) return;
    Object.assign(this, { key, asked, fresh: false });
    const way = { labels: [label], guidance: 1, solver: "euler", wanted: () => this.asked === asked };
    for (const [k, steps] of STEPS.entries()) {
      const places = await this.flow.path(Float32Array.from(noise), { ...way, steps });
      if (this.asked !== asked) return;
      if (!places) {
        this.key = null;
        return;
      }
      this.ends[k] = places.at(-1);
      this.fresh = true;
      this.arrived();
    }
  }
}
