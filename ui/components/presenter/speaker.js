// The speaker's notes for the second window (notes.html), sent over a channel between windows of one browser.

const INTRODUCTION = ".st-key-introduction :is(p, li)"; // the page's introduction, which the audience does not see
const WINDOW = "popup,width=960,height=760";

export const channelOf = (id) => `latent lab notes ${id}`;

// A formula is in the DOM twice: once for screen readers.
function wordsOf(paragraph) {
  const copy = paragraph.cloneNode(true);
  for (const formula of copy.querySelectorAll(".katex-mathml")) formula.remove();
  return copy.textContent.trim();
}

export class Speaker {
  // asked(name): the second window requests "next", "previous" or "black".
  constructor(id, asked) {
    Object.assign(this, { id, said: null });
    this.channel = new BroadcastChannel(channelOf(id));
    this.channel.addEventListener("message", ({ data }) => {
      if (data.hello) Object.assign(this, { said: null, listened: true });
      if (data.hello && this.last) this.say(...this.last);
      if (data.wish) asked(data.wish);
    });
    this.channel.postMessage({ here: true });
  }

  // false if the browser does not allow a window.
  open(address) {
    const url = new URL(address, document.baseURI);
    url.hash = this.id;
    const opened = window.open(url, `latent_lab_notes_${this.id}`, WINDOW);
    opened?.focus();
    return Boolean(opened);
  }

  // notes: from ui/presenting/notes.py. times: from timing(). Sent again only if something has changed.
  say(notes, times) {
    this.last = [notes, times];
    if (!this.listened) return;
    const introduction = [...document.querySelectorAll(INTRODUCTION)].map(wordsOf);
    const message = { notes: { ...notes, introduction }, times }, text = JSON.stringify(message);
    if (text !== this.said) this.channel.postMessage(message);
    this.said = text;
  }

  stop() {
    this.channel.postMessage({ over: true });
    this.channel.close();
  }
}
