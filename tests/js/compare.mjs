// What Python computed for a test file (tests/js/expected.py), and comparisons of nested numbers with it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

export const expected = JSON.parse(readFileSync(process.env.EXPECTED, "utf8"));

// Every number within |found − wanted| <= absolute + relative · |wanted|.
export function close(found, wanted, { relative = 0, absolute = 0 } = {}, path = "value") {
  if (typeof wanted === "number") {
    const bound = absolute + relative * Math.abs(wanted);
    return assert.ok(Math.abs(found - wanted) <= bound, `${path} is ${found} and not ${wanted} ± ${bound}`);
  }
  assert.equal(found.length, wanted.length, `${path}: length`);
  wanted.forEach((value, k) => close(found[k], value, { relative, absolute }, `${path}[${k}]`));
}
