// The latency between a movement and its picture: in a badge for the reader, and as events for benchmarks/.

export class Latency {
  constructor(badge, eventName) {
    Object.assign(this, { badge, eventName, last: {} });
  }

  // Call it when the canvas has its new pixels. what: "drag" or "release"; since: the time stamp of the input event.
  // The event has the milliseconds until this call as `drawn`, and those until the next frame begins as `milliseconds`.
  measure(what, since) {
    const drawn = performance.now() - since;
    requestAnimationFrame(() => {
      const milliseconds = performance.now() - since;
      this.last[what] = `${what} ${milliseconds.toFixed(0)} ms`;
      this.badge.textContent = [this.last.drag, this.last.release].filter(Boolean).join(" · ");
      const detail = { what, milliseconds, drawn };
      this.badge.dispatchEvent(new CustomEvent(this.eventName, { bubbles: true, composed: true, detail }));
    });
  }
}
