import assert from "node:assert/strict";
import { test } from "node:test";
import mounted from "../../ui/components/pick_pictures/index.js";
import { Element, browser, fire } from "./page.mjs";

browser();

test("an answer to an older press takes back nothing that was pressed since", () => {
  const sent = [], root = new Element(), pictures = [0, 1, 2].map((number) => ({ number, words: `picture ${number}` }));
  const slots = [{ name: "from", label: "from", mark: "−", most: 9 }];
  const send = (number, chosen) => mounted({
    data: {
      sheet: "data:,", columns: 3, rows: 1, size: [2, 2], pictures, slots, label: "pictures", chosen: { from: chosen },
      answers: { session: "a", number, of: ["picked"] },
    },
    parentElement: root, setTriggerValue: (_, report) => sent.push(report),
  });
  const press = (k) => fire(root.querySelector(".pictures").children[k], "click");
  send(0, []);
  press(0);
  press(1);
  send(1, [0]);
  press(2);
  send(2, [0, 1]);
  send(3, [0, 1, 2]);
  assert.deepEqual(sent, [[0], [0, 1], [0, 1, 2]].map((numbers, k) => ({ number: k + 1, value: { from: numbers } })));
});

test("a press reports the pictures of all slots: of two quick presses the server may hear of the last one alone", () => {
  const sent = [], root = new Element(), pictures = [0, 1, 2].map((number) => ({ number, words: `picture ${number}` }));
  const slots = ["a", "b"].map((name) => ({ name, label: name, mark: name, most: 1 }));
  const data = { sheet: "data:,", columns: 3, rows: 1, size: [2, 2], pictures, slots, label: "pictures", chosen: { a: [0], b: [0] } };
  mounted({ data, parentElement: root, setTriggerValue: (_, report) => sent.push(report) });
  for (const k of [1, 2]) fire(root.querySelector(".pictures").children[k], "click");
  assert.deepEqual(sent.at(-1), { a: [1], b: [2] });
});
