/**
 * The words that all modules of the board share. Types only: nothing here runs.
 *
 * @module types
 */

/**
 * A storm as plain data, with the keys of the file format (see docs/file-format.md).
 * Never changed in place: a new value shares what did not change.
 *
 * @typedef {{
 *   format?: number, name: string, language?: string, source?: string, technical?: boolean,
 *   bus?: {name?: string, kind?: string},
 *   events?: Record<string, {name: string, pivotal?: boolean}>,
 *   timeline?: Moment[],
 *   triggers?: Record<string, Trigger>,
 *   policies?: Record<string, Policy>,
 *   entities?: Record<string, string[] | {name?: string, events?: string[]}>,
 *   contexts?: Record<string, {name?: string, entities?: string[], copies?: string[], owner?: string,
 *     votes?: string[]}>,
 *   services?: Record<string, {name?: string, context?: string, source?: string}>,
 *   listeners?: Record<string, {name?: string, for?: string, hears?: string[] | 'all', where?: object, to?: string}>,
 *   contracts?: Record<string, Contract>,
 *   hotspots?: Record<string, {text: string, about?: string, votes?: string[], owner?: string}>,
 *   decisions?: Record<string, {text: string, because?: string, about?: string}>,
 *   dismissed?: Record<string, string>,
 *   workshop?: Workshop,
 *   board?: {notes?: Record<string, [number, number]>, parked?: Record<string, {name: string}>},
 * }} Doc
 * @typedef {{agenda?: Record<string, number>, phase?: string, seconds?: number, since?: string, blind?: boolean,
 *   locked?: boolean, spotlight?: string, driver?: {person: string, name?: string},
 *   voting?: {dots?: number, hidden?: boolean}, here?: {step: number, x?: number, y?: number, since?: string}}} Workshop
 * @typedef {string | string[] | {or: string[]}} Moment one event, parallel events, or alternatives
 * @typedef {{actor?: string, command?: string, external?: string, schedule?: string, says?: string,
 *   aws?: {source: string, 'detail-type': string}}} Trigger
 * @typedef {string | {do: string, run?: string}} Task
 * @typedef {{name?: string, when?: string[], does?: Task[], emits?: string[], fails?: string[],
 *   service?: string, kind?: 'express' | 'standard'}} Policy
 * @typedef {{type?: string, personal?: boolean, optional?: boolean, risk?: string}} ContractField
 * @typedef {{version?: number, published?: number, 'detail-type'?: string,
 *   fields?: Record<string, ContractField>, example?: object}} Contract
 */

/**
 * An edit, as `anycompany/storm/edits.py` names it: `kind` and the keys of that kind.
 *
 * @typedef {{kind: string, [key: string]: any}} Edit
 */

/**
 * What the kernel found out about a storm.
 *
 * @typedef {{key: string, check: string, step: number, severity: 'error' | 'warning' | 'info' | string, what: string, why: string,
 *   remedy: string, source: string, where: string[], fix: Edit | null, dismissed: string | null}} Finding
 *   `where` holds refs such as `events/account-created`; `dismissed` is the reason.
 * @typedef {{event: string, policy: string, giver: string, taker: string, copied: boolean}} Crossing
 * @typedef {{score: number, communication: number, size: number, copies: number, reactions: number,
 *   guessed: boolean, crossings: Record<string, Crossing>}} Coupling crossings by `event>policy`
 * @typedef {{done: number, total: number, missing: string[], finished: boolean}} Progress
 * @typedef {{findings: Record<string, Finding>, coupling: Coupling, progress: Record<string, Progress>,
 *   next: number | null, guesses: Edit[], alike?: Alike[]}} Insight progress by the number of the step, '1' to '8'
 */

/**
 * @typedef {{id: string, name: string, hue: number, step?: number, pointer?: [number, number] | null,
 *   holds?: string | null, editing?: string | null, here?: boolean}} Person
 *   one browser tab of somebody; `pointer` in wall coordinates, `holds` and `editing` are note keys
 */

/**
 * Where the workshop stands, as the kernel told this tab; `at` is when, by this page's own clock (performance.now()).
 *
 * @typedef {{id: string, name: string, step: number, day: number, asks: string}} Phase
 * @typedef {Phase & {minutes: number}} Slot
 * @typedef {{facilitates: boolean, phase: Phase | null, left: number | null, running: boolean, agenda: Slot[],
 *   back: string | null, next: string | null, phases?: Slot[], dots?: {of: number, on: Record<string, string>},
 *   at: number}} Standing `dots`: how many one has, and what they are on, while a vote is open
 */

/**
 * The way in for guests: where they go, what they say, for how many seconds it holds, and who of them is here.
 *
 * @typedef {{address: string, screen: string, code: string | null, left: number, guests: string[], qr: string,
 *   trouble: string}} Entrance
 */

/**
 * Two notes that may mean the same, and the edit that makes them one.
 *
 * @typedef {{notes: [string, string], names: [string, string], why: string, edit: Edit}} Alike
 */

