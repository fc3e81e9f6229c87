// Numbers along an axis, for SVG and canvas alike.

// Round numbers within [low, high], about `parts` of them: one more, or two.
function ticks(low, high, parts = 5) {
  const rough = (high - low) / parts, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((candidate) => candidate >= rough);
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9; k++) found.push(Number((k * step).toPrecision(12)));
  return found;
}

// The powers of ten within [low, high], for a logarithmic axis.
function decades(low, high) {
  const found = [];
  for (let k = Math.ceil(Math.log10(low) - 1e-9); k <= Math.log10(high) + 1e-9; k++) found.push(Number(`1e${k}`));
  return found;
}

// A number as people read it: 20,000, −0.5; one that is a text already keeps its digits.
function number(value) {
  return value.toLocaleString("en", { maximumSignificantDigits: 6 }).replace("-", "−");
}

// A power of ten: 0.01, 100, but 1e−6 and 1e6.
function power(value) {
  return value < 1e-3 || value > 1e4 ? value.toExponential().replace("+", "").replace("-", "−") : number(value);
}
