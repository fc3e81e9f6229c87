// The elapsed time, and the planned one.

// Milliseconds as "m:ss", or "h:mm:ss".
export function clock(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000)), two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

// [{name, text, over}]: of all, and in a lesson of its step; over: whether it took longer than planned.
// since, stepSince, now: in milliseconds. lesson: null, or {total, minutes} planned for all and for the step.
export function timing({ since, stepSince, now }, lesson) {
  if (!lesson) return [{ name: "", text: clock(now - since), over: false }];
  const part = (name, begun, minutes) => ({
    name,
    text: `${clock(now - begun)} of ${minutes} min`,
    over: now - begun > 60000 * minutes,
  });
  return [part("Lesson", since, lesson.total), part("Step", stepSince, lesson.minutes)];
}