/**
 * What became of an edit. A conflict is somebody else's text for the same thing.
 *
 * @typedef {{ok: true, revision: number} |
 *   {ok: false, why: string, remedy: string, again?: boolean, conflict?: {theirs: string, author: string}}} Outcome
 */

/**
 * The shared storm as this tab sees it: what the kernel has confirmed, and on top one's own edits that are on
 * their way. See sync/session.js.
 *
 * Events: `change` (doc is another), `insight`, `people`, `status`, `refused` (an Outcome that is not ok and the
 * edit), `notice` ({tone, text, actions?}), `workshop` (where it stands), `door` (the way in for
 * guests), `play` (a trace to be played, see model/playing.js).
 *
 * @typedef {{
 *   readonly doc: Doc, readonly revision: number, readonly insight: Insight, readonly people: Person[],
 *   readonly me: Person, readonly pending: number,
 *   readonly workshop: Standing | null, readonly quiet: string[],
 *   readonly door: Entrance | null,
 *   readonly status: 'connecting' | 'live' | 'away' | 'readonly' | 'outdated',
 *   do(edit: Edit, options?: {was?: string}): Promise<Outcome>,
 *   undo(): Promise<Outcome>, redo(): Promise<Outcome>,
 *   ask(question: string, about?: object): Promise<any>,
 *   tell(presence: {step?: number, pointer?: [number, number] | null, holds?: string | null, editing?: string | null, name?: string}): void,
 *   on(event: string, listener: (detail?: any) => void): () => void,
 *   atDoor(what: 'look' | 'change' | 'revoke'): void,                   // on boards that steer a workshop
 *   close(): void,
 * }} Session
 */

/**
 * How messages travel: the widget's own channel, or another one after a restart. `status` is 'open' or 'closed';
 * `shared` is true where other browsers hear what comes.
 *
 * @typedef {{
 *   shared?: boolean,
 *   send(message: object): void,
 *   onMessage(listener: (message: any) => void): void,
 *   onStatus(listener: (status: 'open' | 'closed') => void): void,
 *   close(): void,
 * }} Wire
 */

/**
 * @typedef {{x: number, y: number}} Point
 * @typedef {{x: number, y: number, w: number, h: number}} Box in wall coordinates (px at zoom 1)
 */

/**
 * A note on the wall. `key` is unique in its scene: `SECTION/ID` for a thing of the storm (`events/account-created`),
 * or that with a suffix for what belongs to it (`triggers/account-created#actor`). `ref` is the thing whose findings
 * the note shows and whose name an edit in place changes.
 *
 * @typedef {Box & {
 *   key: string,
 *   kind: 'event' | 'command' | 'actor' | 'policy' | 'external' | 'schedule' | 'aws' | 'aggregate' | 'hotspot' | 'contract' | 'listener' | 'workflow',
 *   shape: 'paper' | 'hex' | 'card' | 'chip',
 *   text: string,
 *   ref?: string,
 *   tag?: string,            // the kind as written on the note; `false`y leaves it out
 *   lines?: string[],        // small lines below the text
 *   hue?: number,            // of the service or context, for cards and chips
 *   pivotal?: boolean, guess?: boolean, crossing?: boolean, copy?: boolean, faded?: boolean,
 *   votes?: number,
 *   fixed?: boolean,         // cannot be dragged
 *   says: string,            // the whole note for a screen reader: "Event Account Created, moment 1 of 8, pivotal"
 * }} Note
 *
 * A place on the wall, below the notes: a moment, a context, a lane, the bus.
 * @typedef {Box & {key: string, kind: 'moment' | 'context' | 'lane' | 'hive' | 'bus' | 'shelf' | 'stream',
 *   title?: string, subtitle?: string, hue?: number, ref?: string, dashed?: boolean}} Region
 *
 * A line with an arrowhead. `d` is the SVG path data.
 * @typedef {{key: string, d: string, tone: 'time' | 'then' | 'hears' | 'puts' | 'crossing' | 'listens', hue?: number,
 *   dashed?: boolean, label?: string, at?: Point, ends?: boolean}} Arrow `at`: where the label stands; `ends`: no head if false
 *
 * @typedef {{key: string, x: number, y: number, text: string, size?: 24 | 18 | 14 | 12.5 | 11, weight?: 400 | 600 | 700,
 *   tone?: 'ink' | 'soft' | 'hue' | 'crossing', hue?: number, anchor?: 'start' | 'middle' | 'end'}} Label
 *
 * Everything on the wall at one step. Pure data: the painter draws it, the exporter writes it as SVG.
 * @typedef {{notes: Note[], regions: Region[], arrows: Arrow[], labels: Label[], empty?: string,
 *   free?: boolean}} Scene `free`: notes lie where they are dropped (step 1); `empty`: what to say on a blank wall
 */

