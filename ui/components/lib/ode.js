// Solvers of dx/dt = v(x, t) with equal steps: models/ode.py for the browser, held against it by tests/js. Global error O(h)
// for Euler, O(h²) for midpoint and Heun.

// step(v, x, t, h): x at t + h, a new array; a negative h goes backwards. v(x, t) may overwrite what it gave before.
// evaluations: of v in a step.
export const SOLVERS = {
  euler: { name: "Euler", evaluations: 1, step: (v, x, t, h) => moved(x, h, v(x, t)) },
  midpoint: { name: "midpoint", evaluations: 2, step: (v, x, t, h) => moved(x, h, v(moved(x, h / 2, v(x, t)), t + h / 2)) },
  heun: {
    name: "Heun",
    evaluations: 2,
    step: (v, x, t, h) => {
      const first = v(x, t).slice();
      return moved(moved(x, h / 2, first), h / 2, v(moved(x, h, first), t + h));
    },
  },
};

function moved(x, h, v) {
  return x.map((value, k) => value + h * v[k]);
}

// Where x goes from `start` to `end`: an array of it at every step, the first one x itself.
export function path(v, x, { start = 0, end = 1, steps, solver }) {
  const places = [x], h = (end - start) / steps;
  for (let k = 0; k < steps; k++) places.push(SOLVERS[solver].step(v, places[k], start + k * h, h));
  return places;
}

// The place at a share from 0 to 1 of a path, in a straight line between two of its steps.
export function along(places, share) {
  const whole = share * (places.length - 1), k = Math.min(Math.floor(whole), places.length - 2), rest = whole - k;
  return places[k].map((value, j) => value + rest * (places[k + 1][j] - value));
}
