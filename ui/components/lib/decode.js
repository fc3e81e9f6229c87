// Decodes texts from the server: base64 of bytes, of little-endian floats, and of pictures.

export function bytes(base64) {
  return Uint8Array.fromBase64?.(base64) ?? Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

// float32 to float64.
export function floats(base64) {
  return Float64Array.from(new Float32Array(bytes(base64).buffer));
}

// float16 to float64.
export function halves(base64) {
  return fromHalves(new Uint16Array(bytes(base64).buffer));
}

export function fromHalves(words) {
  return Float64Array.from(words, (bits) => {
    const sign = bits >> 15 ? -1 : 1, exponent = (bits >> 10) & 31, fraction = bits & 1023;
    return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : fraction * 2 ** -24);
  });
}

// A picture's data URL as an ImageBitmap with exactly the pixel values of the file.
export function bitmap(url) {
  const comma = url.indexOf(","), type = url.slice("data:".length, url.indexOf(";"));
  const blob = new Blob([bytes(url.slice(comma + 1))], { type });
  return createImageBitmap(blob, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
}
