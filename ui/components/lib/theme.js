// Colours and font of the page's theme for what is drawn on canvases.

import { isLight, rgb } from "./canvas.js";

export const COLOURS = { real: [0, 114, 178], generated: [213, 94, 0] };
const INK = { light: COLOURS, dark: { real: [86, 180, 233], generated: [255, 152, 60] } }; // of points and curves

// {ink, font, colours: {real, generated}} of a component's box, which gets the two as --real and --fake.
export function theme(box) {
  const style = getComputedStyle(box), ink = style.color, colours = INK[isLight(ink) ? "dark" : "light"];
  box.style.setProperty("--real", rgb(colours.real));
  box.style.setProperty("--fake", rgb(colours.generated));
  return { ink, font: style.fontFamily, colours };
}
