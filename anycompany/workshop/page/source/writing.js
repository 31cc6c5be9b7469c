/**
 * Writing notes, and one's own notes: what waits, what is on the wall, what was refused.
 *
 * @module writing
 */

import { h } from '../../../board/source/dom.js';
import { recallDraft, rememberDraft } from './kept.js';

/** @import { Edit, Session } from '../../../board/source/types.js' */

const LONGEST = 10000;
const KINDS = {
  events: { name: 'Event', hint: 'Something that has happened, such as Room Booked' },
  hotspots: { name: 'Hot spot', hint: 'A question, an objection or a risk' },
};
/** @typedef {keyof typeof KINDS} Kind */

/**
 * @param {Session} session
 */
export function makeWriting(session) {
  const draft = recallDraft();
  /** @type {Kind} */
  let kind = draft.kind === 'hotspots' ? 'hotspots' : 'events';
  /** @type {string[]} */
  let mine = [];
  /** Notes on their way; before the workshop has answered, there are no others here. */
  let waiting = allKeys(session);
  /** The note that is being changed. @type {string | null} */
  let changing = null;
  const field = h('textarea', { id: 'note', rows: 3, dir: 'auto', 'aria-describedby': 'note-said', enterkeyhint: 'send' });
  field.value = draft.text;
  const label = h('label', { for: 'note' }, '');
  const said = h('p', { class: 'note-said', id: 'note-said', role: 'status' });
  const list = h('ul', { class: 'own', 'aria-label': 'Your notes' });
  const head = h('h2', null, 'Your notes');
  const choices = Object.entries(KINDS).map(([value, { name }]) =>
    h('label', { class: `kind is-${value}` }, h('input', { type: 'radio', name: 'kind', value, onchange: () => choose(/** @type {Kind} */ (value)) }), h('span', null, name)),
  );
  const composer = h(
    'form',
    { class: 'composer' },
    h('fieldset', { class: 'kinds' }, h('legend', { class: 'unseen' }, 'Kind of note'), choices),
    label,
    field,
    said,
    h('button', { type: 'submit', class: 'go' }, 'Stick it on the wall'),
  );
  const element = h('div', { class: 'writing' }, composer, head, list);

  /** @param {Kind} value */
  const choose = (value) => {
    kind = value;
    draft.kind = value;
    rememberDraft(draft);
    composer.dataset.kind = value;
    label.textContent = KINDS[value].hint;
    for (const input of composer.querySelectorAll('input')) input.checked = input.value === value;
  };
  field.addEventListener('input', () => {
    draft.text = field.value;
    rememberDraft(draft);
    const over = [...field.value].length - LONGEST;
    said.textContent = over > 0 ? `A note holds ${LONGEST.toLocaleString('en')} characters: ${over.toLocaleString('en')} too many.` : '';
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    composer.requestSubmit();
  });
  composer.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return void (said.textContent = 'Type something first.');
    if ([...text].length > LONGEST) return;
    field.value = draft.text = '';
    rememberDraft(draft);
    said.textContent = '';
    void send({ kind: 'add', to: kind, name: text });
    field.focus();
  });

  /** Has an edit carried out. What becomes of it is heard below, whichever page has sent it. @param {Edit} edit */
  const send = async (edit) => {
    const before = allKeys(session);
    const done = session.do(edit);
    const fresh = allKeys(session).filter((key) => !before.includes(key));
    waiting = [...waiting, ...fresh];
    draw();
    await done;
    waiting = waiting.filter((key) => !fresh.includes(key));
    draw();
  };
  session.on('refused', ({ edit, why, remedy = '', again }) => {
    if (again) return;
    said.textContent = `${why} ${remedy}`.trim();
    const isText = edit?.kind === 'add' || edit?.kind === 'rename';
    if (isText) draft.lost = [...draft.lost, { kind: edit.to ?? edit.of, text: edit.name, why: said.textContent }];
    rememberDraft(draft);
    draw();
  });

  const draw = () => {
    const doc = session.doc;
    const keys = new Set([...mine, ...waiting]);
    const rows = [...keys].flatMap((key) => {
      const [section, id] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
      const thing = /** @type {any} */ (doc)[section]?.[id];
      if (!thing) return [];
      return [row(key, section, id, thing.name ?? thing.text)];
    });
    const lost = draft.lost.map((note, index) => lostRow(note, index));
    list.replaceChildren(...lost, ...rows.reverse());
    head.textContent = rows.length ? `Your notes (${rows.length})` : 'Your notes';
    head.hidden = !rows.length && !lost.length;
    element.dataset.pending = String(session.pending);
  };

  /**
   * @param {string} key
   * @param {string} section
   * @param {string} id
   * @param {string} text
   */
  const row = (key, section, id, text) => {
    const waits = !mine.includes(key);
    if (changing === key) return editor(section, id, text);
    return h(
      'li',
      { class: `own-note is-${section}${waits ? ' is-waiting' : ''}`, 'data-key': key },
      h('span', { class: 'text', dir: 'auto' }, text),
      h('span', { class: 'tag' }, waits ? 'waits' : KINDS[/** @type {Kind} */ (section)].name),
      h('span', { class: 'doings' },
        h('button', { type: 'button', 'aria-label': `Change ${short(text)}`, disabled: waits, onclick: () => { changing = key; draw(); list.querySelector('textarea')?.focus(); } }, 'Change'),
        h('button', { type: 'button', 'aria-label': `Take back ${short(text)}`, disabled: waits, onclick: () => void send({ kind: 'remove', of: section, id }) }, 'Take back'),
      ),
    );
  };

  /**
   * @param {string} section
   * @param {string} id
   * @param {string} text
   */
  const editor = (section, id, text) => {
    const area = h('textarea', { rows: 3, dir: 'auto', 'aria-label': 'Your note' });
    area.value = text;
    const done = () => { changing = null; draw(); };
    return h('li', { class: `own-note is-${section} is-open` }, area,
      h('span', { class: 'doings' },
        h('button', { type: 'button', onclick: done }, 'Leave it'),
        h('button', { type: 'button', onclick: () => {
          const now = area.value.trim();
          if (!now || [...now].length > LONGEST) return void (said.textContent = now ? 'That is too long.' : 'A note needs a text.');
          done();
          if (now !== text) void send({ kind: 'rename', of: section, id, name: now });
        } }, 'Save'),
      ));
  };

  /**
   * @param {{kind: string, text: string, why: string}} note
   * @param {number} index
   */
  const lostRow = (note, index) => {
    const drop = () => { draft.lost.splice(index, 1); rememberDraft(draft); draw(); };
    return h('li', { class: `own-note is-${note.kind} is-lost` },
      h('span', { class: 'text', dir: 'auto' }, note.text),
      h('span', { class: 'why' }, `Not on the wall: ${note.why}`),
      h('span', { class: 'doings' },
        h('button', { type: 'button', onclick: () => { drop(); void send({ kind: 'add', to: note.kind, name: note.text }); } }, 'Send again'),
        h('button', { type: 'button', onclick: drop }, 'Throw away'),
      ));
  };

  choose(kind);
  session.on('change', () => { if (!changing) draw(); });
  draw();
  return {
    element,
    shown: draw,
    /** Whether somebody is in the middle of a note. */
    busy: () => changing !== null || field.value.trim() !== '',
    /**
     * @param {string[]} keys
     * @param {boolean} afresh
     */
    own(keys, afresh) {
      mine = afresh ? keys : [...new Set([...mine, ...keys])];
      if (!changing) draw();
    },
  };
}

/** @param {string} text */
function short(text) {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/**
 * The keys of all notes that guests can write.
 *
 * @param {Session} session
 */
function allKeys({ doc }) {
  return [...Object.keys(doc.events ?? {}).map((id) => `events/${id}`), ...Object.keys(doc.hotspots ?? {}).map((id) => `hotspots/${id}`)];
}
