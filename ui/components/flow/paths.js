// The paths of several pictures from noise, of which the newest request wins: that of the chosen one first, then the others, a
// few at a time.

const TOGETHER = 3; // pictures in one evaluation of the network

export class Paths {
  // flow: of lib/flow.js; noise: one array for each picture; arrived(): there are new places.
  constructor(flow, noise, arrived) {
    Object.assign(this, { flow, noise, arrived, places: noise.map(() => null), of: noise.map(() => null), asked: null, took: null });
  }

  // Whether the places of a picture are those that were asked for last.
  isNew(k) {
    return this.of[k] === this.asked;
  }

  // Asks for all of them with these labels, one for each picture, and this way {guidance, solver, steps}. chosen: whose comes
  // first. The older places stay until newer ones are there.
  async ask({ labels, ...way }, chosen) {
    const asked = {}, others = this.noise.map((_, k) => k).filter((k) => k !== chosen), began = performance.now();
    this.asked = asked;
    this.took = null;
    const groups = [[chosen]];
    for (let k = 0; k < others.length; k += TOGETHER) groups.push(others.slice(k, k + TOGETHER));
    for (const group of groups) {
      const places = await this.follow(group, labels, way, asked);
      if (!places) return;
      group.forEach((index, k) => {
        this.places[index] = places.map((x) => x.subarray(k * this.flow.size, (k + 1) * this.flow.size));
        this.of[index] = asked;
      });
      if (group === groups.at(-1)) this.took = performance.now() - began;
      this.arrived();
    }
  }

  // An older request must not go on: it would ask again and put the newer one's turn aside.
  async follow(group, labels, way, asked) {
    const x = new Float32Array(group.length * this.flow.size);
    group.forEach((index, k) => x.set(this.noise[index], k * this.flow.size));
    const places = await this.flow.path(x, { labels: group.map((index) => labels[index]), ...way, wanted: () => this.asked === asked });
    return this.asked === asked ? places : null;
  }
}
