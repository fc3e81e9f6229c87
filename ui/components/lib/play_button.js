// The sign and the words of a button that plays something and pauses it.
export function showPlaying(button, playing) {
  button.textContent = playing ? "❚❚" : "▶";
  button.setAttribute("aria-label", playing ? "Pause" : "Play");
}
