import test from "node:test";
import { turned } from "../../ui/components/turning/turn.js";
import { close, expected } from "./compare.mjs";

const { picture, cases } = expected;

for (const { degrees, moved, values } of cases)
  test(`turned by ${degrees}° and moved by ${moved} as Python does it`, () =>
    close(Array.from(turned(picture, 28, degrees, moved)), values, { absolute: 1e-6 }));
