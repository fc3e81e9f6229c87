import assert from "node:assert/strict";
import test from "node:test";
import { best, percent, softmax } from "../../ui/components/lib/classes.js";
import { close, expected } from "./compare.mjs";

test("probabilities are PyTorch's, also of huge logits", () => {
  for (const { logits, probabilities } of expected) close(softmax(Float32Array.from(logits)), probabilities, { absolute: 1e-6 });
});

test("the best three are PyTorch's, the most probable first", () => {
  for (const { logits, top } of expected)
    close(best(logits), top.map(([index, probability]) => [index, probability]), { absolute: 1e-6 });
});

test("of two classes there are two", () => assert.deepEqual(best([0, 0]), [[0, 0.5], [1, 0.5]]));

for (const [probability, words] of [[0, "0%"], [0.004, "<1%"], [0.005, "1%"], [0.125, "13%"], [0.9949, "99%"], [0.995, ">99%"], [1, "100%"]])
  test(`${probability} is ${words}`, () => assert.equal(percent(probability), words));
