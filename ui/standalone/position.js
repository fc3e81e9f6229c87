// Bases and planes around a code, as ui/explore/bases.py and plane.py compute them on the server. Nothing here draws.

import { fromLatent } from "../components/lib/latent.js";

const PRINCIPAL = ["p1", "p2"];

// The numbers of z (latent) along the rows of a basis, as a list.
export const along = (vectors, z) => Array.from(fromLatent(vectors, z));

// The plane of two axes, "p1" and "p2" or two dimensions, in numbers along the rows of the basis.
export function plane(axes, { components, scale, centre }, vectors) {
  const latent = centre.length, principal = PRINCIPAL.includes(axes[0]);
  const unit = (d) => Array.from({ length: latent }, (_, k) => Number(k === d));
  const own = axes.map((axis) => (principal ? components[PRINCIPAL.indexOf(axis)] : unit(Number(axis))));
  return {
    axes,
    names: axes.map((axis) => (principal ? `PC ${axis[1]}` : `z${axis}`)),
    vectors: own.map((vector) => along(vectors, vector)),
    scale: axes.map((axis) => (principal ? scale[PRINCIPAL.indexOf(axis)] : 1)),
    centre: along(vectors, principal ? centre : Array(latent).fill(0)),
  };
}

// The two axes after the user chose one of them: kinds are not mixed, and no direction is used twice. order: dimensions
// by falling effect.
export function after(chosen, before, order) {
  const changed = Number(chosen[0] === before[0]), named = chosen[changed];
  let other = chosen[1 - changed];
  if (PRINCIPAL.includes(named)) other = PRINCIPAL[1 - PRINCIPAL.indexOf(named)];
  else if (PRINCIPAL.includes(other) || other === named) other = order.map(String).find((dimension) => dimension !== named);
  return changed ? [other, named] : [named, other];
}
