import assert from "node:assert/strict";
import test from "node:test";
import { noisy } from "../../ui/components/patch/noisy.js";
import { close, expected } from "./compare.mjs";

for (const { kind, data, grey } of expected)
  test(`the picture with noise is that of the server: ${kind}`, () => {
    const rgba = noisy(data, 3, 17), channel = (c) => Array.from(grey, (_, k) => rgba[4 * k + c]);
    for (const c of [0, 1, 2]) close(channel(c), grey, { absolute: 0.5 + 1e-9 });
    assert.ok(channel(3).every((alpha) => alpha === 255));
  });
