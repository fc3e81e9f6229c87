// A select with these choices, [[value, words]], of which one is chosen; its options are renewed only where they change.

export function fill(select, choices, chosen) {
  const shown = JSON.stringify(choices);
  if (select.dataset.choices !== shown) {
    select.replaceChildren(...choices.map(([value, words]) => new Option(words, value)));
    select.dataset.choices = shown;
  }
  select.value = chosen;
}
