/**
 * The wall as a picture to take along: PNG, SVG or PDF, as it is seen or the whole of it.
 *
 * @module frame/exporting
 */

import { h } from '../dom.js';
import { pdfOf } from '../export/pdf.js';
import { pngOf, sharpnessOf } from '../export/png.js';
import { svgOf } from '../export/svg.js';
import { openMenu } from './menu.js';

/**
 * A name for a file that every system takes.
 *
 * @param {string} storm its name, as somebody typed it
 * @param {string} step
 * @param {string} ending without the dot
 * @returns {string}
 */
export function fileName(storm, step, ending) {
  const safe = (/** @type {string} */ text) =>
    text
      .normalize('NFC')
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
      .slice(0, 40)
      .replace(/^-+|-+$/g, '')
      .toLowerCase();
  return `${[safe(storm) || 'storm', safe(step)].filter(Boolean).join('-')}.${ending}`;
}

/**
 * Asks which picture, beside the button that was pressed.
 *
 * @param {import('../types.js').Board} board
 * @param {HTMLElement} [from]
 */
export function openExportMenu(board, from) {
  const frame = board.root.getBoundingClientRect();
  const place = (from ?? board.root).getBoundingClientRect();
  const at = from
    ? { x: place.left - frame.left, y: place.bottom - frame.top + 6 }
    : { x: frame.width / 2 - 110, y: 90 };
  const item = (/** @type {string} */ name, /** @type {'png' | 'svg' | 'pdf'} */ kind, whole = true, scale = 2) => ({
    name,
    run: () => void save(board, kind, whole, scale),
  });
  openMenu(
    board.root,
    at,
    [
      item('PNG, whole wall', 'png'),
      item('PNG, whole wall, four times as sharp', 'png', true, 4),
      item('PNG, as seen', 'png', false),
      item('SVG, whole wall', 'svg'),
      item('SVG, as seen', 'svg', false),
      item('PDF, whole wall', 'pdf'),
      item('PDF, as seen', 'pdf', false),
    ],
    'Export a picture',
  );
}

/**
 * @param {import('../types.js').Board} board
 * @param {'png' | 'svg' | 'pdf'} kind
 * @param {boolean} whole
 * @param {number} scale of a PNG
 */
async function save(board, kind, whole, scale) {
  const theme = board.root.dataset.theme === 'dark' ? 'dark' : 'light';
  const revision = board.replay ?? board.session.revision;
  const title = `${board.session.doc.name}: ${board.step.question}`;
  const name = fileName(board.session.doc.name ?? '', `${board.step.number}-${board.step.short}`, kind);
  try {
    const picture = svgOf(board.scene, { box: whole ? undefined : board.camera.sight, theme, revision, title });
    const blob =
      kind === 'svg'
        ? new Blob([picture], { type: 'image/svg+xml' })
        : kind === 'png'
          ? await pngOf(picture, scale)
          : await pdfOf(picture);
    download(board.root, blob, name);
    const blurred = kind === 'png' && sharpnessOf(picture, scale) < scale;
    board.notice(
      'good',
      `Saved “${name}” where your browser keeps its downloads.${
        blurred
          ? ' It is less sharp than you asked for: no browser makes a larger picture. SVG and PDF stay sharp.'
          : ''
      }`,
    );
  } catch (error) {
    board.notice(
      'error',
      `The picture could not be made: ${error instanceof Error ? error.message : String(error)} SVG always works.`,
    );
  }
}

/**
 * @param {HTMLElement} root
 * @param {Blob} blob
 * @param {string} name
 */
function download(root, blob, name) {
  const address = URL.createObjectURL(blob);
  const link = h('a', { href: address, download: name, hidden: true });
  root.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 30000);
}
