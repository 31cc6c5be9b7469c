/**
 * The board's own commands: one list for the bars, the palette, the keys and their help.
 *
 * @module frame/commands
 */

import { takeBack } from '../hands/keys.js';
import { STEPS } from '../steps/index.js';
import { openExportMenu } from './exporting.js';
import { showGlossary } from './glossary.js';
import { showKeys } from './keys.js';
import { openPalette } from './palette.js';
import { startTour } from './tour.js';
import { mayEdit } from './widgets.js';

/** @typedef {import('./toolbar.js').Command} Command */

/**
 * @param {{board: import('../types.js').Board, element: HTMLElement, wall: HTMLElement, find: {open: () => void},
 *   replay: {toggle: () => void, readonly on: boolean},
 *   trace: {toggle: () => void, readonly on: boolean, readonly known: boolean}, screen: {toggle: () => Promise<void>, readonly on: boolean},
 *   togglePanel: () => void, changed: () => void}} parts
 * @returns {{bar: Command[], view: Command[], byKey: (event: KeyboardEvent, typing: boolean) => Command | undefined}}
 *   `bar` stands beside the heading, `view` below the wall
 */
export function makeCommands({ board, element, wall, find, replay, trace, screen, togglePanel, changed }) {
  const able = () => mayEdit(board);
  const panelOpen = () => element.dataset.panel !== 'closed';

  /** @type {Command[]} */
  const bar = [
    { id: 'undo', name: 'Undo', icon: 'undo', keys: 'Ctrl+z', able, run: () => void takeBack(board, true) },
    { id: 'redo', name: 'Redo', icon: 'redo', keys: 'Ctrl+Shift+z', able, run: () => void takeBack(board, false) },
    {
      id: 'palette',
      name: 'All commands',
      word: 'Commands',
      icon: 'palette',
      keys: 'Ctrl+k',
      run: () => openPalette(board, all, STEPS),
    },
    { id: 'find', name: 'Find', word: 'Find', icon: 'find', keys: 'Ctrl+f', run: () => find.open() },
    {
      id: 'replay',
      name: 'Replay the history',
      word: 'Replay',
      icon: 'replay',
      pressed: () => replay.on,
      run: () => replay.toggle(),
    },
    {
      id: 'trace',
      name: 'Watch the trace',
      word: 'Trace',
      icon: 'trace',
      shown: () => trace.known,
      able: () => trace.known && board.replay === null,
      pressed: () => trace.on,
      run: () => trace.toggle(),
    },
    {
      id: 'export',
      name: 'Export a picture',
      word: 'Export',
      icon: 'export',
      popup: 'menu',
      run: (from) => openExportMenu(board, from),
    },
    { id: 'keys', name: 'Keys', icon: 'keys', keys: '?', run: () => showKeys(board, all) },
    {
      id: 'panel',
      name: 'Panel beside the wall',
      icon: 'panel',
      pressed: panelOpen,
      run: () => togglePanel(),
    },
  ];
  /** @type {Command[]} */
  const view = [
    {
      id: 'hand',
      name: 'Hand: drag to move the wall',
      icon: 'hand',
      pressed: () => wall.dataset.hand === 'true',
      run: () => {
        wall.dataset.hand = String(wall.dataset.hand !== 'true');
        changed();
      },
    },
    { id: 'further', name: 'Zoom out', icon: 'minus', keys: '-', run: () => board.camera.zoomBy(1 / 1.25) },
    { id: 'nearer', name: 'Zoom in', icon: 'plus', keys: '+', run: () => board.camera.zoomBy(1.25) },
    { id: 'fit', name: 'Show the whole wall', icon: 'fit', keys: '0', run: () => board.camera.fit() },
    { id: 'screen', name: 'Full screen', icon: 'whole', pressed: () => screen.on, run: () => void screen.toggle() },
  ];
  /** @type {Command[]} in the palette and in the help, without a button of their own */
  const help = [
    { id: 'tour', name: 'Tour of the board', icon: 'keys', run: () => void startTour(board) },
    { id: 'glossary', name: 'Glossary', icon: 'keys', run: () => showGlossary(board) },
  ];
  const all = [...bar, ...view, ...help];
  const command = (/** @type {string} */ id) => all.find((one) => one.id === id);

  return {
    bar,
    view,
    byKey(event, typing) {
      const key = event.key.toLowerCase();
      if (event.altKey) return undefined;
      if (!event.ctrlKey && !event.metaKey)
        return typing ? undefined : command({ '/': 'find', '?': 'keys' }[key] ?? '');
      const anywhere = event.shiftKey ? undefined : { k: 'palette', f: 'find' }[key];
      const unlessTyping = typing ? undefined : { z: event.shiftKey ? 'redo' : 'undo', y: 'redo' }[key];
      return command(anywhere ?? unlessTyping ?? '');
    },
  };
}
