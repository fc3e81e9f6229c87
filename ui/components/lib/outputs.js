// An ONNX file whose inner tensors are outputs, too, so that one run of a network gives what its layers give.
//
// The file is a message of Protocol Buffers. What is put behind a message is merged into it, and a list grows by it: behind the
// file stands one more graph, which holds the new outputs and nothing else. A runtime finds their types by itself.

const GRAPH = 7, OUTPUT = 12, NAME = 1; // fields of the model, of its graph, and of an output

// The bytes with the tensors of these names as further outputs.
export function withOutputs(bytes, names = []) {
  if (!names.length) return bytes;
  const graph = names.flatMap((name) => field(OUTPUT, field(NAME, [...new TextEncoder().encode(name)])));
  const behind = field(GRAPH, graph), all = new Uint8Array(bytes.length + behind.length);
  all.set(bytes);
  all.set(behind, bytes.length);
  return all;
}

// Another one for every network that is loaded: the same file may give more or fewer outputs.
export const keyOf = ({ sha256, outputs = [] }) => [sha256, ...outputs].join(" ");

const field = (number, content) => [(number << 3) | 2, ...varint(content.length), ...content]; // 2: bytes behind their length

function varint(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
}
