import { beforeEach, describe, expect, it, vi } from 'vitest';
import { widgetWire } from '../../../anycompany/board/source/sync/wire.js';

/** What emits events as @lumino/signaling does. */
class Signal {
  slots = new Set();
  connect(slot) {
    this.slots.add(slot);
  }
  disconnect(slot) {
    this.slots.delete(slot);
  }
  emit(value) {
    for (const slot of [...this.slots]) slot(null, value);
  }
}

/** What a widget sees of a kernel in JupyterLab: the parts of `Kernel.IKernelConnection` that a wire uses. */
class Kernel {
  status = 'idle';
  connectionStatus = 'connected';
  statusChanged = new Signal();
  connectionStatusChanged = new Signal();
  executed = [];
  comms = [];
  reply = { content: { status: 'ok' } };
  requestExecute(request) {
    this.executed.push(request);
    return { done: this.reply instanceof Error ? Promise.reject(this.reply) : Promise.resolve(this.reply) };
  }
  createComm(target) {
    const comm = {
      target,
      sent: [],
      opened: null,
      isDisposed: false,
      open: (data) => ({ done: Promise.resolve((comm.opened = data)) }),
      send: (data) => comm.sent.push(data),
      close: vi.fn(() => (comm.isDisposed = true)),
    };
    this.comms.push(comm);
    return comm;
  }
  becomes(status) {
    this.status = status;
    this.statusChanged.emit(status);
  }
  isNow(connectionStatus) {
    this.connectionStatus = connectionStatus;
    this.connectionStatusChanged.emit(connectionStatus);
  }
}

/** A widget's model, as anywidget gives it. */
class Model {
  sent = [];
  listeners = new Map();
  values = { path: '/a/wall.storm.yaml', step: 3 };
  constructor(kernel) {
    this.widget_manager = { kernel };
  }
  get(name) {
    return this.values[name];
  }
  on(event, listener) {
    this.listeners.set(event, listener);
  }
  off(event, listener) {
    if (this.listeners.get(event) === listener) this.listeners.delete(event);
  }
  send(message) {
    this.sent.push(message);
  }
}

let kernel, model, wire, heard, told;
const settle = () => new Promise((done) => setTimeout(done));

function open(given = new Kernel()) {
  kernel = given;
  model = new Model(kernel);
  wire = widgetWire(model);
  [heard, told] = [[], []];
  wire.onMessage((message) => heard.push(message));
  wire.onStatus((status) => told.push(status));
}

