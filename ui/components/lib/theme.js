// Colours and font of the page's theme for drawing on canvases.

import { isLight, rgb } from "./canvas.js";

export const COLOURS = { real: [0, 114, 178], generated: [213, 94, 0] };
const INK = { light: COLOURS, dark: { real: [86, 180, 233], generated: [255, 152, 60] } }; // of points and curves

// The font for a canvas in this many CSS pixels, or in the page's minimum size.
export function letters(element, pixels, weight = 400) {
  const style = getComputedStyle(element), least = parseFloat(style.getPropertyValue("--least")) || 0;
  return `${weight} ${Math.max(pixels, least)}px ${style.fontFamily}`;
}

// {ink, font(pixels), colours: {real, generated}} of a component's box, which gets the two as --real and --fake.
export function theme(box) {
  const style = getComputedStyle(box), ink = style.color, colours = INK[isLight(ink) ? "dark" : "light"];
  box.style.setProperty("--real", rgb(colours.real));
  box.style.setProperty("--fake", rgb(colours.generated));
  return { ink, font: (pixels) => letters(box, pixels), colours };
}
