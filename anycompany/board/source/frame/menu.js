/**
 * The context menu: a list of things to do, at the place where it was asked for.
 *
 * @module frame/menu
 */

import { h } from '../dom.js';
import { keyWords, rememberFocus } from './widgets.js';

/**
 * @typedef {{name: string, keys?: string, danger?: boolean, run: () => void}} MenuItem
 */

/**
 * Opens a menu and moves the focus into it. One menu is open at a time.
 *
 * @param {HTMLElement} root of the board
 * @param {import('../types.js').Point} at in px of the root
 * @param {MenuItem[]} items
 * @param {string} [title] what the items are about
 * @returns {() => void} closes it
 */
export function openMenu(root, at, items, title) {
  root.querySelector('.f-menu')?.dispatchEvent(new CustomEvent('f-close'));
  if (items.length === 0) return () => {};
  const back = rememberFocus(root);
  const rows = items.map((item, index) =>
    h(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        class: `f-menuitem${item.danger ? ' f-danger' : ''}`,
        tabindex: '-1',
        'aria-keyshortcuts': item.keys ? item.keys.replace('Ctrl', 'Control') : null,
        onclick: () => pick(index),
        onpointermove: () => rows[index].focus({ preventScroll: true }),
      },
      h('span', null, item.name),
      item.keys ? h('kbd', { 'aria-hidden': 'true' }, keyWords(item.keys)) : null,
    ),
  );
  const menu = h(
    'div',
    { class: 'f-menu', role: 'menu', 'aria-label': title ?? 'What can be done here', tabindex: '-1' },
    title ? h('div', { class: 'f-menu-title', role: 'presentation', 'aria-hidden': 'true' }, title) : null,
    rows,
  );
  let open = true;
  let typed = '';
  let typedAt = 0;

  /** @param {boolean} [giveBack] false when somebody clicked elsewhere: the focus is theirs already */
  function close(giveBack = true) {
    if (!open) return;
    open = false;
    root.ownerDocument.removeEventListener('pointerdown', outside, true);
    menu.remove();
    if (giveBack) back();
  }

  /** @param {number} index */
  function pick(index) {
    close();
    items[index].run();
  }

  /** @param {Event} event */
  function outside(event) {
    if (!event.composedPath().includes(menu)) close(menu.contains(root.ownerDocument.activeElement));
  }

  /** @param {string} key */
  function typeAhead(key) {
    const now = Date.now();
    typed = now - typedAt > 700 ? key : typed + key;
    typedAt = now;
    const here = rows.findIndex((row) => row === root.ownerDocument.activeElement);
    const from = typed.length > 1 ? here : here + 1;
    const order = items.map((_, index) => (from + index + items.length) % items.length);
    const hit = order.find((index) => items[index].name.toLowerCase().startsWith(typed.toLowerCase()));
    if (hit !== undefined) rows[hit].focus();
  }

  menu.addEventListener('keydown', (event) => {
    event.stopPropagation();
    const here = rows.findIndex((row) => row === root.ownerDocument.activeElement);
    const to = { ArrowDown: here + 1, ArrowUp: here < 0 ? -1 : here - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) rows[(to + rows.length) % rows.length].focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (event.key === 'Enter' || event.key === ' ') {
      if (here < 0) return;
      event.preventDefault();
      pick(here);
      return;
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) typeAhead(event.key);
    else return;
    event.preventDefault();
  });
  menu.addEventListener('contextmenu', (event) => event.preventDefault());
  menu.addEventListener('pointerdown', (event) => event.stopPropagation());
  menu.addEventListener('f-close', () => close(false));
  root.append(menu);
  keepInside(root, menu, at);
  root.ownerDocument.addEventListener('pointerdown', outside, true);
  rows[0].focus({ preventScroll: true });
  return close;
}

/**
 * Places something at a point of the root, moved so that all of it can be seen.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} element
 * @param {import('../types.js').Point} at in px of the root
 */
export function keepInside(root, element, at) {
  const margin = 8;
  element.style.maxHeight = `${Math.max(120, root.clientHeight - 2 * margin)}px`;
  const x = Math.min(at.x, root.clientWidth - element.offsetWidth - margin);
  const y = Math.min(at.y, root.clientHeight - element.offsetHeight - margin);
  element.style.left = `${Math.max(margin, x)}px`;
  element.style.top = `${Math.max(margin, y)}px`;
}
