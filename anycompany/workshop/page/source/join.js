/**
 * The join page: a phone, or any browser without Jupyter, becomes part of the workshop.
 *
 * @module join
 */

import { keepIn } from '../../../board/source/sync/keep.js';
import { openSession } from '../../../board/source/sync/session.js';
import { makeForm } from './form.js';
import { recall, remember, setAside } from './kept.js';
import { freshTab, openLine, socketAddress } from './line.js';
import { makeRoom } from './room.js';

/** @import { Session } from '../../../board/source/types.js' */
/** @import { Kept } from './kept.js' */

const STATES = {
  away: ['No connection', 'What you type is kept here and sent when it is back.'],
  knocking: ['Connecting …', ''],
  resting: ['The workshop is resting', 'It goes on by itself. What you type is kept here and sent then.'],
  in: ['', ''],
  refused: ['', ''],
};

keepIn(() => localStorage);
const app = /** @type {HTMLElement} */ (document.getElementById('app'));
const tab = freshTab();
/** @type {Kept | null} */
let me = recall();
/**
 * What was typed into the form, while nobody knows this phone; or the code in the address, which may be that of
 * another workshop than the one that knows it. @type {{code: string, name: string} | null}
 */
let asked = me && codeInAddress() ? { code: codeInAddress(), name: me.name } : null;
let voided = false;
/** @type {Session | null} */
let session = null;
/** @type {ReturnType<typeof makeRoom> | null} */
let room = null;

const form = makeForm({ code: codeInAddress(), name: me?.name ?? '' }, (said) => {
  asked = said;
  line.knock();
});

const line = openLine(
  socketAddress(),
  {
    knock() {
      if (asked) return { tab, ...asked, key: me?.key ?? '' };
      return me ? { tab, key: me.key } : null; // also after a refusal: another workshop may have said it
    },
    welcome({ person, name, key, workshop }) {
      const another = me?.person !== person || me?.workshop !== workshop;
      const before = another ? me : null;
      me = { person, name, key, workshop };
      remember(me);
      asked = null;
      voided = false;
      history.replaceState(null, '', location.pathname); // whoever is shown this phone need not read the code
      if (another || !room) enter(before);
      if (session) session.me.name = name;
      show();
    },
    refused(refusal) {
      if (refusal.void) voided = true;
      const scanned = asked !== null && asked.code === codeInAddress() && me !== null && !voided;
      asked = null;
      if (scanned) {
        history.replaceState(null, '', location.pathname); // a code of yesterday: the key alone lets in
        return line.knock();
      }
      form.refused(refusal);
      show();
    },
    state(state, why) {
      const [title, more] = STATES[state];
      const words = why ? [why, more] : [title, more];
      room?.state(state, words[0], words[1]);
      form.state(state, words[0]);
    },
    told(message) {
      room?.own(message);
    },
  },
  ['own'],
);

/**
 * Takes one's place in the workshop; what this phone still keeps for it is sent.
 *
 * @param {Kept | null} [before] who one was until now, where that is another
 */
function enter(before) {
  session?.close();
  if (before) setAside(before);
  room?.element.remove();
  const { person, name, workshop } = /** @type {Kept} */ (me);
  session = openSession({ wire: line.wire, person, tab, name, path: workshop, first: Date.now() });
  room = makeRoom(session);
}

function show() {
  const inside = room !== null && !voided;
  const next = inside ? /** @type {NonNullable<typeof room>} */ (room).element : form.element;
  if (app.firstElementChild === next) return;
  app.replaceChildren(next);
  document.title = inside ? 'Workshop' : 'Join the workshop';
  if (!inside) form.focus();
}

function codeInAddress() {
  return decodeURIComponent(location.hash.slice(1)).replace(/[^\w-]/g, '').slice(0, 20);
}

addEventListener('hashchange', () => {
  const code = codeInAddress();
  if (code && me) location.reload(); // a code was scanned beside the open page; what is kept stays
  else if (code) form.fill(code);
});
if (me) enter();
show();
