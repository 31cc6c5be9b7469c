/**
 * The way in for guests, in the facilitator's part of the panel: address, code and QR code, who has come, and the
 * buttons that change the code or close the door.
 *
 * @module frame/entrance
 */

import { h } from '../dom.js';
import { counted, shortened } from '../steps/naming.js';
import { askQuestions } from './dialog.js';
import { button } from './widgets.js';

const SECONDS_BETWEEN_LOOKS = 5;

/**
 * Asks the kernel how the door stands: now and then, and when somebody comes or goes.
 *
 * @param {import('../types.js').Board} board
 * @returns {() => void} ends it
 */
export function keepLookingAtDoor(board) {
  const look = () => {
    if (board.session.workshop?.facilitates && !board.root.ownerDocument.hidden) board.session.atDoor('look');
  };
  const timer = setInterval(look, SECONDS_BETWEEN_LOOKS * 1000);
  let known = false;
  const first = board.session.on('workshop', () => {
    if (!known) look();
    known = true;
  });
  let here = '';
  const coming = board.session.on('people', () => {
    const now = board.session.people.map((person) => person.id).join();
    if (now !== here) look();
    here = now;
  });
  return () => {
    clearInterval(timer);
    first();
    coming();
  };
}

/**
 * Until the workshop has begun it lies open: people come in now.
 *
 * @param {import('../types.js').Board} board
 * @returns {HTMLElement | null} null where no guests can come
 */
export function entrancePart(board) {
  const { door } = board.session;
  if (!door) return null;
  if (!door.address) return h('p', { class: 'f-part f-soft' }, door.trouble || 'Guests cannot come in here.');
  const open = door.code !== null;
  const hours =
    door.left >= 5400 ? counted(Math.round(door.left / 3600), 'hour') : counted(Math.ceil(door.left / 60), 'minute');
  const title = `Guests: ${door.guests.length || 'none yet'}`;
  const inside = [
    door.guests.length ? h('p', { class: 'f-soft' }, h('bdi', null, shortened(door.guests.join(', '), 300))) : null,
    h(
      'p',
      null,
      'They go to ',
      h('a', { href: door.address, target: '_blank', rel: 'noopener', class: 'f-address' }, door.address),
    ),
    open
      ? h(
          'p',
          null,
          'and say ',
          h('strong', { class: 'f-code' }, spaced(String(door.code))),
          h('span', { class: 'f-soft' }, ` for ${hours} more`),
        )
      : h('p', { class: 'f-soft' }, 'The door is closed: nobody is let in.'),
    open && door.qr ? h('img', { class: 'f-qr', alt: 'QR code of the join address', src: pictured(door.qr) }) : null,
    h(
      'div',
      { class: 'f-row' },
      button({
        name: open ? 'Change the code' : 'Open the door with a new code',
        words: open ? 'Change the code' : 'Open the door',
        kind: 'small',
        focus: 'door-change',
        run: () => board.session.atDoor('change'),
      }),
      open
        ? button({
            name: 'Close the door…',
            words: 'Close the door…',
            kind: 'small',
            focus: 'door-revoke',
            run: () => void close(board),
          })
        : null,
      door.screen
        ? h('a', { href: door.screen, target: '_blank', rel: 'noopener', class: 'f-button f-small' }, 'Big screen')
        : null,
    ),
  ];
  if (!board.session.workshop?.phase) return h('div', { class: 'f-part f-entrance' }, h('p', null, title), inside);
  return h(
    'details',
    { class: 'f-fold f-entrance', 'data-fold': 'entrance' },
    h('summary', { 'data-focus': 'entrance' }, title),
    inside,
  );
}

/** @param {import('../types.js').Board} board */
async function close(board) {
  const answers = await askQuestions(
    board,
    'Close the door',
    [{ key: 'sure', label: 'Put all guests out; what they wrote stays', kind: 'tick', value: true }],
    { button: 'Close it', danger: true },
  );
  if (answers?.sure) board.session.atDoor('revoke');
}

/** @param {string} code */
function spaced(code) {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)} ${code.slice(half)}`;
}

/** @param {string} svg */
function pictured(svg) {
  const named = svg.includes('xmlns=') ? svg : svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(named)}`;
}
