// Reads state machines, one JSON text a line, and prints for each a JSON list of what asl-validator says.
import { createInterface } from "node:readline";
import validate from "asl-validator";

for await (const line of createInterface({ input: process.stdin })) {
  const { isValid, errors } = (validate.default ?? validate)(JSON.parse(line));
  console.log(JSON.stringify(isValid ? [] : errors));
}
