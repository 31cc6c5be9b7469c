/**
 * Every colour of the board and of its pictures, by role, in light and in dark; and hues for any number of
 * services, contexts and people. The same numbers as `anycompany/diagrams/palette.py`.
 *
 * On the screen the roles are the CSS variables of style/tokens.css (`--ab-page`, `--ab-event` …); `dress` adds the
 * numbered ones, from 0 to 23: `--ab-hue-3` for lines, `--ab-tint-3` for grounds, `--ab-name-3` for words on those.
 *
 * @module palette
 */

/** @typedef {'light' | 'dark'} Theme */

/** What is written with: one sans-serif of the system. */
export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';

/** How many hues are told apart on one screen; a number beyond begins again. */
export const HUES = 24;

/** @type {Record<string, string>} sticky notes, by kind, in the light theme; dark dims them */
const PAPER = {
  event: '#FFB454',
  command: '#8EC5FF',
  actor: '#FFE27A',
  policy: '#D3BDF7',
  external: '#F7B0CB',
  schedule: '#F7B0CB',
  aws: '#F7B0CB',
  'read-model': '#B7E4C0',
  aggregate: '#FFF4C7',
  hotspot: '#FF6FA3',
  contract: '#E4E8F0',
  listener: '#E4E8F0',
  workflow: '#D3BDF7',
};

/** @type {Record<Theme, Record<string, string>>} */
const SURROUNDINGS = {
  light: {
    page: '#FBFBFD',
    card: '#FFFFFF',
    bar: '#E9ECF2',
    inlay: '#F5F6FA',
    frame: '#C3CAD6',
    ink: '#22252B',
    soft: '#5F6673',
    line: '#7B8494',
    crossing: '#C2274B',
    'paper-ink': '#22252B',
  },
  dark: {
    page: '#15171C',
    card: '#1E2128',
    bar: '#2A2E37',
    inlay: '#20232B',
    frame: '#4A505D',
    ink: '#E9EBF0',
    soft: '#A7AFBD',
    line: '#8992A2',
    crossing: '#FF7B98',
    'paper-ink': '#22252B',
  },
};

const FIRST_HUES = ['#2F7D6B', '#3F62C9', '#B5571C'];
const READABLE = 4.6;

/**
 * The colour of a role: `event` and the other kinds of paper, `page`, `ink` …, `hue-3`, `tint-3`, `name-3`.
 *
 * @param {string} role
 * @param {Theme} theme
 * @returns {string} `#RRGGBB`
 */
export function colour(role, theme) {
  if (role in PAPER) return theme === 'light' ? PAPER[role] : blend(PAPER[role], '#000000', 0.9);
  const [kind, number] = role.split('-');
  if (kind === 'hue') return serviceHue(Number(number), theme);
  if (kind === 'tint') return thinned(serviceHue(Number(number), theme), theme);
  if (kind === 'name') return readable(serviceHue(Number(number), theme), theme);
  const found = SURROUNDINGS[theme][role];
  if (!found) throw new Error(`There is no colour for “${role}”; the roles are those of palette.js.`);
  return found;
}

/** @type {Map<string, string>} */
const known = new Map();

/**
 * The hue with this number (from 0). The first three are fixed; the others step round the colour circle by the
 * golden angle, which never repeats, and keep away from the red that marks what crosses a border.
 *
 * @param {number} number
 * @param {Theme} theme
 * @returns {string}
 */
export function serviceHue(number, theme) {
  const key = `${number} ${theme}`;
  const found = known.get(key) ?? makeHue(number, theme);
  known.set(key, found);
  return found;
}

/**
 * @param {number} number
 * @param {Theme} theme
 */
function makeHue(number, theme) {
  let hue;
  let saturation = 0.55;
  if (number < FIRST_HUES.length) {
    if (theme === 'light') return FIRST_HUES[number];
    [hue, , saturation] = toHls(FIRST_HUES[number]);
  } else {
    hue = 0.06 + ((0.878 + 0.381966 * (number - FIRST_HUES.length)) % 1) * 0.82;
  }
  return readable(fromHls(hue, theme === 'light' ? 0.45 : 0.55, saturation), theme);
}

/**
 * The colour seen when `over` covers `under` with this share of opacity, from 0 to 1.
 *
 * @param {string} over
 * @param {string} under
 * @param {number} share
 * @returns {string}
 */
export function blend(over, under, share) {
  const below = channels(under);
  return hex(channels(over).map((top, index) => share * top + (1 - share) * below[index]));
}

