/**
 * How a widget's messages travel: over the widget's own comm, and over another one after the kernel was restarted.
 *
 * A restart takes the widget's half in the kernel away. JupyterLab, Notebook 7 and Voila let a widget see the kernel
 * itself (a `Kernel.IKernelConnection`); there the board starts its room anew and goes on, without a cell being run.
 * Elsewhere messages go unanswered until somebody runs the cell, and the session knows from that.
 *
 * @module sync/wire
 */

/** @import { Wire } from '../types.js' */

/** The name under which the room's half waits; see `anycompany/board/revive.py`. */
const TARGET = 'anycompany.board';
const LISTEN = 'from anycompany.board.revive import listen; listen()';
/** A board that steers a workshop also lets its guests in again. */
const HOST = 'from anycompany.workshop.reviving import listen; listen()';
/** States of a kernel in which what it knew is gone. */
const ENDINGS = ['restarting', 'autorestarting', 'terminating', 'dead'];
const READY = ['idle', 'busy'];

/**
 * The wire of a widget.
 *
 * @param {any} model the widget's model, as anywidget gives it
 * @returns {Wire}
 */
export function widgetWire(model) {
  /** @type {(message: any) => void} */
  let hear = () => {};
  /** @type {(status: 'open' | 'closed') => void} */
  let tell = () => {};
  /** @type {any} */
  let kernel = null;
  /** The comm made after a restart; null while the widget's own is used, or there is none. @type {any} */
  let comm = null;
  /** Whether the widget's half in the kernel is gone. */
  let lost = false;
  /** Whether the kernel was asked to take the board in since that was lost last. */
  let asked = false;
  let asking = false;
  let closed = false;

  const onCustom = (/** @type {any} */ message) => hear(message);
  const onStatus = (/** @type {any} */ _, /** @type {string} */ status) => {
    if (ENDINGS.includes(status)) lose();
    else if (lost && !asked && status === 'idle') void comeBack();
  };
  const onConnection = (/** @type {any} */ _, /** @type {string} */ status) => {
    if (status !== 'connected') tell('closed');
    else if (lost) void comeBack();
    else tell('open');
  };

  const lose = () => {
    comm = null;
    lost = true;
    asked = false;
    tell('closed');
  };

  /** Has a kernel that knows nothing of the board take it in. What fails is tried again with the next message. */
  const comeBack = async () => {
    if (asking || closed || !kernel || kernel.connectionStatus !== 'connected' || !READY.includes(kernel.status))
      return;
    asking = asked = true;
    try {
      const code = model.get('facilitates') === true ? HOST : LISTEN;
      const request = { code, silent: true, store_history: false, allow_stdin: false };
      const reply = await kernel.requestExecute(request).done;
      if (closed || reply?.content?.status === 'error') return;
      const fresh = kernel.createComm(TARGET);
      fresh.onMsg = (/** @type {any} */ message) => hear(message.content.data);
      fresh.onClose = () => fresh === comm && lose();
      const opening = {
        path: model.get('path'),
        step: model.get('step'),
        facilitates: model.get('facilitates') === true,
      };
      await fresh.open(opening).done;
      comm = fresh;
      lost = false;
      if (closed) hangUp();
      else tell('open');
    } catch {
      // The kernel was restarted again, or is gone: its next status tells.
    } finally {
      asking = false;
    }
  };
  const hangUp = () => {
    if (comm && !comm.isDisposed) comm.close();
    comm = null;
  };

  /** Follows the kernel of the notebook, which may come late or be another one than before. */
  const follow = () => {
    const now = kernelOf(model);
    if (now === kernel) return;
    const another = kernel !== null;
    unfollow();
    kernel = now;
    kernel?.statusChanged?.connect(onStatus);
    kernel?.connectionStatusChanged?.connect(onConnection);
    if (another) lose();
  };
  const unfollow = () => {
    kernel?.statusChanged?.disconnect(onStatus);
    kernel?.connectionStatusChanged?.disconnect(onConnection);
  };

  model.on('msg:custom', onCustom);
  follow();
  return {
    shared: true,
    send(message) {
      follow();
      if (lost) return void comeBack();
      if (comm) comm.send(message);
      else model.send(message);
    },
    onMessage(listener) {
      hear = listener;
    },
    onStatus(listener) {
      tell = listener;
    },
    close() {
      closed = true;
      model.off('msg:custom', onCustom);
      unfollow();
      hangUp();
    },
  };
}

/**
 * The connection to the kernel, where the front end lets a widget see it.
 *
 * @param {any} model
 * @returns {any} a `Kernel.IKernelConnection`, or null
 */
function kernelOf(model) {
  try {
    const kernel = model.widget_manager?.kernel;
    return typeof kernel?.requestExecute === 'function' && typeof kernel.createComm === 'function' ? kernel : null;
  } catch {
    return null;
  }
}
