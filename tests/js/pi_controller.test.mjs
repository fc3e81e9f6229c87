import assert from "node:assert/strict";
import test from "node:test";
import { GUARDS, respond } from "../../ui/components/lib/pi_controller.js";
import { close, expected } from "./compare.mjs";

test("the guards are those of models/control.py", () => assert.deepEqual(GUARDS, expected.guards));

for (const { controller, measured, answers } of expected.cases)
  test(`the controller is the one that trains: ${JSON.stringify(controller)}`, () => {
    let state = [0, controller.betaMin];
    const found = measured.map(([kl, setPoint]) => {
      const answer = respond(controller, kl ?? NaN, state, setPoint);
      state = answer.state;
      return [answer.beta, ...state];
    });
    close(found, answers, { relative: 1e-12, absolute: 1e-12 });
  });
