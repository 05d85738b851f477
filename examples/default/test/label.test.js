import assert from "node:assert/strict";
import test from "node:test";
import { label } from "../src/label.js";

test("a short address is one line", () => {
  assert.deepEqual(label("RX1", "Ann, 8001 Zurich"), ["RX1", "Ann, 8001 Zurich"]);
});

test("a long one is wrapped at blanks", () => {
  assert.deepEqual(label("RX1", "Ann Example, Langstrasse 200, 8001 Zurich"), [
    "RX1",
    "Ann Example, Langstrasse",
    "200, 8001 Zurich",
  ]);
});

test("a word that is too long stays whole", () => {
  assert.deepEqual(label("RX1", "Donaudampfschifffahrtsgesellschaft"), ["RX1", "Donaudampfschifffahrtsgesellschaft"]);
});
