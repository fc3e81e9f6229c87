// The speeds at which pictures play.
export const SPEEDS = { "0.5×": 0.5, "1×": 1, "2×": 2, "4×": 4 };

// Sets icon and label of a play and pause button.
export function showPlaying(button, playing) {
  button.textContent = playing ? "❚❚" : "▶";
  button.setAttribute("aria-label", playing ? "Pause" : "Play");
}
