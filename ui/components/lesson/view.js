// Whether an address shows something other than a step's view.

export function wanders(address, { page, query, frame }) {
  const shown = [...address.searchParams].filter(([key]) => !frame.includes(key));
  const path = address.pathname.split("/").pop();
  return path !== page || shown.length !== Object.keys(query).length || shown.some(([key, value]) => query[key] !== value);
}
