// Saves what a URL holds as a file of that name.
export function download(url, name) {
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
}
