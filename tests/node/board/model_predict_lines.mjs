// Predicts edits: reads JSON lines of {doc, edit} and writes for each the doc after it, or null where nothing is predicted.
// tests/test_board_prediction.py compares them with what Python does.
import { readFileSync } from 'node:fs';
import { predict } from '../../../anycompany/board/source/model/predict.js';

const lines = readFileSync(0, 'utf8').split('\n').filter(Boolean);
for (const line of lines) {
  const { doc, edit } = JSON.parse(line);
  const after = predict(doc, edit);
  if (JSON.stringify(JSON.parse(line).doc) !== JSON.stringify(doc)) throw new Error(`changed in place by ${line}`);
  console.log(after === doc ? 'null' : JSON.stringify(after));
}
