// Canvases of a component in columns on a slide (lib/slide.js).

import { boxOf } from "./canvas.js";
import { letters } from "./theme.js";

const GAP = 16, HEADING = 22; // CSS pixels

// columns: [[{canvas, title}, …], …], titles are optional. redraw() redraws the canvases, which temporarily have the
// slide's resolution. Returns {size, paint} for saveSlide().
export function inColumns(columns, redraw, box) {
  const sizes = new Map(columns.flat().map(({ canvas }) => [canvas, boxOf(canvas)]));
  const head = ({ title }) => (title ? HEADING : 0);
  const widths = columns.map((column) => Math.max(...column.map(({ canvas }) => sizes.get(canvas).width)));
  const heights = columns.map((column) => column.reduce((sum, one) => sum + head(one) + sizes.get(one.canvas).height, 0));
  const size = [widths.reduce((sum, width) => sum + width + GAP, -GAP), Math.max(...heights)];
  const paint = (context) => {
    for (const canvas of sizes.keys()) canvas.dataset.density = context.getTransform().a;
    redraw();
    context.font = letters(box, 13, 600);
    let left = 0;
    columns.forEach((column, k) => {
      let top = 0;
      for (const one of column) {
        const { width, height } = sizes.get(one.canvas);
        if (one.title) context.fillText(one.title, left, top + 14, width); // condensed if it would not fit
        context.drawImage(one.canvas, left, top + head(one), width, height);
        top += head(one) + height;
      }
      left += widths[k] + GAP;
    });
    for (const canvas of sizes.keys()) delete canvas.dataset.density;
    redraw();
  };
  return { size, paint };
}
