/**
 * The help of keys: everything the keyboard can do on the board.
 *
 * @module frame/keys
 */

import { h } from '../dom.js';
import { showGlossary } from './glossary.js';
import { openLayer } from './layer.js';
import { startTour } from './tour.js';
import { button, keyWords } from './widgets.js';

/** @type {{title: string, rows: [string[], string][]}[]} */
const GROUPS = [
  {
    title: 'Moving about',
    rows: [
      [['ArrowLeft', 'ArrowUp', 'ArrowDown', 'ArrowRight'], 'From note to note'],
      [['Home', 'End'], 'To the first note, to the last'],
      [['Tab'], 'Out of the wall, to the panel and the bars'],
      [['Ctrl+ArrowRight'], 'Move the wall, with any arrow'],
      [['Space'], 'Held down while dragging: move the wall'],
    ],
  },
  {
    title: 'Notes',
    rows: [
      [['Enter', 'F2'], 'Edit the text; with no note focused, a new one'],
      [['Shift+ArrowRight'], 'Select more, with any arrow'],
      [['Ctrl+a'], 'Select all'],
      [['m', 'Space'], 'Move to a place chosen from a list'],
      [['Alt+ArrowRight'], 'Nudge a free note, with any arrow'],
      [['!'], 'Show the findings of the note'],
      [['Shift+F10'], 'Menu of the note'],
      [['Ctrl+c', 'Ctrl+v'], 'Copy, paste; a pasted list becomes as many notes'],
      [['Escape'], 'Let go; select nothing'],
    ],
  },
];

/**
 * Opens the table of keys: the fixed ones, the board's commands, and what can be done at this step.
 *
 * @param {import('../types.js').Board} board
 * @param {import('./toolbar.js').Command[]} commands
 */
export function showKeys(board, commands) {
  /** @type {Map<string, [string[], string]>} */
  const actions = new Map();
  for (const action of board.actions())
    if (action.keys && !action.id.startsWith('wall-')) actions.set(action.keys, [[action.keys], action.name]);
  const groups = [
    ...GROUPS,
    {
      title: 'The board',
      rows: commands.flatMap(({ keys, name }) => /** @type {[string[], string][]} */ (keys ? [[[keys], name]] : [])),
    },
    { title: `Step ${board.step.number}, ${board.step.short}`, rows: [...actions.values()] },
  ];
  const help = (/** @type {string} */ name, /** @type {() => void} */ open) =>
    button({
      name,
      words: name,
      kind: 'small',
      run: () => {
        layer.close();
        open();
      },
    });
  const layer = openLayer(board.root, {
    title: 'Keys',
    kind: 'f-helping',
    content: [
      h(
        'div',
        { class: 'f-helps', role: 'group', 'aria-label': 'More help' },
        help('Take the tour', () => void startTour(board)),
        help('Glossary', () => showGlossary(board)),
      ),
      h(
        'div',
        { class: 'f-keys', tabindex: '0', 'data-first': true, role: 'group', 'aria-label': 'Table of keys' },
        groups
          .filter((group) => group.rows.length > 0)
          .map((group) =>
            h(
              'section',
              null,
              h('h3', null, group.title),
              h(
                'table',
                null,
                h(
                  'tbody',
                  null,
                  group.rows.map(([keys, words]) =>
                    h(
                      'tr',
                      null,
                      h(
                        'th',
                        { scope: 'row' },
                        keys.map((key) => h('kbd', null, keyWords(key))),
                      ),
                      h('td', null, words),
                    ),
                  ),
                ),
              ),
            ),
          ),
      ),
    ],
  });
}
