// Writes names as ids are written: reads JSON lines of names and writes the slug of each, or null where only the kernel knows.
import { readFileSync } from 'node:fs';
import { certainSlug } from '../../../anycompany/board/source/model/ids.js';

for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean))
  console.log(JSON.stringify(certainSlug(JSON.parse(line))));
