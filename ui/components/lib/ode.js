// Solvers of dx/dt = v(x, t) with equal steps: models/ode.py for the browser, held against it by tests/js. Global error O(h)
// for Euler, O(h²) for midpoint and Heun.

// *step(x, t, h): gives x at t + h, a new array, and asks for the velocity by `yield [x, t]`, as often as `evaluations` says; a
// negative h goes backwards. So one formula serves velocities that are there at once and those of a network in a worker.
export const SOLVERS = {
  euler: {
    name: "Euler",
    evaluations: 1,
    *step(x, t, h) {
      return moved(x, h, yield [x, t]);
    },
  },
  midpoint: {
    name: "midpoint",
    evaluations: 2,
    *step(x, t, h) {
      const half = moved(x, h / 2, yield [x, t]);
      return moved(x, h, yield [half, t + h / 2]);
    },
  },
  heun: {
    name: "Heun",
    evaluations: 2,
    *step(x, t, h) {
      const first = (yield [x, t]).slice(); // the next answer may be in the same place
      return moved(moved(x, h / 2, first), h / 2, yield [moved(x, h, first), t + h]);
    },
  },
};

function moved(x, h, v) {
  return x.map((value, k) => value + h * v[k]);
}

// x at t + h for a function v(x, t), which may overwrite what it gave before.
export function stepped(solver, v, x, t, h) {
  const asking = SOLVERS[solver].step(x, t, h);
  let { value, done } = asking.next();
  while (!done) ({ value, done } = asking.next(v(...value)));
  return value;
}

// Where x goes from `start` to `end`: an array of it at every step, the first one x itself.
export function path(v, x, { start = 0, end = 1, steps, solver }) {
  const places = [x], h = (end - start) / steps;
  for (let k = 0; k < steps; k++) places.push(stepped(solver, v, places[k], start + k * h, h));
  return places;
}

// The same for a v(x, t) that gives promises; null as soon as one of them is null or wanted() is false: something newer is
// asked for then.
export async function pathLater(v, x, { start = 0, end = 1, steps, solver, wanted = () => true }) {
  const places = [x], h = (end - start) / steps;
  for (let k = 0; k < steps; k++) {
    const asking = SOLVERS[solver].step(places[k], start + k * h, h);
    let { value, done } = asking.next();
    while (!done) {
      const velocity = await v(...value);
      if (!velocity || !wanted()) return null;
      ({ value, done } = asking.next(velocity));
    }
    places.push(value);
  }
  return places;
}

// The place at a share from 0 to 1 of a path, in a straight line between two of its steps.
export function along(places, share) {
  const whole = share * (places.length - 1), k = Math.min(Math.floor(whole), places.length - 2), rest = whole - k;
  return places[k].map((value, j) => value + rest * (places[k + 1][j] - value));
}
