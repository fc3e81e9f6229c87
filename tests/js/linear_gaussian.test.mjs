import test from "node:test";
import { LinearGaussian, kl, logNormal, normal } from "../../ui/components/lib/linear_gaussian.js";
import { close, expected } from "./compare.mjs";

const exact = { relative: 1e-12, absolute: 1e-12 };

for (const one of expected)
  test(`closed forms of μ, σ, x, s, a, b = ${one.numbers}`, () => {
    const [mean, width, x, ...rest] = one.numbers, q = [mean, width], model = new LinearGaussian(x, ...rest);
    close(logNormal(x, mean, width), one.logNormal, exact);
    close(Math.log(normal(x, mean, width)), one.logNormal, exact);
    close(kl(q), one.kl, exact);
    close(kl(q, model.best(1)), one.klOfPosterior, exact);
    close(model.logPx(), one.logPx, exact);
    close(model.reconstruction(q), one.reconstruction, exact);
    close(model.elbo(q), one.elbo, exact);
    for (const [beta, best] of Object.entries(one.best)) close(model.best(Number(beta)), best, exact);
    close(kl(model.best(model.multiplier(0.7, 1e-6, 1e6))), 0.7, { relative: 1e-9 });
  });
