// Fills a select with choices, [value, words] or only words, one of them chosen; options are replaced only if they differ.

export function fill(select, choices, chosen) {
  const shown = JSON.stringify(choices);
  if (select.dataset.choices !== shown) {
    select.replaceChildren(...choices.map((choice) => new Option(...[choice].flat().reverse())));
    select.dataset.choices = shown;
  }
  select.value = chosen;
}
