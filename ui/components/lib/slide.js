// A component's picture for a slide: a title, its source, the picture, a legend; at least 1600 pixels wide.
// ui/slides.py draws slides from the server in the same way.

import { download } from "./download.js";
import { withText } from "./png_text.js";

const NARROWEST = 1600; // pixels of a file
const MARGIN = 40; // this and the font sizes are for a file of that width
const TITLE = { size: 46, weight: 600 }, SUBTITLE = { size: 28, weight: 400 }, NAME = { size: 26, weight: 400 };

// Saves what paint(context) draws on an area of `size` [width, height] in CSS pixels; paint may be asynchronous.
// words: from ui/slides.py, {file, title, subtitle, software}. legend: [{name, colour, kind: "line" | "points", dash}].
export async function saveSlide({ file, title, subtitle = "", software = "" }, { size, paint, legend = [] }, box) {
  const sheet = await slide({ title, subtitle }, { size, paint, legend }, box);
  const blob = await new Promise((done) => sheet.toBlob(done, "image/png"));
  const words = { Title: title, Description: subtitle, Source: address(), Software: software };
  const png = withText(new Uint8Array(await blob.arrayBuffer()), words);
  download(png, `${file}.png`, "image/png");
}

// Only for pages on the web; the path of a saved page on somebody's disk is private.
const address = () => (location.protocol.startsWith("http") ? location.href : "");

// The same as a canvas.
async function slide({ title, subtitle }, { size: [width, height], paint, legend = [] }, box) {
  const sheet = document.createElement("canvas"), context = sheet.getContext("2d");
  const scale = Math.max(2, (NARROWEST - 2 * MARGIN) / width);
  const unit = (width * scale) / (NARROWEST - 2 * MARGIN), margin = MARGIN * unit;
  const style = getComputedStyle(box), ink = style.color, font = ({ size, weight }) => `${weight} ${size * unit}px ${style.fontFamily}`;
  const words = [[title, TITLE], [subtitle, SUBTITLE]].map(([text, look]) => {
    context.font = font(look);
    return { look, lines: broken(text, width * scale, (part) => context.measureText(part).width) };
  });
  context.font = font(NAME);
  const rows = inRows(legend.map((one) => ({ ...one, width: context.measureText(one.name).width + 84 * unit })), width * scale);
  const head = words.reduce((sum, { look, lines }) => sum + 1.3 * look.size * lines.length, 0) * unit + margin;
  const foot = rows.length * 44 * unit;
  Object.assign(sheet, { width: Math.round(width * scale + 2 * margin), height: Math.round(head + height * scale + foot + 2.4 * margin) });
  context.fillStyle = style.getPropertyValue("--st-background-color") || "#fff";
  context.fillRect(0, 0, sheet.width, sheet.height);
  Object.assign(context, { textBaseline: "alphabetic", fillStyle: ink });
  let top = margin;
  for (const { look, lines } of words) {
    context.font = font(look);
    for (const line of lines) {
      top += 1.3 * look.size * unit;
      context.fillText(line, margin, top - 0.3 * look.size * unit);
    }
  }
  context.save();
  context.translate(margin, top + 0.4 * margin);
  context.scale(scale, scale);
  await paint(context);
  context.restore();
  Object.assign(context, { font: font(NAME), fillStyle: ink });
  rows.forEach((row, k) => {
    const y = top + 0.4 * margin + height * scale + (k + 0.9) * 44 * unit;
    let x = margin;
    for (const one of row) {
      sign(context, one, x, y - 0.3 * NAME.size * unit, unit);
      context.fillStyle = ink;
      context.fillText(one.name, x + 52 * unit, y);
      x += one.width;
    }
  });
  return sheet;
}

function sign(context, { colour, kind, dash }, x, y, unit) {
  Object.assign(context, { fillStyle: colour, strokeStyle: colour, lineWidth: 5 * unit });
  context.beginPath();
  if (kind === "points") {
    context.arc(x + 28 * unit, y, 11 * unit, 0, 7);
    context.fill();
    return;
  }
  context.setLineDash(dash ? [12 * unit, 8 * unit] : []);
  context.moveTo(x, y);
  context.lineTo(x + 40 * unit, y);
  context.stroke();
  context.setLineDash([]);
}

// A text wrapped to a `width`, unless single words are wider.
export function broken(text, width, measure) {
  const lines = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function inRows(items, width) {
  const rows = [];
  let left = 0;
  for (const item of items) {
    if (item.width > left) {
      rows.push([]);
      left = width;
    }
    rows.at(-1).push(item);
    left -= item.width;
  }
  return rows;
}
