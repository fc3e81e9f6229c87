// Whether a key is for the browser: Alt and an arrow go Back or Forward, Ctrl and + makes the page larger.
export const isShortcut = ({ altKey, ctrlKey, metaKey }) => altKey || ctrlKey || metaKey;
