// Bundles the board's modules into the one file, and its style sheets into the other, that the package ships.
//   npm run build             writes anycompany/board/static/
//   npm run build -- --check  fails if what is there is not what would be written
import { build } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const BOARD = new URL('../../anycompany/board/', import.meta.url);
const MADE = 'Made from anycompany/board/source by `make bundle`; change it there.';
const BUNDLES = [
  { from: 'source/main.js', to: 'static/board.js', banner: { js: `// ${MADE}` } },
  { from: 'source/style/board.css', to: 'static/board.css', banner: { css: `/* ${MADE} */` } },
];

/** The bytes that a bundle should have. */
async function bundled({ from, banner }) {
  const result = await build({
    entryPoints: [fileURLToPath(new URL(from, BOARD))],
    absWorkingDir: fileURLToPath(BOARD),
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
await mkdir(new URL('static/', BOARD), { recursive: true });
for (const bundle of BUNDLES) {
  const file = new URL(bundle.to, BOARD);
  const text = await bundled(bundle);
  if (!checking) {
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`anycompany/board/${bundle.to} is not what its sources make. Run: make bundle`);
    process.exitCode = 1;
  }
}
