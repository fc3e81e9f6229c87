// Panels of curves as SVG, with a legend to press and a PNG to save. Put before the scripts of components that show them.
//
// A panel is {title, range: [low, high], log, series: [{name, kind: "line" | "points", colour, x, y, spread, dash, off}]};
// a null in y is a gap. All panels of a component share one axis [first, last] and its margins, or have an `axis`;
// `ticks` are the numbers under it where round ones would not do.

const SVG = "http://www.w3.org/2000/svg";
const LEFT = 54, RIGHT = 14; // margins of every picture, so that one axis runs through all of them
const PANEL = 210, HEAD = 30, FOOT = 26; // heights in CSS pixels: of a panel, its title, the numbers under it

function across([first, last], width) {
  return (x) => LEFT + ((x - first) / (last - first)) * (width - LEFT - RIGHT);
}

function upwards({ range: [low, high], log }) {
  const scale = log ? Math.log10 : (value) => value, [from, to] = [scale(low), scale(high)];
  const share = (value) => (scale(value) - from) / (to - from);
  return (value) => PANEL - FOOT - Math.min(2, Math.max(-1, share(value))) * (PANEL - FOOT - HEAD);
}

let clips = 0;

function panel(told, shared, width, hidden) {
  const axis = told.axis ?? shared;
  const x = across(axis, width), y = upwards(told), [low, high] = told.range;
  const svg = make("svg", { viewBox: `0 0 ${width} ${PANEL}`, role: "img", "aria-label": told.title });
  svg.append(words(LEFT, 18, told.title, { "font-size": 13, "font-weight": 600 }));
  for (const tick of told.log ? decades(low, high) : ticks(low, high)) {
    const opacity = tick === 0 ? 0.45 : 0.15;
    svg.append(make("line", { x1: LEFT, x2: width - RIGHT, y1: y(tick), y2: y(tick), stroke: "currentColor", opacity }));
    const text = told.log ? power(tick) : number(tick);
    svg.append(words(LEFT - 8, y(tick) + 4, text, { "font-size": 12, "text-anchor": "end" }));
  }
  for (const tick of told.ticks ?? ticks(...axis)) {
    const text = number(tick), cut = x(tick) + 4 * text.length > width; // a long number under the right end
    const [at, anchor] = cut ? [width - 2, "end"] : [x(tick), "middle"];
    svg.append(words(at, PANEL - 7, text, { "font-size": 12, "text-anchor": anchor }));
  }
  const id = `panel-${clips++}`, clip = make("clipPath", { id });
  clip.append(make("rect", { x: LEFT - 6, y: HEAD - 8, width: width - LEFT - RIGHT + 12, height: PANEL - FOOT - HEAD + 16 }));
  const inside = make("g", { "clip-path": `url(#${id})` });
  for (const one of told.series.filter(({ name }) => !hidden.has(name))) inside.append(...curve(one, x, y));
  svg.append(clip, inside);
  return svg;
}

function curve({ kind, colour, x, y: values, spread, dash }, across, y) {
  if (kind === "line") {
    let path = "", pen = "M";
    const alone = [];
    values.forEach((value, k) => {
      if (value === null) return (pen = "M"); // a gap: the curve jumps here
      const [left, top] = [across(x[k]), y(value)];
      path += `${pen}${left.toFixed(1)} ${top.toFixed(1)}`;
      pen = "L";
      if (values[k - 1] === null && values[k + 1] === null) alone.push(make("circle", { cx: left, cy: top, r: 4, fill: colour }));
    });
    const stroke = { stroke: colour, "stroke-width": 2, ...(dash ? { "stroke-dasharray": "6 4" } : {}) };
    return [make("path", { d: path, fill: "none", ...stroke }), ...alone];
  }
  return values.flatMap((value, k) => {
    if (value === null) return [];
    const at = across(x[k]), dot = make("circle", { cx: at, cy: y(value), r: 4, fill: colour });
    if (!spread) return [dot];
    const bar = { x1: at, x2: at, y1: y(value - spread[k]), y2: y(value + spread[k]), stroke: colour, "stroke-width": 2 };
    return [make("line", bar), dot];
  });
}

