// The PI controller of ControlVAE: models/control.py, line by line, and a simulated plant for it.

import { sigmoid } from "./gan_losses.js";
import { clamp, sum } from "./numbers.js";

export const GUARDS = ["published", "way_back", "none"];

// { beta, state: [I, β before clamping] } for a measured KL. A KL that is not finite changes nothing.
export function respond({ kp, ki, betaMin, betaMax, guard }, kl, [integral, last], setPoint) {
  const clamped = (wanted) => clamp(wanted, betaMin, betaMax);
  if (!Number.isFinite(kl)) return { beta: clamped(last), state: [integral, last] };
  const error = setPoint - kl, proportional = kp * sigmoid(-error);
  let change = -ki * error;
  const below = last < betaMin, above = last > betaMax;
  if (guard === "published" && (below || above)) change = 0;
  if (guard === "way_back" && ((below && change < 0) || (above && change > 0))) change = 0;
  const moved = integral + change, wanted = proportional + moved + betaMin;
  return { beta: clamped(wanted), state: [moved, wanted] };
}

// A simulated VAE: the KL at which it settles for a constant β after learning, nats. Decreasing, convex, 0 for β → ∞.
function settled({ scale, bend }, beta) {
  return scale * Math.log1p(bend / Math.max(beta, 0.001));
}

// A training of `steps` steps: {kl, beta, integral, setPoint}, each with one value per step. The KL approaches its
// settled value within `lag` steps, which itself is learned within `learning` steps; the noise simulates batches.
export function simulate(controller, plant, [first, second], ramp, steps) {
  const found = { kl: [], beta: [], integral: [], setPoint: [] };
  let kl = 0, state = [0, controller.betaMin], random = 1;
  const uniform = () => {
    random = (random * 48271) % 2147483647; // Park & Miller: the same for everybody
    return random / 2147483647;
  };
  for (let step = 1; step <= steps; step++) {
    const setPoint = step > steps / 2 ? second : first * (ramp ? Math.min(1, step / (ramp * steps)) : 1);
    const noise = plant.noise * (uniform() + uniform() + uniform() - 1.5) * 2; // standard deviation plant.noise
    const answer = respond(controller, Math.max(0, kl + noise), state, setPoint);
    state = answer.state;
    const learned = 1 - Math.exp(-step / plant.learning);
    found.kl.push(Math.max(0, kl + noise));
    found.beta.push(answer.beta);
    found.integral.push(state[0]);
    found.setPoint.push(setPoint);
    kl += (learned * settled(plant, answer.beta) - kl) / plant.lag;
  }
  return found;
}

const NEAR = 0.5, OVER = 100; // nats; steps over which the noise of the batches is averaged

// Number of steps after `from` until the KL is within NEAR of the goal and stays there until `to`; null if it does not.
export function arrival(kl, goal, from, to) {
  let total = sum(kl.slice(from, from + OVER)), last = from;
  for (let k = from; k + OVER <= to; k++) {
    if (Math.abs(total / OVER - goal) > NEAR) last = k + 1;
    total += kl[k + OVER] - kl[k];
  }
  return last + OVER > to ? null : last - from;
}
