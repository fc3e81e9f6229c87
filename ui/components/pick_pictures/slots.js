// The effect of a press on a picture: nothing here draws.

// slots: [{name, most}]; chosen: {name: numbers}; open: the slot that a press fills. Returns {chosen, next: the one
// that is open now}.
export function press(slots, chosen, open, number) {
  const at = slots.findIndex(({ name }) => name === open), { most } = slots[at], there = chosen[open];
  if (most === 1) return { chosen: { ...chosen, [open]: [number] }, next: slots[(at + 1) % slots.length].name };
  const numbers = there.includes(number) ? there.filter((one) => one !== number) : [...there, number].slice(-most);
  return { chosen: { ...chosen, [open]: numbers }, next: open };
}
