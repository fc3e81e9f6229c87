// Adds inner tensors of an ONNX file to its outputs, so that one run of a network also returns its layers' outputs.
//
// The file is a Protocol Buffers message. A message appended to another one is merged into it, and lists are concatenated: so a
// second graph, which has only the new outputs, is appended to the file. The runtime infers their types.

const GRAPH = 7, OUTPUT = 12, NAME = 1; // fields of the model, of its graph, and of an output

// The bytes with these tensors as further outputs.
export function withOutputs(bytes, names = []) {
  if (!names.length) return bytes;
  const graph = names.flatMap((name) => field(OUTPUT, field(NAME, [...new TextEncoder().encode(name)])));
  const behind = field(GRAPH, graph), all = new Uint8Array(bytes.length + behind.length);
  all.set(bytes);
  all.set(behind, bytes.length);
  return all;
}

// A key that differs for every loaded network: the same file may have different additional outputs.
export const keyOf = ({ sha256, outputs = [] }) => [sha256, ...outputs].join(" ");

const field = (number, content) => [(number << 3) | 2, ...varint(content.length), ...content]; // 2: bytes with their length

function varint(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
}
