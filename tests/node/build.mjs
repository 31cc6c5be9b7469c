// Bundles the board's modules into the one file, and its style sheets into the other, that the package ships, and
// the same for the pages of a workshop's guests.
//   npm run build             writes anycompany/board/static/ and anycompany/workshop/page/static/
//   npm run build -- --check  fails if what is there is not what would be written
import { build } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const PACKAGE = new URL('../../anycompany/', import.meta.url);
const FILES = [
  ['board', 'source/main.js', 'static/board.js'],
  ['board', 'source/style/board.css', 'static/board.css'],
  ...['join.js', 'join.css', 'screen.js', 'screen.css', 'wall.js', 'wall.css'].map((name) => [
    'workshop/page',
    `source/${name}`,
    `static/${name}`,
  ]),
];
const BUNDLES = FILES.map(([room, from, to]) => {
  const made = `Made from anycompany/${room}/source by \`make bundle\`; change it there.`;
  const banner = to.endsWith('.css') ? { css: `/* ${made} */` } : { js: `// ${made}` };
  return { from: `${room}/${from}`, to: `${room}/${to}`, banner };
});

/** The bytes that a bundle should have. */
async function bundled({ from, banner }) {
  const result = await build({
    entryPoints: [fileURLToPath(new URL(from, PACKAGE))],
    absWorkingDir: fileURLToPath(PACKAGE),
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
    banner,
  });
  return result.outputFiles[0].text;
}

const checking = process.argv.includes('--check');
for (const bundle of BUNDLES) {
  const file = new URL(bundle.to, PACKAGE);
  const text = await bundled(bundle);
  if (!checking) {
    await mkdir(new URL('.', file), { recursive: true });
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`anycompany/${bundle.to} is not what its sources make. Run: make bundle`);
    process.exitCode = 1;
  }
}
