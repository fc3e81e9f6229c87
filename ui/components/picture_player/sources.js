// Where the pictures of a row come from: one sheet of all frames, or a file for each of some frames.

// All frames of a row in one picture: a frame is an offset.
export class Sheet {
  constructor(row) {
    this.row = row;
  }

  async ready() {
    this.image = await decoded(this.row.sheet);
  }

  draw(context, frame) {
    const { size: [height, width], columns } = this.row;
    const left = (frame % columns) * width, top = Math.floor(frame / columns) * height;
    context.drawImage(this.image, left, top, width, height, 0, 0, width, height);
  }
}

// A picture for every frame, or for several on end (`at`: which one). They are decoded one after the other while the
// first is on the screen already; where the hand is faster, the newest one that is ready stays until `arrived`.
export class Stills {
  constructor(row, arrived) {
    Object.assign(this, { row, arrived, images: new Map(), wanted: null });
  }

  async ready(frame) {
    const first = this.row.at[frame];
    this.images.set(first, await decoded(this.row.stills[first]));
    this.decodeRest();
  }

  async decodeRest() {
    for (let k = 0; k < this.row.stills.length; k++) {
      if (!this.images.has(k)) this.images.set(k, await decoded(this.row.stills[k]));
      if (this.wanted === k) this.arrived();
    }
  }

  draw(context, frame) {
    const image = this.images.get(this.row.at[frame]);
    this.wanted = image ? null : this.row.at[frame];
    if (image) context.drawImage(image, 0, 0);
  }
}

async function decoded(source) {
  const image = new Image();
  image.src = source;
  await image.decode();
  return image;
}
