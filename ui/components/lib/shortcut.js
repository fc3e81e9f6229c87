// Whether a key is a browser shortcut: Alt and an arrow go Back or Forward, Ctrl and + enlarge the page.
export const isShortcut = ({ altKey, ctrlKey, metaKey }) => altKey || ctrlKey || metaKey;
