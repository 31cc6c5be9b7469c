import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { HUES, colour, contrast, dress, themeAround } from '../../../anycompany/board/source/palette.js';

const tokens = readFileSync(join(dirname(expect.getState().testPath), '../../../anycompany/board/source/style/tokens.css'), 'utf8');
const sheets = { light: tokens.split(".anycompany-board[data-theme='dark']")[0], dark: tokens.split(".anycompany-board[data-theme='dark']")[1] };
const ROLES = ['page', 'card', 'inlay', 'bar', 'frame', 'line', 'ink', 'soft', 'crossing', 'event', 'command', 'actor', 'policy', 'external', 'read-model', 'aggregate', 'hotspot'];
const PAPER = ROLES.slice(ROLES.indexOf('event'));

test.each(['light', 'dark'])('the style sheet and the pictures have the same colours, %s', (theme) => {
  for (const role of ROLES) {
    const inSheet = sheets[theme].match(new RegExp(`--ab-${role}: (#[0-9a-f]{6})`))?.[1];
    expect([role, inSheet?.toUpperCase()]).toEqual([role, colour(role, theme)]);
  }
});

test.each(['light', 'dark'])('everything written can be read, %s', (theme) => {
  for (const paper of PAPER) expect(contrast(colour('paper-ink', theme), colour(paper, theme))).toBeGreaterThan(4.5);
  for (let number = 0; number < HUES; number++) {
    for (const ground of ['page', 'card', `tint-${number}`]) {
      expect(contrast(colour(`name-${number}`, theme), colour(ground, theme))).toBeGreaterThan(4.5);
    }
  }
});

test('the first hues are the ones of the diagrams', () => {
  expect([0, 1, 2].map((number) => colour(`hue-${number}`, 'light'))).toEqual(['#2F7D6B', '#3F62C9', '#B5571C']);
  expect(new Set(Array.from({ length: HUES }, (_, number) => colour(`hue-${number}`, 'light'))).size).toBe(HUES);
});

test('a role that does not exist is refused by name', () => {
  expect(() => colour('sky', 'light')).toThrow('“sky”');
});

test('the board wears the theme of the page around', () => {
  const root = document.createElement('div');
  document.body.dataset.jpThemeLight = 'false';
  dress(root, themeAround());
  expect(root.dataset.theme).toBe('dark');
  expect(root.style.getPropertyValue('--ab-hue-0')).toBe(colour('hue-0', 'dark'));
  delete document.body.dataset.jpThemeLight;
  document.body.dataset.vscodeThemeKind = 'vscode-high-contrast-light';
  expect(themeAround()).toBe('light');
  delete document.body.dataset.vscodeThemeKind;
});
