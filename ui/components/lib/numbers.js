// Numbers within bounds, and formatted for readers.

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

export const sum = (values) => values.reduce((total, value) => total + value, 0);

// 20,000, −0.5; a number given as text keeps its digits.
export function number(value, locale = "en") {
  return value.toLocaleString(locale, { maximumSignificantDigits: 6 }).replace("-", "−");
}

// With this many decimals and a true minus sign; never −0.
export function fixed(value, digits) {
  return number((Number(value.toFixed(digits)) + 0).toFixed(digits));
}

// With so many significant digits: 0.012, 1,300.
export const rough = (value, digits, locale) => number(Number(value.toPrecision(digits)), locale);

const RAISED = { ...[..."⁰¹²³⁴⁵⁶⁷⁸⁹"], "-": "⁻" };

// A label of a logarithmic axis, a power of ten or 2 or 5 times one: 0.01, 200, but 10⁻⁶ and 2·10⁶.
export function power(value) {
  if (value >= 1e-3 && value <= 1e4) return number(value);
  const [factor, exponent] = value.toExponential(0).split("e").map(Number);
  return `${factor === 1 ? "" : `${factor}·`}10${[...String(exponent)].map((sign) => RAISED[sign]).join("")}`;
}

// The least multiple of a power of ten by one of `steps` that is not below a positive value: a limit that rarely jumps.
export function roundUp(value, steps = [1, 2, 3, 5, 7.5]) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [...steps, 10].find((step) => step * power >= value);
}
