// When presenting and the current step began: kept for the tab, so that a reloaded page continues.

const KEY = "latent lab: presenting";

export class Begun {
  constructor(now = Date.now()) {
    this.read();
    this.id ??= crypto.randomUUID?.() ?? String(Math.random());
    this.since ??= now;
    this.write();
  }

  // Another step, or the same one.
  step(identity, now = Date.now()) {
    if (identity === this.identity) return;
    Object.assign(this, { identity, stepSince: now });
    this.write();
  }

  restart(now = Date.now()) {
    Object.assign(this, { since: now, stepSince: now });
    this.write();
  }

  end() {
    try {
      sessionStorage.removeItem(KEY);
    } catch {} // nothing to forget
  }

  read() {
    try {
      Object.assign(this, JSON.parse(sessionStorage.getItem(KEY)));
    } catch {} // without storage it starts anew
  }

  write() {
    const { id, since, identity, stepSince } = this;
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ id, since, identity, stepSince }));
    } catch {}
  }
}
