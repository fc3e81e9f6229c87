// Adds text to a PNG file for viewers and search engines: iTXt chunks after the header.

const HEADER = 33; // bytes of the signature and of the IHDR chunk

// The bytes of a PNG with a chunk for every entry of {keyword: text}; empty ones are left out.
export function withText(png, words) {
  const chunks = Object.entries(words).filter(([, text]) => text).map(([keyword, text]) => chunk(keyword, text));
  const parts = [png.subarray(0, HEADER), ...chunks, png.subarray(HEADER)];
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

// Length, type, keyword, four empty fields (no compression, no language), text, checksum.
function chunk(keyword, text) {
  const content = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const bytes = new Uint8Array(content.length + 8), view = new DataView(bytes.buffer);
  view.setUint32(0, content.length - 4);
  bytes.set(content, 4);
  view.setUint32(content.length + 4, crc32(content));
  return bytes;
}

// The checksum of ISO 3309, which PNG uses.
export function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
