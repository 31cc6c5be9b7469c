/**
 * A guest's line to the workshop: knocks, comes back by itself, and carries the board's messages once it is in.
 *
 * @module line
 */

/** @import { Wire } from '../../../board/source/types.js' */

/**
 * Where a line stands: `away` without a connection, `knocking`, `in`, `resting` while no kernel hosts, `refused`.
 *
 * @typedef {'away' | 'knocking' | 'in' | 'resting' | 'refused'} LineState
 * @typedef {{code?: string, name?: string, key?: string, screen?: string, at?: string, tab: string}} Knock
 * @typedef {{why: string, remedy: string, wait: number, void: boolean}} Refusal
 */

const SECONDS_BETWEEN_TRIES = [0.3, 1, 2, 4, 8];
/** A connection on which nothing comes for so long, though something was said, is dead. */
const SECONDS_WITHOUT_WORD = 12;
/** What the server takes at once, and a second, with something to spare. */
const AT_ONCE = 30;
const MILLISECONDS_BETWEEN = 70;
/** Messages that are the line's own business. */
const OWN = ['welcome', 'refused', 'resting', 'back', 'closed'];

/**
 * Opens a line.
 *
 * @param {string} address of the socket
 * @param {{knock: () => Knock | null, welcome: (message: any) => void, refused: (refusal: Refusal) => void,
 *   state: (state: LineState, why?: string) => void, told: (message: any) => void}} page
 *   `knock` says what to say first, null for nothing yet; `told` hears what is not the board's
 * @param {string[]} extra types of messages that are not the board's
 * @returns {{wire: Wire, knock: () => void, hangUp: () => void, readonly state: LineState}}
 */
export function openLine(address, page, extra) {
  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {LineState} */
  let state = 'away';
  let tries = 0;
  let closed = false;
  let heard = 0;
  let said = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {any[]} */
  let waiting = [];
  let credit = AT_ONCE;
  /** @type {(message: any) => void} */
  let hear = () => {};
  /** @type {(status: 'open' | 'closed') => void} */
  let tell = () => {};

  const be = (/** @type {LineState} */ now, why = '') => {
    const before = state;
    state = now;
    if (now !== 'in') waiting = [];
    if (before === 'in' && now !== 'in') tell('closed');
    if (before !== 'in' && now === 'in') tell('open');
    page.state(now, why);
  };

  const say = (/** @type {object} */ message) => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    said ||= Date.now();
    socket.send(JSON.stringify(message));
  };

  /** Sends what waits, at a pace that the server takes. */
  const flow = () => {
    while (waiting.length && credit > 0) {
      credit -= 1;
      say(waiting.shift());
    }
  };
  const pace = setInterval(() => {
    credit = Math.min(AT_ONCE, credit + 1);
    flow();
  }, MILLISECONDS_BETWEEN);

  const knock = () => {
    if (socket?.readyState !== WebSocket.OPEN) return connect();
    const first = page.knock();
    if (!first) return;
    be('knocking');
    say({ type: 'knock', ...first });
  };

  const connect = () => {
    clearTimeout(timer);
    if (closed || (socket && socket.readyState <= WebSocket.OPEN)) return;
    const mine = new WebSocket(address);
    socket = mine;
    heard = said = 0;
    mine.onopen = () => {
      tries = 0;
      knock();
    };
    mine.onmessage = ({ data }) => {
      if (mine !== socket) return;
      heard = Date.now();
      said = 0;
      const message = JSON.parse(data);
      if (OWN.includes(message.type)) own(message);
      else if (extra.includes(message.type)) page.told(message);
      else hear(message);
    };
    mine.onclose = () => {
      if (mine !== socket) return;
      socket = null;
      if (state !== 'refused') be('away', why);
      why = '';
      later();
    };
  };
  let why = '';
  const later = () => {
    if (closed) return;
    clearTimeout(timer);
    const seconds = SECONDS_BETWEEN_TRIES[Math.min(tries, SECONDS_BETWEEN_TRIES.length - 1)];
    timer = setTimeout(connect, seconds * 1000 * (0.75 + Math.random() / 2));
    tries += 1;
  };

  const own = (/** @type {any} */ message) => {
    if (message.type === 'welcome') {
      page.welcome(message);
      be('in');
    } else if (message.type === 'refused') {
      be('refused');
      page.refused(message);
    } else if (message.type === 'resting') {
      be('resting');
    } else if (message.type === 'back') {
      knock();
    } else {
      why = String(message.why ?? '');
    }
  };

  /** Gives a connection up that only seems to be one. */
  const giveUp = () => {
    if (!socket) return;
    const dead = socket;
    socket = null;
    dead.close();
    be('away');
    later();
  };
  const watch = setInterval(() => {
    if (said && Date.now() - Math.max(said, heard) > SECONDS_WITHOUT_WORD * 1000) giveUp();
  }, 1000);
  const awake = () => {
    if (document.visibilityState === 'visible' && !socket) {
      tries = 0;
      connect();
    }
  };
  addEventListener('online', awake);
  addEventListener('offline', giveUp);
  document.addEventListener('visibilitychange', awake);
  connect();

  return {
    get state() {
      return state;
    },
    knock,
    hangUp() {
      closed = true;
      clearInterval(watch);
      clearInterval(pace);
      clearTimeout(timer);
      socket?.close();
    },
    wire: {
      send(message) {
        if (state !== 'in') return;
        const { id } = /** @type {any} */ (message);
        if (id && waiting.some((one) => one.id === id)) return;
        waiting.push(message);
        flow();
      },
      onMessage(listener) {
        hear = listener;
      },
      onStatus(listener) {
        tell = listener;
      },
      close() {},
    },
  };
}

/** @returns {string} the address of the socket, beside this page wherever it stands */
export function socketAddress() {
  const here = new URL('join/socket', location.href);
  here.protocol = here.protocol.replace('http', 'ws');
  here.hash = here.search = '';
  return here.href;
}

/** @returns {string} an id for this page */
export function freshTab() {
  const bytes = crypto.getRandomValues(new Uint8Array(2));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
