// Fills a select with choices, [[value, words]], one of them chosen; options are replaced only if they differ.

export function fill(select, choices, chosen) {
  const shown = JSON.stringify(choices);
  if (select.dataset.choices !== shown) {
    select.replaceChildren(...choices.map(([value, words]) => new Option(words, value)));
    select.dataset.choices = shown;
  }
  select.value = chosen;
}