/**
 * Where something in the hand may go, and what that would mean. One list serves the mouse (the box that holds the
 * pointer; the last one in the list wins) and the keyboard (a list of `words` to choose from).
 *
 * @typedef {{
 *   key: string,                     // unique among the drops
 *   box: Box,                        // where it takes the pointer
 *   show?: Box,                      // what lights up while the pointer is in it (else box): an insertion line, a place
 *   words: string,                   // "Put Payment Failed after Account Created"
 *   edits?: Edit[],                  // carried out together when dropped
 *   choices?: {words: string, edits: Edit[]}[],   // or: a menu to choose from ("Merge as “A”", "Merge as “B”", …)
 * }} Drop
 */

/**
 * A question before an action is carried out; drawn as a small dialog.
 *
 * @typedef {{key: string, label: string, kind: 'text' | 'lines' | 'json' | 'one' | 'many' | 'tick',
 *   value?: any, choices?: {value: string, words: string}[], optional?: boolean, hint?: string}} Question
 * @typedef {Record<string, any>} Answers text: string; lines: string[]; json: object; one: string; many: string[]; tick: boolean
 */

/**
 * Something that can be done, to the selection or to the wall: in the context menu, on the step's toolbar, in the
 * command palette, and by its keys.
 *
 * @typedef {{
 *   id: string, name: string,        // a verb: "Mark as pivotal"
 *   keys?: string,                   // such as 'p', 'Shift+m', 'Delete'; only while the wall has the focus
 *   tool?: boolean,                  // also a button on the step's toolbar
 *   danger?: boolean,
 *   ask?: Question[],
 *   edits?: (answers: Answers) => Edit[],        // [] does nothing; throw Error(words) to refuse with words
 *   run?: (board: Board) => void,    // or something that is no edit
 * }} Action
 */

/**
 * One of the eight steps, as the board knows it. All functions are pure but `panel`.
 *
 * @typedef {{
 *   number: number, short: string, question: string, hint: string,
 *   placeholder: string | null,                                       // of the box to type a new note into
 *   scene(doc: Doc, insight: Insight): Scene,
 *   drops(doc: Doc, scene: Scene, keys: string[]): Drop[],            // for these notes in the hand
 *   actions(doc: Doc, keys: string[], insight: Insight): Action[],    // for these selected notes; keys may be []
 *   typed(doc: Doc, text: string, near: string | null, at: Point | null): Edit[],  // somebody typed text and pressed Enter; `near` is the focused note
 *   carries?(scene: Scene, keys: string[]): string[],                 // the notes that go along when these are dragged; themselves where it is not there
 *   panel?(board: Board): HTMLElement | null,                         // beside the wall; made anew when doc, insight or selection change
 * }} Step
 */

/**
 * The board on the screen, as steps, hands and frame see it. Made in main.js.
 *
 * @typedef {{
 *   readonly session: Session, readonly root: HTMLElement, readonly step: Step, readonly scene: Scene,
 *   readonly selection: ReadonlySet<string>, readonly focused: string | null,
 *   readonly preview: {coupling: Coupling | null, words: string} | null,   // of what is in the hand
 *   readonly replay: number | null,                                   // the revision that is looked at, null for now
 *   setStep(number: number): void,
 *   select(keys: Iterable<string>, how?: 'only' | 'add' | 'toggle'): void,
 *   focus(key: string, options?: {reveal?: boolean}): void,            // focuses, and scrolls into sight
 *   do(edits: Edit[], words?: string): Promise<Outcome>,              // as one edit, said aloud, refusals shown
 *   run(action: Action): void,                                        // asks its questions first
 *   actions(): Action[],                                              // all that can be done now, the step's and everybody's
 *   edit(key: string): void,                                          // opens the editor in place
 *   menu(at: Point, items: {name: string, keys?: string, danger?: boolean, run: () => void}[], title?: string): void,  // at in px of the root
 *   say(words: string): void,                                         // to screen readers
 *   notice(tone: 'note' | 'good' | 'warning' | 'error', text: string, actions?: {name: string, run: () => void}[]): void,
 *   setPreview(preview: {coupling: Coupling | null, words: string} | null): void,
 *   look(revision: number | null, doc: Doc | null): void,              // replay: shows another doc, read-only
 *   camera: Camera,
 *   on(event: 'draw' | 'selection' | 'step' | 'preview', listener: () => void): () => void,
 * }} Board
 *
 * @typedef {{
 *   readonly zoom: number, readonly x: number, readonly y: number,    // wall coordinates of the left top corner in sight
 *   toWall(point: Point): Point, toScreen(point: Point): Point,       // screen: px of the wall's viewport
 *   zoomBy(factor: number, about?: Point): void, panBy(dx: number, dy: number): void,
 *   fit(box?: Box | null, nearest?: number): void, reveal(box: Box): void,
 *   readonly sight: Box, on(listener: () => void): () => void,
 * }} Camera
 */

export {};
