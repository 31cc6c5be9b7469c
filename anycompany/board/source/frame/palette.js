/**
 * Everything that can be done now, in one list to type into.
 *
 * @module frame/palette
 */

import { chooseFrom } from './chooser.js';

/**
 * Opens the command palette: what can be done to the selection and the wall, then the board's own commands, then the
 * steps.
 *
 * @param {import('../types.js').Board} board
 * @param {import('./toolbar.js').Command[]} commands
 * @param {import('../types.js').Step[]} steps
 */
export function openPalette(board, commands, steps) {
  const actions = board.actions();
  const offered = new Set(actions.map((action) => action.name));
  const own = commands.filter(
    (command) => !offered.has(command.name) && command.id !== 'palette' && (command.able?.() ?? true),
  );
  chooseFrom(board, 'What would you like to do?', [
    ...actions.map((action) => ({
      words: action.name,
      keys: action.keys,
      danger: action.danger,
      run: () => board.run(action),
    })),
    ...own.map(({ name, keys, run }) => ({ words: name, keys, run: () => run() })),
    ...steps.map((step) => ({
      words: `Go to step ${step.number}, ${step.short}`,
      also: step.question,
      run: () => board.setStep(step.number),
    })),
  ]);
}
