// Numbers of one code z, as in ui/explore/code_metrics.py.

export const norm = (z) => Math.hypot(...z);

// log N(z; 0, I) in nats.
export const logPrior = (z) => -0.5 * (norm(z) ** 2 + z.length * Math.log(2 * Math.PI));