/**
 * The contrast ratio of two colours, from 1 to 21 (WCAG 2, relative luminance).
 *
 * @param {string} one
 * @param {string} other
 * @returns {number}
 */
export function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/**
 * Puts a theme on the board's root: `data-theme`, and the numbered hues as CSS variables.
 *
 * @param {HTMLElement} element
 * @param {Theme} theme
 */
export function dress(element, theme) {
  element.dataset.theme = theme;
  for (let number = 0; number < HUES; number++) {
    for (const role of ['hue', 'tint', 'name']) {
      element.style.setProperty(`--ab-${role}-${number}`, colour(`${role}-${number}`, theme));
    }
  }
}

/**
 * The theme that the page around wears: JupyterLab's, VS Code's, Colab's, else what the system prefers.
 *
 * @returns {Theme}
 */
export function themeAround() {
  const { jpThemeLight, vscodeThemeKind } = document.body?.dataset ?? {};
  if (jpThemeLight) return jpThemeLight === 'false' ? 'dark' : 'light';
  if (vscodeThemeKind) return /dark|high-contrast$/.test(vscodeThemeKind) ? 'dark' : 'light';
  const colab = document.documentElement.getAttribute('theme');
  if (colab === 'dark' || colab === 'light') return colab;
  return globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/**
 * Calls back when the theme of the page around changes.
 *
 * @param {(theme: Theme) => void} listener
 * @returns {() => void} ends it
 */
export function onTheme(listener) {
  const changed = () => listener(themeAround());
  const media = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(changed);
  media?.addEventListener?.('change', changed);
  observer.observe(document.body, { attributeFilter: ['data-jp-theme-light', 'data-vscode-theme-kind'] });
  observer.observe(document.documentElement, { attributeFilter: ['theme'] });
  return () => {
    media?.removeEventListener?.('change', changed);
    observer.disconnect();
  };
}

/**
 * @param {string} hue
 * @param {Theme} theme
 */
function thinned(hue, theme) {
  return blend(hue, SURROUNDINGS[theme].page, theme === 'light' ? 0.06 : 0.1);
}

/**
 * The nearest colour of the same hue that can be read on the page, on cards, and on its tint.
 *
 * @param {string} wanted
 * @param {Theme} theme
 * @returns {string}
 */
function readable(wanted, theme) {
  let [hue, lightness, saturation] = toHls(wanted);
  let found = wanted;
  const { page, card } = SURROUNDINGS[theme];
  for (;;) {
    const grounds = [page, card, thinned(found, theme), thinned(wanted, theme)];
    if (Math.min(...grounds.map((ground) => contrast(found, ground))) >= READABLE) return found;
    lightness += theme === 'light' ? -0.005 : 0.005;
    found = fromHls(hue, lightness, saturation);
  }
}

/** @param {string} code */
function luminance(code) {
  const [red, green, blue] = channels(code).map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {string} code */
function channels(code) {
  return [1, 3, 5].map((start) => parseInt(code.slice(start, start + 2), 16) / 255);
}

/** @param {number[]} parts */
function hex(parts) {
  return `#${parts.map((part) => Math.round(part * 255).toString(16).padStart(2, '0')).join('')}`.toUpperCase();
}

/**
 * @param {string} code
 * @returns {[number, number, number]} hue, lightness, saturation, each from 0 to 1
 */
function toHls(code) {
  const [red, green, blue] = channels(code);
  const most = Math.max(red, green, blue);
  const span = most - Math.min(red, green, blue);
  const lightness = most - span / 2;
  if (!span) return [0, lightness, 0];
  return [sixthOfCircle(red, green, blue, span) / 6, lightness, span / (1 - Math.abs(2 * lightness - 1))];
}

/**
 * @param {number} red
 * @param {number} green
 * @param {number} blue
 * @param {number} span between the most and the least of them
 */
function sixthOfCircle(red, green, blue, span) {
  if (red >= green && red >= blue) return ((green - blue) / span + 6) % 6;
  return green >= blue ? (blue - red) / span + 2 : (red - green) / span + 4;
}

/**
 * @param {number} hue
 * @param {number} lightness
 * @param {number} saturation
 */
function fromHls(hue, lightness, saturation) {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  return hex(
    [0, 8, 4].map((offset) => {
      const step = (offset + hue * 12) % 12;
      return lightness - reach * Math.max(-1, Math.min(step - 3, 9 - step, 1));
    }),
  );
}
