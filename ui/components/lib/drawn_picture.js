// A canvas on which the user draws in the picture's own pixels, by pointer and keyboard, with tools; colour pictures
// are shown only.
//
//   const picture = new DrawnPicture(tools, canvas, { changed(time), ended() });
//   picture.take(pixels, size, drawable)      picture.numbers, picture.text
//
// tools: an empty element. changed: the ink has changed, maybe within a stroke; ended: a stroke, undo or clear is over.

import { dragging, places } from "./dragging.js";
import { Painting } from "./painting.js";

export class DrawnPicture {
  constructor(tools, canvas, { changed, ended }) {
    Object.assign(this, { tools, canvas, changed, ended, painting: null });
    const at = (event) => places(event, canvas, this.painting.heard).map((place) => place.map((share) => share * this.painting.size));
    dragging(canvas, {
      early: true,
      grab: (event) => (this.painting?.mode ? this.painting.begin(at(event), event.timeStamp) : false),
      drag: (event) => this.painting.go(at(event), event.timeStamp),
      drop: () => ended(),
    });
    canvas.addEventListener("keydown", (event) => {
      this.painting?.key(event);
    });
  }

  // In [0, 1], for a network.
  get numbers() {
    return this.painting.numbers;
  }

  // As base64.
  get text() {
    return this.painting.text;
  }

  // Another picture, grey levels of size × size.
  take(pixels, size, drawable) {
    const { tools, canvas, changed, ended } = this;
    tools.hidden = !drawable;
    if (!drawable || this.painting?.size !== size) this.painting?.take("");
    if (!drawable) {
      this.painting = null;
      canvas.classList.remove("pen");
      return;
    }
    if (this.painting?.size !== size) {
      const taken = () => canvas.classList.toggle("pen", Boolean(this.painting?.mode));
      this.painting = new Painting(tools, size, { canvas, rest: "Look", changed, ended, taken });
      this.painting.take("draw");
    }
    this.painting.put(pixels);
  }
}