// A vertical line in a panel; returns the function that puts it at a value of the axis.
function marker(svg, across) {
  const line = make("line", { class: "marker", y1: 24, y2: PANEL - FOOT, stroke: "currentColor", "stroke-width": 1.5, opacity: 0.7 });
  svg.append(line);
  return (value) => ["x1", "x2"].forEach((name) => line.setAttribute(name, across(value)));
}

// Where a pointer is along the axis of the panels, within it.
function along(event, svg, [first, last]) {
  const box = svg.getBoundingClientRect();
  const share = (event.clientX - box.left - LEFT) / (box.width - LEFT - RIGHT);
  return first + Math.min(1, Math.max(0, share)) * (last - first);
}

// The value of a series at the place nearest to x; null where it has none.
function nearest({ x, y }, at) {
  let best = null, least = Infinity;
  x.forEach((place, k) => {
    const distance = Math.abs(place - at);
    if (y[k] !== null && distance < least - 1e-9) [best, least] = [y[k], distance];
  });
  return best;
}

// Series that start hidden are hidden when they are met, and not again after the hand has shown them.
function hideAtFirst(panels, hidden, met) {
  for (const { name, off } of panels.flatMap(({ series }) => series)) {
    if (off && !met.has(name)) hidden.add(name);
    met.add(name);
  }
}

// Buttons with the names of all series; a press hides or shows one. Returns [{one, value: where its value can be written}].
function legend(box, panels, hidden, redraw) {
  const every = new Map(panels.flatMap(({ series }) => series).map((one) => [one.name, one]));
  const entries = [...every.values()].map((one) => {
    const button = document.createElement("button"), sign = document.createElement("i"), value = document.createElement("b");
    button.type = "button";
    sign.style.color = one.colour;
    sign.className = one.kind;
    if (one.dash) sign.style.borderTopStyle = "dashed";
    button.append(sign, one.name, value);
    button.setAttribute("aria-pressed", String(!hidden.has(one.name)));
    button.addEventListener("click", () => {
      if (!hidden.delete(one.name)) hidden.add(one.name);
      redraw();
    });
    return { one, value, button };
  });
  box.replaceChildren(...entries.map(({ button }) => button));
  return entries;
}

// Pictures under each other as one PNG file.
async function save(pictures, box, file) {
  const style = getComputedStyle(box), scale = 2;
  const { width } = pictures[0].viewBox.baseVal, heights = [...pictures].map((svg) => svg.viewBox.baseVal.height);
  const sheet = document.createElement("canvas");
  Object.assign(sheet, { width: width * scale, height: heights.reduce((sum, height) => sum + height + 8, 0) * scale });
  const context = sheet.getContext("2d");
  context.fillStyle = style.getPropertyValue("--st-background-color") || "#fff";
  context.fillRect(0, 0, sheet.width, sheet.height);
  let top = 0;
  for (const [k, svg] of [...pictures].entries()) {
    const copy = svg.cloneNode(true);
    const outside = { xmlns: SVG, width, height: heights[k], style: `color:${style.color};font-family:sans-serif` };
    for (const [name, value] of Object.entries(outside)) copy.setAttribute(name, value);
    copy.querySelectorAll("text:not([fill])").forEach((text) => text.setAttribute("fill", "currentColor"));
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(copy));
    await image.decode();
    context.drawImage(image, 0, top * scale, width * scale, heights[k] * scale);
    top += heights[k] + 8;
  }
  const link = document.createElement("a");
  Object.assign(link, { href: sheet.toDataURL("image/png"), download: `${file}.png` });
  link.click();
}

function make(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function words(x, y, text, attributes) {
  const element = make("text", { x, y, "font-size": 14, ...attributes });
  element.textContent = text;
  return element;
}
