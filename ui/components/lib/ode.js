// Solvers of dx/dt = v(x, t) with equal steps: models/ode.py in JavaScript; tests/js compares the two. Global error
// O(h) for Euler, O(h²) for midpoint and Heun. limit: a time at which v is undefined. The step that ends there is one
// of Euler, the step that begins there its inverse.

// *step(x, t, h): returns x at t + h, a new array, and requests velocities by `yield [x, t]`, `evaluations` times; a negative h
// goes backwards. So one formula serves velocities that are available at once and those of a network in a worker.
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
      const first = (yield [x, t]).slice(); // the next answer may reuse the array
      return moved(moved(x, h / 2, first), h / 2, yield [moved(x, h, first), t + h]);
    },
  },
};

const ROUNDS = 2;

// The start of Euler's step from t + h to x: y = x + h v(y, t + h), by fixed-point iteration from y = x.
function* inverseEuler(x, t, h) {
  let y = x;
  for (let k = 0; k < ROUNDS; k++) y = moved(x, h, yield [y, t + h]);
  return y;
}

// The number of velocities for a path. limited: whether it ends at the limit.
export function evaluations(solver, steps, limited = false) {
  const each = SOLVERS[solver].evaluations;
  return each * steps - (limited ? each - 1 : 0);
}

// Step k of a path, which requests velocities by `yield`.
function asking(x, k, { start = 0, end = 1, steps, solver, limit }) {
  const h = (end - start) / steps;
  if (k === 0 && start === limit) return inverseEuler(x, start, h);
  const { step } = SOLVERS[k === steps - 1 && end === limit ? "euler" : solver];
  return step(x, start + k * h, h);
}

function moved(x, h, v) {
  return x.map((value, k) => value + h * v[k]);
}

// x at t + h for a function v(x, t), which may reuse its result's array.
export function stepped(solver, v, x, t, h) {
  return answered(SOLVERS[solver].step(x, t, h), v);
}

function answered(step, v) {
  let { value, done } = step.next();
  while (!done) ({ value, done } = step.next(v(...value)));
  return value;
}

// The path of x from `start` to `end`, {start, end, steps, solver, limit}: an array with every step, beginning with x itself.
export function path(v, x, way) {
  const places = [x];
  for (let k = 0; k < way.steps; k++) places.push(answered(asking(places[k], k, way), v));
  return places;
}

// The same for a v(x, t) that returns promises; null as soon as one of them is null or wanted() is false because of a
// newer request.
export async function pathLater(v, x, { wanted = () => true, ...way }) {
  const places = [x];
  for (let k = 0; k < way.steps; k++) {
    const step = asking(places[k], k, way);
    let { value, done } = step.next();
    while (!done) {
      const velocity = await v(...value);
      if (!velocity || !wanted()) return null;
      ({ value, done } = step.next(velocity));
    }
    places.push(value);
  }
  return places;
}

// The place at a share from 0 to 1 of a path, interpolated linearly between its steps.
export function along(places, share) {
  const whole = share * (places.length - 1), k = Math.min(Math.floor(whole), places.length - 2), rest = whole - k;
  return places[k].map((value, j) => value + rest * (places[k + 1][j] - value));
}
