// The paths of several pictures from noise, for the newest request: first the chosen one, then the others one by one.
// In WebAssembly a batch would be no faster, since ten pictures take about ten times as long as one.

export class Paths {
  // flow: of lib/flow.js; noise: one array for each picture; arrived(): there are new places.
  constructor(flow, noise, arrived) {
    Object.assign(this, { flow, noise, arrived, places: noise.map(() => null), of: noise.map(() => null), asked: null, took: null });
  }

  // Whether the places of a picture answer the latest request.
  isNew(k) {
    return this.of[k] === this.asked;
  }

  // Requests all of them with these labels, one for each picture, and this way {guidance, solver, steps}. chosen: the
  // first one. The old places stay until new ones arrive.
  async ask({ labels, ...way }, chosen) {
    const asked = {}, began = performance.now(), others = this.noise.map((_, k) => k).filter((k) => k !== chosen);
    Object.assign(this, { asked, took: null });
    const wanted = () => this.asked === asked; // an older request must stop, since it would displace the newer one
    for (const k of [chosen, ...others]) {
      const places = await this.flow.path(this.noise[k], { labels: [labels[k]], ...way, wanted });
      if (!places || !wanted()) return;
      this.places[k] = places;
      this.of[k] = asked;
      if (k === (others.at(-1) ?? chosen)) this.took = performance.now() - began;
      this.arrived();
    }
  }
}
