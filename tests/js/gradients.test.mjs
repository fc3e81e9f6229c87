import test from "node:test";
import { estimates, histogram, integrand, summary } from "../../ui/components/reparameterise/gradients.js";
import { close, expected } from "./compare.mjs";

const { mean, sd, noise, cases } = expected, exact = { relative: 1e-9, absolute: 1e-9 };

for (const { name, f, exact: gradient, estimates: each } of cases)
  test(`gradients and estimates are those of the server: ${name}`, () => {
    close(integrand(f).gradient(mean, sd), gradient, exact);
    close(estimates(integrand(f), mean, sd, noise), each, exact);
  });

test("summary is mean and standard deviation", () => {
  const { mean: middle, spread } = summary([1, 2, 3, 4]);
  close([middle, spread], [2.5, Math.sqrt(1.25)], exact);
});

test("a histogram has percentages, and leaves out what lies outside", () => {
  close(histogram([0, 0.1, 0.6, 1, -0.1], 0, 1, 2), [40, 20], exact);
});
