// The field over one cell of the picture for typing another number. Enter closes it, Escape restores the number, Tab
// goes to the next cell.

export class Editor {
  // place(k): [left, top, side] of a cell in CSS pixels. take(k, text): the text that stands in the field when it closes or
  // goes to another cell. opened(): the field opens. leave(): it closes by a key, so that the focus goes elsewhere.
  constructor(input, { place, take, opened, leave }) {
    Object.assign(this, { input, place, take, opened, cell: null, values: [] });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Tab") {
        const next = this.cell + (event.shiftKey ? -1 : 1);
        if (next < 0 || next >= this.values.length) return; // Tab leaves at both ends
        event.preventDefault();
        return this.open(next);
      }
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      if (event.key === "Escape") input.value = this.values[this.cell];
      leave(); // the field loses the focus, and so closes
    });
    input.addEventListener("blur", () => this.close());
  }

  open(k) {
    this.close();
    this.cell = k;
    this.input.hidden = false;
    this.input.value = this.values[k];
    this.input.setAttribute("aria-label", `Number ${k + 1} of ${this.values.length}`);
    this.opened();
    this.follow();
    this.input.focus();
    this.input.select();
  }

  close() {
    const { cell } = this;
    if (cell === null) return;
    this.cell = null;
    this.input.hidden = true;
    this.take(cell, this.input.value.trim().replace("−", "-"));
  }

  // Closes it without a change.
  drop() {
    this.cell = null;
    this.input.hidden = true;
  }

  // Moves the open field to its cell.
  follow() {
    if (this.cell === null) return;
    const [left, top, side] = this.place(this.cell);
    Object.assign(this.input.style, { left: `${left}px`, top: `${top}px`, width: `${side}px`, height: `${side}px` });
  }
}
