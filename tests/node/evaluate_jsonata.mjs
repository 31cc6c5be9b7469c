// Reads JSON lines [expression, bindings], and prints for each what jsonata makes of it, or {"error": …}.
import { createInterface } from "node:readline";
import jsonata from "jsonata";

for await (const line of createInterface({ input: process.stdin })) {
  const [expression, bindings] = JSON.parse(line);
  try {
    console.log(JSON.stringify((await jsonata(expression).evaluate(undefined, bindings)) ?? null));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.message ?? error) }));
  }
}
