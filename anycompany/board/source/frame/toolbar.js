/**
 * The bars of buttons: what the step offers for the selection, and the commands of the board itself.
 *
 * @module frame/toolbar
 */

import { h } from '../dom.js';
import { button, marked, mayEdit, roving, wallStop } from './widgets.js';

/**
 * A command of the board itself, on a bar, in the palette and in the help of keys. `word` stands beside the icon
 * where there is room; its button is there only while it is `shown`.
 *
 * @typedef {{id: string, name: string, icon: string, word?: string, keys?: string, popup?: string,
 *   run: (from?: HTMLElement) => void, shown?: () => boolean, pressed?: () => boolean, able?: () => boolean}} Command
 */

/**
 * A bar with the actions of the step that are worth a button. The buttons stay as long as they are the same ones.
 *
 * @param {import('../types.js').Board} board
 * @returns {{element: HTMLElement, draw: () => void}}
 */
export function makeStepTools(board) {
  const element = h('div', { class: 'f-tools', role: 'toolbar', 'aria-label': 'What this step offers' });
  const settle = roving(element);
  let drawn = '';
  /** @type {Map<string, import('../types.js').Action>} */
  let now = new Map();

  /** Shows the buttons for the selection as it is. */
  function draw() {
    const tools = mayEdit(board) ? board.actions().filter((action) => action.tool) : [];
    now = new Map(tools.map((action) => [action.id, action]));
    element.hidden = tools.length === 0;
    const print = JSON.stringify(tools.map((action) => [action.id, action.name, action.keys]));
    if (print === drawn) return;
    drawn = print;
    const active = element.ownerDocument.activeElement;
    const focus = active && element.contains(active) ? active.getAttribute('data-focus') : null;
    element.replaceChildren(
      ...tools.map((action) =>
        button({
          name: action.name,
          words: action.name,
          keys: action.keys,
          kind: action.danger ? 'danger' : 'tool',
          focus: `tool-${action.id}`,
          run: () => {
            const current = now.get(action.id);
            if (current) board.run(current);
          },
        }),
      ),
    );
    settle();
    if (focus)
      (marked(element, 'data-focus', focus) ?? element.querySelector('button') ?? wallStop(board.root))?.focus();
  }

  return { element, draw };
}

/**
 * A bar of commands, shown as icons with names for screen readers and as tooltips.
 *
 * @param {string} label
 * @param {Command[]} commands
 * @returns {{element: HTMLElement, draw: () => void}} `draw` shows which are pressed or cannot be used
 */
export function makeCommandBar(label, commands) {
  const buttons = commands.map((command) => {
    const made = button({
      name: command.name,
      icon: command.icon,
      keys: command.keys,
      kind: 'quiet',
      focus: `command-${command.id}`,
      popup: command.popup,
      pressed: command.pressed?.(),
      run: () => command.run(made),
    });
    if (command.word) made.append(h('span', { class: 'f-word' }, command.word));
    return made;
  });
  const element = h('div', { class: 'f-commands', role: 'toolbar', 'aria-label': label }, buttons);
  roving(element);

  /** Shows what is pressed and what cannot be used now. */
  function draw() {
    commands.forEach((command, index) => {
      if (command.shown) buttons[index].hidden = !command.shown();
      if (command.pressed) buttons[index].setAttribute('aria-pressed', String(command.pressed()));
      if (command.able) buttons[index].setAttribute('aria-disabled', String(!command.able()));
    });
  }

  return { element, draw };
}
