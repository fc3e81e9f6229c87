// What is lost when another server continues with a page: data of the last run before, and of the first one after.

export function lostWith(before, now) {
  if (!before || before.visit === now.visit) return null;
  const lost = before.holds.filter((what) => !now.holds.includes(what));
  if (!lost.length) return null;
  return `The server no longer has ${listed(lost)}, since the connection was lost. The rest of the page is as it was.`;
}

function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
