/**
 * What a team talks about: hot spots, votes and decisions.
 *
 * @module steps/talking
 */

import { slug, titleOf } from '../model/reading.js';
import { idsOf, spoken } from './naming.js';
import { votes } from './steering.js';
import { REMOVABLE } from './taking_off.js';

/**
 * @typedef {import('../types.js').Action} Action
 * @typedef {import('../types.js').Doc} Doc
 */

/** @type {import('../types.js').Question} */
const SHORT_NAME = {
  key: 'short',
  label: 'Short name',
  kind: 'text',
  optional: true,
  hint: 'What the storm file calls it; made from the text if left out',
};

/**
 * Adding a hot spot or a decision about what is selected, and voting.
 *
 * @param {Doc} doc
 * @param {string[]} keys of the selected notes
 * @returns {Action[]}
 */
export function talkingActions(doc, keys) {
  const hotspots = idsOf(keys, 'hotspots').filter((id) => doc.hotspots?.[id]);
  const contexts = idsOf(keys, 'contexts').filter((id) => doc.contexts?.[id]);
  const voted = [...hotspots.map((id) => `hotspots/${id}`), ...contexts.map((id) => `contexts/${id}`)];
  return [addHotspot(doc, keys), ...voting(voted), ...ofHotspots(doc, hotspots), decide(doc, keys)];
}

/**
 * @param {string} short as typed
 * @returns {{id?: string}} the id that it asks for
 */
function idFrom(short) {
  const id = slug(short ?? '')
    .slice(0, 48)
    .replace(/-+$/, '');
  return id ? { id } : {};
}

/**
 * @param {Doc} doc
 * @param {string[]} keys
 * @returns {Action}
 */
function addHotspot(doc, keys) {
  const about = aboutOf(doc, keys);
  return {
    id: 'hotspot-add',
    name: about ? `Hot spot on ${spoken([about.name])}…` : 'Add a hot spot…',
    keys: 'h',
    ask: [{ key: 'text', label: 'Question, conflict or risk', kind: 'text' }, SHORT_NAME],
    edits: ({ text, short }) => [
      { kind: 'add', to: 'hotspots', name: text, ...idFrom(short), keys: about ? { about: about.id } : {} },
    ],
  };
}

/**
 * @param {string[]} keys of hot spots and contexts
 * @returns {Action[]}
 */
function voting(keys) {
  if (!keys.length) return [];
  return [
    {
      id: 'vote',
      name: 'Vote, or take the vote back',
      keys: 'v',
      run: (board) => {
        const { edits, up } = votes(board, keys);
        void board.do(edits, up ? 'Voted.' : 'Vote changed.');
      },
    },
  ];
}

/**
 * @param {Doc} doc
 * @param {string[]} hotspots
 * @returns {Action[]}
 */
function ofHotspots(doc, hotspots) {
  if (!hotspots.length) return [];
  return [
    {
      id: 'hotspot-owner',
      name: hotspots.length > 1 ? 'Say who owns these hot spots…' : 'Say who owns this hot spot…',
      ask: [
        {
          key: 'owner',
          label: 'Owner',
          kind: 'text',
          optional: true,
          value: doc.hotspots?.[hotspots[0]].owner ?? '',
          hint: 'Who brings the answer; left out: nobody yet',
        },
      ],
      edits: ({ owner }) =>
        hotspots.map((id) => ({ kind: 'change', of: 'hotspots', id, keys: { owner: owner?.trim() || null } })),
    },
    {
      id: 'hotspot-about',
      name: hotspots.length > 1 ? 'Say what these hot spots are about…' : 'Say what this hot spot is about…',
      ask: [
        {
          key: 'about',
          label: 'About',
          kind: 'one',
          optional: true,
          hint: 'Nothing chosen: about the whole storm',
          value: doc.hotspots?.[hotspots[0]].about,
          choices: thingsToBeAbout(doc),
        },
      ],
      edits: ({ about }) =>
        hotspots.map((id) => ({ kind: 'change', of: 'hotspots', id, keys: { about: about || null } })),
    },
  ];
}

/**
 * @param {Doc} doc
 * @returns {{value: string, words: string}[]} each id once: it is the id that a hot spot names
 */
function thingsToBeAbout(doc) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const section of ['events', 'policies', 'entities', 'contexts', 'services', 'listeners']) {
    for (const id of Object.keys(/** @type {any} */ (doc)[section] ?? {})) {
      if (!found.has(id)) found.set(id, titleOf(doc, `${section}/${id}`));
    }
  }
  return [...found].map(([value, words]) => ({ value, words }));
}

/**
 * A decision about what is selected; of a hot spot it is the answer, which may take it off the wall.
 *
 * @param {Doc} doc
 * @param {string[]} keys
 * @returns {Action}
 */
function decide(doc, keys) {
  const [hotspot] = idsOf(keys, 'hotspots').filter((id) => doc.hotspots?.[id]);
  const about = hotspot ? doc.hotspots?.[hotspot].about : aboutOf(doc, keys)?.id;
  return {
    id: 'decide',
    name: hotspot ? `Decide ${spoken([doc.hotspots?.[hotspot].text ?? ''])}…` : 'Write down a decision…',
    ask: [
      { key: 'text', label: 'What was decided', kind: 'text' },
      { key: 'because', label: 'Because', kind: 'text', optional: true },
      SHORT_NAME,
      ...(hotspot
        ? [{ key: 'done', label: 'Take the hot spot off the wall', kind: /** @type {const} */ ('tick'), value: true }]
        : []),
    ],
    edits: ({ text, because, short, done }) => [
      {
        kind: 'add',
        to: 'decisions',
        name: text,
        ...idFrom(short),
        keys: { ...(because && { because }), ...(about && { about }) },
      },
      ...(done ? [{ kind: 'remove', of: 'hotspots', id: hotspot }] : []),
    ],
  };
}

/**
 * What a new hot spot or decision would be about: the first selected note that is a thing of the storm.
 *
 * @param {Doc} doc
 * @param {string[]} keys
 * @returns {{id: string, name: string} | undefined}
 */
function aboutOf(doc, keys) {
  for (const key of keys) {
    const ref = key.split('#')[0].replace(/^(triggers|contracts)\//, 'events/');
    const [section, id] = ref.split('/');
    if (section !== 'hotspots' && REMOVABLE.includes(section) && /** @type {any} */ (doc)[section]?.[id]) {
      return { id, name: titleOf(doc, ref) };
    }
  }
  return undefined;
}
