// The paths of several pictures from noise, of which the newest request wins: that of the chosen one first, then the others, one
// after another: in WebAssembly several at once would be no faster, as ten pictures take about ten times as long as one.

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
    const asked = {}, began = performance.now(), others = this.noise.map((_, k) => k).filter((k) => k !== chosen);
    Object.assign(this, { asked, took: null });
    const wanted = () => this.asked === asked; // an older request must not go on: it would put the newer one's turn aside
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
