// Fills a select with choices, [value, words] or only words, one of them chosen; options are replaced only if they differ.

export function fill(select, choices, chosen) {
  const shown = JSON.stringify(choices);
  if (select.dataset.choices !== shown) {
    select.replaceChildren(...choices.map((choice) => {
      const [value, words = value] = [choice].flat();
      return new Option(words, value);
    }));
    select.dataset.choices = shown;
  }
  select.value = chosen;
}