describe('the wire of a widget', () => {
  beforeEach(() => open());

  it('goes over the widget’s own comm', () => {
    wire.send({ type: 'hello' });
    model.listeners.get('msg:custom')({ type: 'snapshot' }, []);
    expect([model.sent, heard, told]).toEqual([[{ type: 'hello' }], [{ type: 'snapshot' }], []]);
  });

  it('says when the connection was cut and is there again, and goes on over the same comm', () => {
    kernel.isNow('connecting');
    kernel.isNow('connected');
    wire.send({ type: 'hello' });
    expect([told, model.sent, kernel.executed]).toEqual([['closed', 'open'], [{ type: 'hello' }], []]);
  });

  it.each(['restarting', 'autorestarting'])(
    'has a kernel that is %s take the board in, over a comm of its own',
    async (ending) => {
      kernel.becomes(ending);
      wire.send({ type: 'lost' });
      kernel.becomes('starting');
      await settle();
      expect([told, kernel.executed, model.sent]).toEqual([['closed'], [], []]);
      kernel.becomes('idle');
      await settle();
      const code = 'from anycompany.board.revive import listen; listen()';
      expect(kernel.executed).toEqual([{ code, silent: true, store_history: false, allow_stdin: false }]);
      const [comm] = kernel.comms;
      expect([comm.target, comm.opened]).toEqual([
        'anycompany.board',
        { path: '/a/wall.storm.yaml', step: 3, facilitates: false },
      ]);
      expect(told).toEqual(['closed', 'open']);
      wire.send({ type: 'hello' });
      comm.onMsg({ content: { data: { type: 'snapshot' } } });
      expect([comm.sent, model.sent, heard]).toEqual([[{ type: 'hello' }], [], [{ type: 'snapshot' }]]);
    },
  );

  it('comes back after every restart, once each', async () => {
    for (const _ of [1, 2, 3]) {
      kernel.becomes('restarting');
      kernel.becomes('idle');
      kernel.becomes('busy');
      kernel.becomes('idle');
      await settle();
    }
    expect([kernel.executed.length, kernel.comms.length]).toEqual([3, 3]);
    wire.send({ type: 'hello' });
    expect(kernel.comms.map((comm) => comm.sent.length)).toEqual([0, 0, 1]);
  });

  it('does not ask a kernel without end that knows no board, but with every message', async () => {
    kernel.reply = { content: { status: 'error' } };
    kernel.becomes('restarting');
    for (let n = 0; n < 5; n++) {
      kernel.becomes('idle');
      await settle();
    }
    expect([kernel.executed.length, told]).toEqual([1, ['closed']]);
    kernel.reply = { content: { status: 'ok' } };
    wire.send({ type: 'hello' });
    await settle();
    expect([kernel.executed.length, told]).toEqual([2, ['closed', 'open']]);
  });

  it('bears a restart while it comes back from one', async () => {
    kernel.reply = new Error('Canceled');
    kernel.becomes('restarting');
    kernel.becomes('idle');
    await settle();
    expect(told).toEqual(['closed']);
    kernel.reply = { content: { status: 'ok' } };
    kernel.becomes('restarting');
    kernel.becomes('idle');
    await settle();
    expect(told.at(-1)).toBe('open');
  });

  it('comes back when the room’s half closes the comm', async () => {
    kernel.becomes('restarting');
    kernel.becomes('idle');
    await settle();
    kernel.comms[0].onClose();
    expect(told.at(-1)).toBe('closed');
    wire.send({ type: 'hello' });
    await settle();
    expect([kernel.comms.length, told.at(-1)]).toEqual([2, 'open']);
  });

  it('follows the notebook to another kernel', async () => {
    const other = new Kernel();
    model.widget_manager.kernel = other;
    wire.send({ type: 'hello' });
    await settle();
    expect([other.comms.length, model.sent, kernel.statusChanged.slots.size]).toEqual([1, [], 0]);
    model.widget_manager.kernel = null;
    wire.send({ type: 'hello' });
    expect(told).toEqual(['closed', 'open', 'closed']);
  });

  it('lets go of everything when it is closed', async () => {
    kernel.becomes('restarting');
    kernel.becomes('idle');
    await settle();
    wire.close();
    expect(kernel.comms[0].close).toHaveBeenCalledOnce();
    expect([kernel.statusChanged.slots.size, kernel.connectionStatusChanged.slots.size, model.listeners.size]).toEqual([
      0, 0, 0,
    ]);
  });
});

describe('where no kernel can be seen', () => {
  it.each([undefined, null, {}, { requestExecute: 1 }])('the widget’s own comm is all there is (%o)', (seen) => {
    open(seen);
    wire.send({ type: 'hello' });
    expect(model.sent).toEqual([{ type: 'hello' }]);
    wire.close();
  });

  it('passes on that sending failed', () => {
    open(null);
    model.send = () => {
      throw new Error('The webview is gone.');
    };
    expect(() => wire.send({ type: 'hello' })).toThrow('gone');
  });

  it('bears a front end that forbids looking', () => {
    model = new Model(null);
    Object.defineProperty(model, 'widget_manager', {
      get() {
        throw new Error('no');
      },
    });
    expect(() => widgetWire(model).send({ type: 'hello' })).not.toThrow();
  });
});
