// Made from anycompany/workshop/page/source by `make bundle`; change it there.

// board/source/sync/keep.js
var place = (
  /** @returns {Storage} */
  () => globalThis.sessionStorage
);
function keepIn(storage) {
  place = storage;
}
var ALIVE = /* @__PURE__ */ Symbol.for("anycompany.board.tabs");
function placeOf(path, person) {
  return `anycompany-board-edits:${person}:${path}`;
}
function alive() {
  const page = (
    /** @type {any} */
    globalThis
  );
  return page[ALIVE] ??= /* @__PURE__ */ new Set();
}
function stayAlive(tab2) {
  alive().add(tab2);
  return () => alive().delete(tab2);
}
function keep(path, person, messages, ours) {
  try {
    const all = [...everything(path, person).filter(({ id: id2 }) => !ours.has(id2)), ...messages];
    const key = placeOf(path, person);
    if (all.length) place().setItem(key, JSON.stringify(all));
    else place().removeItem(key);
  } catch {
  }
}
function kept(path, person) {
  return everything(path, person).filter(({ id: id2 }) => !alive().has(id2.slice(0, id2.indexOf("_"))));
}
function everything(path, person) {
  try {
    const said2 = JSON.parse(place().getItem(placeOf(path, person)) ?? "[]");
    return Array.isArray(said2) ? said2.filter(isNumbered) : [];
  } catch {
    return [];
  }
}
function isNumbered(message) {
  if (!message || !/^[0-9a-f]{12}_\d{1,20}$/.test(message.id)) return false;
  const isEdit = message.type === "edit" && typeof message.edit?.kind === "string";
  return isEdit || message.type === "undo" || message.type === "redo";
}

// board/source/model/sections.js
var NOTHING = Object.freeze(
  /** @type {Record<string, any>} */
  {}
);
function section(doc, name) {
  return (
    /** @type {any} */
    doc[name] ?? NOTHING
  );
}
function entry(doc, name, id2) {
  const entries = section(doc, name);
  return Object.hasOwn(entries, id2) ? entries[id2] : void 0;
}
function withEntry(doc, name, id2, thing) {
  return { ...doc, [name]: { ...section(doc, name), [id2]: thing } };
}
function withoutEntry(doc, name, id2) {
  return entry(doc, name, id2) === void 0 ? doc : { ...doc, [name]: withoutKey(section(doc, name), id2) };
}
function withoutKey(things, key) {
  const { [key]: _, ...others } = (
    /** @type {any} */
    things
  );
  return others;
}
function withEach(doc, name, change) {
  let same2 = true;
  const entries = Object.entries(section(doc, name)).map(([id2, thing]) => {
    const after2 = change(thing);
    same2 &&= after2 === thing;
    return [id2, after2];
  });
  return same2 ? doc : { ...doc, [name]: Object.fromEntries(entries) };
}

// board/source/model/ids.js
var ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
var ENDINGS = "abcdefghjkmnpqrstuvwxyz23456789";
var HIDDEN = ["events", "hotspots"];
var LONGEST = 48;
var FALLBACKS = /* @__PURE__ */ new Map([
  ["events", "event"],
  ["policies", "policy"],
  ["entities", "entity"],
  ["contexts", "context"],
  ["services", "service"],
  ["listeners", "listener"],
  ["contracts", "contract"],
  ["hotspots", "hotspot"],
  ["decisions", "decision"]
]);
var MARKS = /\p{Mark}/gu;
var LETTERS = new Map(
  Object.entries({
    ß: "ss",
    æ: "ae",
    œ: "oe",
    ø: "o",
    ð: "d",
    đ: "d",
    ħ: "h",
    ı: "i",
    ł: "l",
    þ: "th",
    ŋ: "ng",
    ŧ: "t",
    а: "a",
    б: "b",
    в: "v",
    г: "g",
    ґ: "g",
    д: "d",
    ђ: "dj",
    е: "e",
    ё: "e",
    є: "ie",
    ж: "zh",
    з: "z",
    и: "i",
    і: "i",
    ї: "i",
    й: "y",
    ј: "j",
    к: "k",
    л: "l",
    љ: "lj",
    м: "m",
    н: "n",
    њ: "nj",
    о: "o",
    п: "p",
    р: "r",
    с: "s",
    т: "t",
    ћ: "c",
    у: "u",
    ў: "u",
    ф: "f",
    х: "kh",
    ц: "ts",
    ч: "ch",
    џ: "dzh",
    ш: "sh",
    щ: "shch",
    ъ: "-",
    ы: "y",
    ь: "-",
    э: "e",
    ю: "yu",
    я: "ya",
    α: "a",
    β: "v",
    γ: "g",
    δ: "d",
    ε: "e",
    ζ: "z",
    η: "i",
    θ: "th",
    ι: "i",
    κ: "k",
    λ: "l",
    μ: "m",
    ν: "n",
    ξ: "x",
    ο: "o",
    π: "p",
    ρ: "r",
    σ: "s",
    ς: "s",
    τ: "t",
    υ: "y",
    φ: "f",
    χ: "ch",
    ψ: "ps",
    ω: "o",
    "‘": "-",
    "’": "-",
    "“": "-",
    "”": "-",
    "–": "-",
    "—": "-",
    "…": "-",
    " ": "-"
  })
);
function inAscii(character) {
  const known2 = LETTERS.get(character);
  if (known2 !== void 0) return known2;
  if (!/[\u00c0-\u017f\u0370-\u03ff\u1e00-\u1ef9]/u.test(character)) return null;
  const bare = character.normalize("NFD").replace(MARKS, "");
  return /^[a-z]$/.test(bare) ? bare : LETTERS.get(bare) ?? null;
}
function slug(text2) {
  return joined([...text2.toLowerCase()].map((one) => one < "" ? one : inAscii(one) ?? "-").join(""));
}
function certainSlug(text2) {
  const written = [];
  for (const one of text2.toLowerCase()) {
    const ascii = one < "" ? one : inAscii(one);
    if (ascii === null) return null;
    written.push(ascii);
  }
  return joined(written.join(""));
}
function joined(ascii) {
  return trimmed(ascii.replace(/[^a-z0-9]+/g, "-"));
}
function trimmed(text2) {
  return text2.replace(/^-+|-+$/g, "");
}
function words(id2) {
  const text2 = id2.replace(/[-_]+/g, " ").trim();
  return text2.slice(0, 1).toUpperCase() + text2.slice(1);
}
function unguessed(plain) {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(4));
  const end = [...bytes].map((byte) => ENDINGS[byte % ENDINGS.length]).join("");
  return `${trimmed(plain.slice(0, LONGEST - 8))}-${end}`;
}
function mint(doc, section2, name, tried) {
  const start = name.length > 400 ? [...name].slice(0, 400).join("") : name;
  const plain = trimmed(slug(start).slice(0, LONGEST)) || (FALLBACKS.get(section2) ?? section2);
  const base = doc.workshop?.blind && HIDDEN.includes(section2) ? unguessed(plain) : plain;
  const taken = (id2) => entry(doc, section2, id2) !== void 0 || tried?.has(id2) || section2 === "events" && Object.hasOwn(doc.board?.parked ?? {}, id2);
  if (!taken(base)) return base;
  let number = 2;
  while (taken(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

// board/source/model/indexes.js
var NONE = (
  /** @type {any} */
  Object.freeze([])
);
var NOTHING2 = Object.freeze({});
function onceFor(find) {
  const known2 = /* @__PURE__ */ new WeakMap();
  return (thing) => {
    const key = thing ?? /** @type {T} */
    NOTHING2;
    let found = known2.get(key);
    if (found === void 0) {
      found = find(key);
      known2.set(key, found);
    }
    return found;
  };
}
function collected(pairs2) {
  const found = /* @__PURE__ */ new Map();
  for (const [key, value] of pairs2) {
    const values = found.get(key);
    if (!values) found.set(key, [value]);
    else if (values.at(-1) !== value) values.push(value);
  }
  return found;
}
function firstHolders(section2, members) {
  const holders = /* @__PURE__ */ new Map();
  for (const [id2, entry2] of Object.entries(section2)) {
    for (const member of members(entry2) ?? NONE) if (!holders.has(member)) holders.set(member, id2);
  }
  return holders;
}
var homesOfEvents = onceFor((entities) => firstHolders(entities, eventsOfEntity));
var homesOfEntities = onceFor((contexts) => firstHolders(contexts, (context) => context.entities));
var servicesOfContexts = onceFor(
  (services) => firstHolders(services, (service) => service.context ? [service.context] : [])
);
var emitters = onceFor(
  (policies) => collected(Object.entries(policies).flatMap(([id2, { emits = [], fails = [] }]) => pairs([...emits, ...fails], id2)))
);
var hearers = onceFor(
  (policies) => collected(Object.entries(policies).flatMap(([id2, { when = [] }]) => pairs(when, id2)))
);
var moments = onceFor((timeline) => {
  const found = /* @__PURE__ */ new Map();
  if (Array.isArray(timeline)) {
    timeline.forEach((moment, number) => {
      for (const event of eventsIn(moment)) if (!found.has(event)) found.set(event, number);
    });
  }
  return found;
});
var slugOfEvent = onceFor((event) => busName(event.name));
var firstOfSlug = onceFor((events) => {
  const firsts = /* @__PURE__ */ new Map();
  for (const [id2, event] of Object.entries(events)) {
    const written = slugOfEvent(event);
    if (!firsts.has(written)) firsts.set(written, id2);
  }
  return firsts;
});
function pairs(keys2, value) {
  return keys2.map((key) => [key, value]);
}
function eventsOfEntity(entity) {
  return Array.isArray(entity) ? entity : entity?.events ?? [];
}
function busName(name) {
  return trimmed((certainSlug(name) ?? "").slice(0, 128));
}
function eventsIn(moment) {
  if (typeof moment === "string") return [moment];
  return Array.isArray(moment) ? moment : moment.or;
}

// board/source/model/reading.js
var ordered = onceFor((doc) => {
  const placed = [...moments(doc.timeline).keys()].filter((event) => entry(doc, "events", event));
  const standing = moments(doc.timeline);
  return [...placed, ...Object.keys(doc.events ?? NOTHING2).filter((event) => !standing.has(event))];
});
var unhoused = onceFor((doc) => ordered(doc).filter((event) => entityOf(doc, event) === null));
function entityOf(doc, event) {
  return homesOfEvents(doc.entities).get(event) ?? null;
}
function momentOf(doc, event) {
  return moments(doc.timeline).get(event) ?? -1;
}
function detailType(doc, event) {
  const given = entry(doc, "contracts", event)?.["detail-type"];
  if (given) return given;
  const thing = entry(doc, "events", event);
  const own = thing ? slugOfEvent(thing) : "";
  return own && firstOfSlug(doc.events).get(own) === event ? own : event;
}
function parked(doc) {
  return doc.board?.parked ?? NOTHING2;
}

// board/source/model/timeline.js
function momentFrom(events, alternatives) {
  if (events.length === 1) return events[0];
  return alternatives ? { or: events } : events;
}
var isAlternatives = (moment) => typeof moment === "object" && !Array.isArray(moment);
function withoutEvent(timeline, event) {
  return timeline.flatMap((moment) => {
    const events = eventsIn(moment);
    if (!events.includes(event)) return [moment];
    const rest = events.filter((other) => other !== event);
    return rest.length ? [momentFrom(rest, isAlternatives(moment))] : [];
  });
}
function placedIn(timeline, edit) {
  const left = withoutEvent(timeline, edit.event);
  const neighbour = edit.after ?? edit.before ?? edit.instead_of ?? edit.parallel_to;
  const here = neighbour === void 0 ? -1 : left.findIndex((moment) => eventsIn(moment).includes(neighbour));
  if (here < 0) return [...left, edit.event];
  if (edit.after) return [...left.slice(0, here + 1), edit.event, ...left.slice(here + 1)];
  if (edit.before) return [...left.slice(0, here), edit.event, ...left.slice(here)];
  const joined2 = momentFrom([...eventsIn(left[here]), edit.event], Boolean(edit.instead_of));
  return left.map((moment, index) => index === here ? joined2 : moment);
}

// board/source/model/mentions.js
var LISTS_OF_EVENTS = { policies: ["when", "emits", "fails"], entities: ["events"], listeners: ["hears"] };
function withoutMentions(doc, name, gone) {
  const others = (ids2) => ids2.includes(gone) ? ids2.filter((one) => one !== gone) : ids2;
  if (name === "events") {
    doc = withLists(doc, others);
    if (doc.timeline) doc = { ...doc, timeline: withoutEvent(doc.timeline, gone) };
    doc = withoutEntry(withoutEntry(doc, "triggers", gone), "contracts", gone);
  } else if (name === "entities") {
    doc = withEach(doc, "contexts", (context) => changedLists(context, ["entities", "copies"], others));
  } else if (name === "contexts") {
    doc = cleared(doc, "services", "context", gone);
  } else if (name === "services") {
    doc = cleared(doc, "policies", "service", gone);
  }
  doc = cleared(cleared(doc, "hotspots", "about", gone), "decisions", "about", gone);
  return withoutNote(doc, `${name}/${gone}`);
}
function withEventReplaced(doc, gone, keep2) {
  const replaced = (ids2) => [...new Set(ids2.map((one) => one === gone ? keep2 : one))];
  const timeline = doc.timeline ?? [];
  const meant = momentOf(doc, keep2) >= 0 ? withoutEvent(timeline, gone) : timeline.map((moment) => momentFrom(replaced(eventsIn(moment)), isAlternatives(moment)));
  doc = withLists({ ...doc, timeline: meant }, replaced);
  doc = withOneEntityOf(doc, keep2);
  for (const part of ["hotspots", "decisions"]) {
    doc = withEach(doc, part, (thing) => thing.about === gone ? { ...thing, about: keep2 } : thing);
  }
  for (const part of ["triggers", "contracts"]) doc = moved(doc, part, gone, keep2);
  return withoutNote(doc, `events/${gone}`);
}
function withOneEntityOf(doc, event) {
  let found = false;
  return withEach(doc, "entities", (entity) => {
    const events = Array.isArray(entity) ? entity : entity.events ?? [];
    if (!events.includes(event)) return entity;
    const again = found;
    found = true;
    if (!again) return entity;
    const left = events.filter((one) => one !== event);
    return Array.isArray(entity) ? left : { ...entity, events: left };
  });
}
function withLists(doc, change) {
  for (const [name, keys2] of Object.entries(LISTS_OF_EVENTS)) {
    doc = withEach(doc, name, (thing) => {
      if (!Array.isArray(thing)) return changedLists(thing, keys2, change);
      const after2 = change(thing);
      return same(after2, thing) ? thing : after2;
    });
  }
  return doc;
}
function changedLists(thing, keys2, change) {
  for (const key of keys2) {
    if (!Array.isArray(thing[key])) continue;
    const after2 = change(thing[key]);
    if (!same(after2, thing[key])) thing = { ...thing, [key]: after2 };
  }
  return thing;
}
function same(one, other) {
  return one === other || one.length === other.length && one.every((id2, index) => id2 === other[index]);
}
function cleared(doc, name, key, gone) {
  return withEach(doc, name, (thing) => thing[key] === gone ? withoutKey(thing, key) : thing);
}
function moved(doc, name, gone, keep2) {
  const entries = section(doc, name);
  if (!Object.hasOwn(entries, gone) || Object.hasOwn(entries, keep2)) return withoutEntry(doc, name, gone);
  const renamed = Object.entries(entries).map(([id2, thing]) => [id2 === gone ? keep2 : id2, thing]);
  return { ...doc, [name]: Object.fromEntries(renamed) };
}
function withoutNote(doc, key) {
  const notes = doc.board?.notes;
  if (!notes || !Object.hasOwn(notes, key)) return doc;
  return { ...doc, board: { ...doc.board, notes: withoutKey(notes, key) } };
}

// board/source/model/parts.js
var text = (value) => typeof value === "string";
var flag = (value) => typeof value === "boolean";
var id = (value) => text(value) && ID.test(value);
var ids = (value) => Array.isArray(value) && value.every(id);
var texts = (value) => Array.isArray(value) && value.every(text);
var keys = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
var count = (value) => Number.isSafeInteger(value) && value > 0;
var orNull = (check) => (value) => value === null || check(value);
var oneOf = (...words2) => (value) => words2.includes(value);
var TASK = { do: text, run: orNull(text) };
var AWS = { source: text, "detail-type": text };
var KEYS = {
  events: { name: text, pivotal: flag },
  triggers: {
    actor: orNull(text),
    command: orNull(text),
    external: orNull(text),
    schedule: orNull(text),
    says: orNull(text),
    aws: orNull((value) => said(AWS, ["source", "detail-type"], value))
  },
  policies: {
    name: orNull(text),
    when: ids,
    does: (value) => Array.isArray(value) && value.every((task) => text(task) || said(TASK, ["do"], task)),
    emits: ids,
    fails: ids,
    service: orNull(id),
    kind: oneOf("express", "standard")
  },
  entities: { name: orNull(text), events: ids },
  contexts: { name: orNull(text), entities: ids, copies: ids, owner: orNull(text), votes: texts },
  services: { name: orNull(text), context: orNull(id), source: orNull(text) },
  listeners: {
    name: orNull(text),
    for: orNull(text),
    hears: (value) => value === "all" || ids(value),
    where: orNull(keys),
    to: oneOf("topic", "queue", "log")
  },
  contracts: {
    version: count,
    published: orNull(count),
    "detail-type": orNull((value) => text(value) && value.length <= 128),
    fields: (value) => keys(value) && Object.values(value).every((field) => fits("fields", field)),
    example: orNull(keys)
  },
  fields: {
    type: oneOf("string", "number", "integer", "boolean", "object", "array"),
    personal: flag,
    risk: orNull(text),
    optional: flag
  },
  hotspots: { text, about: orNull(id), votes: texts, owner: orNull(text) },
  decisions: { text, because: orNull(text), about: orNull(id) },
  bus: {
    name: orNull((value) => text(value) && /^[A-Za-z0-9._-]{1,100}$/.test(value)),
    kind: oneOf("classic", "v2")
  }
};
var NEEDED = { events: ["name"], hotspots: ["text"], decisions: ["text"] };
function said(known2, needed, thing) {
  if (!keys(thing) || !needed.every((key) => Object.hasOwn(thing, key))) return false;
  return Object.entries(thing).every(
    ([key, value]) => Object.hasOwn(known2, key) ? known2[key](value) : key.startsWith("x-")
  );
}
function fits(section2, thing) {
  if (!Object.hasOwn(KEYS, section2) || !said(KEYS[section2], NEEDED[section2] ?? [], thing)) return false;
  return section2 !== "triggers" || hasOneOrigin(thing);
}
function hasOneOrigin(trigger) {
  const has2 = (key) => trigger[key] !== void 0 && trigger[key] !== null;
  const origins = ["actor", "external", "schedule", "aws"].filter(has2).length;
  return origins === 1 || origins === 0 && has2("command");
}
function shortest(section2, thing) {
  if (section2 === "entities") return Object.keys(thing).join() === "events" ? thing.events : thing;
  if (section2 === "policies" && thing.does) {
    const does = thing.does.map((task) => Object.keys(task).join() === "do" ? task.do : task);
    return { ...thing, does };
  }
  return thing;
}
function spelled(thing) {
  return Array.isArray(thing) ? { events: thing } : thing;
}

// board/source/model/predict.js
var TEXTUAL = ["hotspots", "decisions"];
var BLANK = /^[\s\x1c-\x1f\x85]*$/;
var DEFAULTS = (
  /** @type {const} */
  { language: "en", source: null, technical: false, bus: {} }
);
function predict(doc, edit) {
  try {
    return after(doc, edit) ?? doc;
  } catch {
    return doc;
  }
}
function after(doc, edit) {
  return Object.hasOwn(DOING, edit.kind) ? DOING[edit.kind](doc, edit) : null;
}
var DOING = {
  add(doc, { to, name, id: id2, keys: keys2 = {} }) {
    const guessed = !doc.workshop?.blind && certainSlug(name) !== null;
    const given = id2 ?? (guessed ? mint(doc, to, name) : null);
    if (given === null || BLANK.test(name) || entry(doc, to, given) !== void 0) return null;
    if (to === "contracts") known(doc, "events", given);
    const document2 = { ...firstWords(to, given, name), ...keys2 };
    if (!fits(to, document2)) return null;
    if (to === "entities") doc = leaving(doc, to, "events", keys2.events ?? []);
    if (to === "contexts") doc = leaving(doc, to, "entities", keys2.entities ?? []);
    return withEntry(doc, to, given, shortest(to, document2));
  },
  rename(doc, { of, id: id2, name }) {
    const before = known(doc, of, id2);
    if (of === "contracts" || BLANK.test(name)) return null;
    const renamed = withEntry(doc, of, id2, { ...spelled(before), [TEXTUAL.includes(of) ? "text" : "name"]: name });
    const contract = of === "events" ? entry(doc, "contracts", id2) : void 0;
    if (!contract?.["detail-type"] || contract.published) return renamed;
    const [was, will] = [certainSlug(before.name), certainSlug(name)];
    if (was === null || will === null) return null;
    if (contract["detail-type"] !== was || !will) return renamed;
    return withEntry(renamed, "contracts", id2, { ...contract, "detail-type": will.slice(0, 128) });
  },
  change(doc, { of, id: id2, keys: keys2 }) {
    const merged = Object.entries({ ...spelled(known(doc, of, id2)), ...keys2 });
    const document2 = Object.fromEntries(merged.filter(([, value]) => value !== null));
    return fits(of, document2) ? withEntry(doc, of, id2, shortest(of, document2)) : null;
  },
  remove(doc, { of, id: id2 }) {
    known(doc, of, id2);
    const left = withoutEntry(doc, of, id2);
    return of === "contracts" ? left : withoutMentions(left, of, id2);
  },
  merge(doc, { keep: keep2, gone, name }) {
    const kept2 = known(doc, "events", keep2);
    known(doc, "events", gone);
    if (keep2 === gone) return null;
    const replaced = withEventReplaced(doc, gone, keep2);
    return withoutEntry(name ? withEntry(replaced, "events", keep2, { ...kept2, name }) : replaced, "events", gone);
  },
  place(doc, edit) {
    known(doc, "events", edit.event);
    const said2 = [edit.after, edit.before, edit.instead_of, edit.parallel_to];
    const neighbours = said2.filter((one) => one !== void 0 && one !== null);
    if (neighbours.length > 1 || neighbours.includes(edit.event)) return null;
    if (neighbours.some((one) => momentOf(doc, one) < 0)) return null;
    return { ...doc, timeline: placedIn(
      doc.timeline ?? [],
      /** @type {any} */
      edit
    ) };
  },
  unplace: (doc, { event }) => ({ ...doc, timeline: withoutEvent(doc.timeline ?? [], event) }),
  trigger(doc, { event, trigger }) {
    known(doc, "events", event);
    if (trigger === null) return withoutEntry(doc, "triggers", event);
    return fits("triggers", trigger) ? withEntry(doc, "triggers", event, trigger) : null;
  },
  assign(doc, { of, id: id2, to }) {
    known(doc, of, id2);
    const [homes, key] = of === "events" ? ["entities", "events"] : ["contexts", "entities"];
    if (to !== null && (spelled(known(doc, homes, to))[key] ?? []).includes(id2)) return doc;
    const left = leaving(doc, homes, key, [id2]);
    if (to === null) return left;
    const home = spelled(entry(left, homes, to));
    const copies = home.copies?.includes(id2) ? { copies: without(home.copies, id2) } : {};
    return withEntry(left, homes, to, shortest(homes, { ...home, [key]: [...home[key] ?? [], id2], ...copies }));
  },
  copy(doc, { entity, context, keep: keep2 = true }) {
    known(doc, "entities", entity);
    const home = known(doc, "contexts", context);
    if (keep2 && home.entities?.includes(entity)) return null;
    const others = without(home.copies ?? [], entity);
    return withEntry(doc, "contexts", context, { ...home, copies: keep2 ? [...others, entity] : others });
  },
  field(doc, { event, field, is }) {
    known(doc, "events", event);
    if (is !== null && !fits("fields", is)) return null;
    const contract = entry(doc, "contracts", event) ?? {};
    const before = contract.fields ?? {};
    const fields = is === null ? withoutKey(before, field) : { ...before, [field]: is };
    return withEntry(doc, "contracts", event, { ...contract, fields });
  },
  publish(doc, { event }) {
    const contract = known(doc, "contracts", event);
    const certain = contract["detail-type"] || Object.values(section(doc, "events")).every(isWrittenCertainly);
    if (!certain) return null;
    const frozen = { published: contract.version ?? 1, "detail-type": detailType(doc, event) };
    return withEntry(doc, "contracts", event, { ...contract, ...frozen });
  },
  vote(doc, { hotspot, context, who, up = true }) {
    if ((hotspot ?? null) !== null && (context ?? null) !== null) return null;
    const [of, id2] = (context ?? null) === null ? ["hotspots", hotspot] : ["contexts", context];
    const thing = known(doc, of, id2);
    const others = without(thing.votes ?? [], who);
    return withEntry(doc, of, id2, { ...thing, votes: up ? [...others, who] : others });
  },
  park(doc, { event }) {
    const note = known(doc, "events", event);
    const left = withoutMentions(withoutEntry(doc, "events", event), "events", event);
    return { ...left, board: { ...left.board, parked: { ...parked(left), [event]: note } } };
  },
  unpark(doc, { event }) {
    const aside = parked(doc);
    if (!Object.hasOwn(aside, event) || !fits("events", aside[event])) return null;
    const left = { ...doc, board: { ...doc.board, parked: withoutKey(aside, event) } };
    return withEntry(left, "events", event, aside[event]);
  },
  move: (doc, { note, x, y }) => ({
    ...doc,
    board: { ...doc.board, notes: { ...doc.board?.notes, [note]: [x, y] } }
  }),
  dismiss(doc, { finding, because }) {
    const others = withoutKey(doc.dismissed ?? {}, finding);
    return { ...doc, dismissed: because === null ? others : { ...others, [finding]: because } };
  },
  settings(doc, { keys: keys2 }) {
    const said2 = { ...keys2 };
    for (const key of Object.keys(said2)) {
      if (said2[key] === null) said2[key] = key === "name" ? doc.name : DEFAULTS[
        /** @type {'bus'} */
        key
      ];
      else if (key === "bus" && !fits("bus", said2.bus)) return null;
      else if (key !== "bus" && typeof said2[key] !== (key === "technical" ? "boolean" : "string")) return null;
    }
    return { ...doc, ...said2 };
  },
  batch(doc, { edits }) {
    let retired = false;
    for (const edit of edits) {
      if (retired && edit.kind === "add" && !edit.id) return null;
      const next = after(doc, edit);
      if (next === null) return null;
      retired ||= ["remove", "merge", "park", "batch"].includes(edit.kind);
      doc = next;
    }
    return doc;
  }
};
function firstWords(to, id2, name) {
  if (TEXTUAL.includes(to)) return { text: name };
  if (to === "contracts" || to !== "events" && (name === id2 || name === words(id2))) return {};
  return { name };
}
function isWrittenCertainly(event) {
  return certainSlug(event.name) !== null;
}
function known(doc, name, id2) {
  const found = entry(doc, name, id2);
  if (found === void 0) throw new Error(`There is no ${name}/${id2}.`);
  return found;
}
function without(items, gone) {
  return items.filter((item) => item !== gone);
}
function leaving(doc, homes, key, gone) {
  const leave = new Set(gone);
  return withEach(doc, homes, (home) => {
    const here = spelled(home)[key] ?? [];
    if (!here.some((member) => leave.has(member))) return home;
    const left = here.filter((member) => !leave.has(member));
    return Array.isArray(home) ? left : { ...home, [key]: left };
  });
}

// board/source/model/new_ids.js
var MEANT = new Map([
  ...[
    "event",
    "events",
    "keep",
    "gone",
    "after",
    "before",
    "instead_of",
    "parallel_to",
    "when",
    "emits",
    "fails",
    "hears"
  ].map((key) => (
    /** @type {[string, string]} */
    [key, "events"]
  )),
  ["entity", "entities"],
  ["entities", "entities"],
  ["copies", "entities"],
  ["context", "contexts"],
  ["service", "services"],
  ["hotspot", "hotspots"]
]);
function withIds(doc, edit, retired = /* @__PURE__ */ new Set()) {
  if (edit.kind === "batch") {
    const gone = new Set(retired);
    const edits = edit.edits.map((one) => {
      const resolved = withIds(doc, one, gone);
      doc = predict(doc, resolved);
      for (const id2 of idsRetiredBy(one)) gone.add(id2);
      return resolved;
    });
    return { ...edit, edits };
  }
  if (edit.kind !== "add" || edit.id || edit.to === "contracts") return edit;
  return { ...edit, id: mint(doc, edit.to, String(edit.name), retired) };
}
function idsRetiredBy(edit) {
  if (edit.kind === "batch") return edit.edits.flatMap(idsRetiredBy);
  if (edit.kind === "remove" && edit.of !== "contracts") return [edit.id];
  if (edit.kind === "merge") return [edit.gone];
  return edit.kind === "park" ? [edit.event] : [];
}
function newThings(edit) {
  if (edit.kind === "batch") return edit.edits.flatMap(newThings);
  const isNew = edit.kind === "add" && edit.id && edit.to !== "contracts";
  return isNew ? [{ section: edit.to, id: edit.id, name: String(edit.name) }] : [];
}
function idsIn(edit) {
  return Object.entries(edit).flatMap(([key, value]) => {
    if (key === "edits" || key === "keys") return [value].flat().flatMap((inner) => idsIn(inner ?? {}));
    if (key === "note") return [String(value).slice(String(value).indexOf("/") + 1)];
    const isId = key === "about" || key === "finding" || sectionMeant(edit, key) !== void 0;
    return isId ? [value].flat().filter((id2) => typeof id2 === "string") : [];
  });
}
function withAnotherId(edit, section2, taken, another) {
  const swapped = (value) => {
    if (Array.isArray(value)) return value.map((one) => one === taken ? another : one);
    return value === taken ? another : value;
  };
  const changed = Object.entries(edit).map(([key, value]) => {
    if (key === "edits")
      return [key, value.map((one) => withAnotherId(one, section2, taken, another))];
    if (key === "keys") return [key, withAnotherId(value, section2, taken, another)];
    if (key === "note") return [key, value === `${section2}/${taken}` ? `${section2}/${another}` : value];
    return [key, key === "about" || sectionMeant(edit, key) === section2 ? swapped(value) : value];
  });
  return Object.fromEntries(changed);
}
function sectionMeant(edit, key) {
  if (key === "id") return edit.kind === "add" ? edit.to : edit.of;
  if (key === "to" && edit.kind === "assign") return edit.of === "events" ? "entities" : "contexts";
  return MEANT.get(key);
}

// board/source/model/delta.js
function applyDelta(data, ops) {
  const holder = { root: data };
  const own = /* @__PURE__ */ new Set([holder]);
  for (const [number, op] of asList(ops, "a delta").entries()) {
    try {
      applyOp(holder, own, op);
    } catch (error) {
      throw new Error(`Operation ${number} of a delta does not fit: ${/** @type {Error} */
      error.message}`);
    }
  }
  return holder.root;
}
function applyOp(holder, own, op) {
  const [kind, path] = asList(op, "an operation");
  const whole = ["root", ...asList(path, "a path")];
  if (kind === "splice") {
    const list = asList(owned(holder, own, whole), "what is spliced");
    const [, , index, count2, items] = op;
    const fits2 = isIndex(index, list.length + 1) && isIndex(count2, list.length - index + 1);
    if (!fits2) throw new Error(`${index} and ${count2} are not a stretch of ${list.length} items`);
    list.splice(index, count2, ...asList(items, "new items"));
    return;
  }
  const key = whole.pop();
  const container = owned(holder, own, whole);
  if (kind === "set") setKey(holder, own, whole, container, key, op[2], op[3]);
  else if (kind === "del") deleteKey(container, key);
  else throw new Error(`the kind ${JSON.stringify(kind)} is not known`);
}
function owned(holder, own, path) {
  let container = holder;
  for (const key of path) {
    if (!has(container, key)) throw new Error(`there is nothing at ${JSON.stringify(path.slice(1))}`);
    let inner = container[key];
    if (inner === null || typeof inner !== "object") throw new Error(`${JSON.stringify(key)} holds no keys or items`);
    if (!own.has(inner)) {
      inner = Array.isArray(inner) ? [...inner] : { ...inner };
      own.add(inner);
      put(container, key, inner);
    }
    container = inner;
  }
  return container;
}
function setKey(holder, own, path, container, key, value, before) {
  if (value === void 0) throw new Error("a value is missing");
  if (Array.isArray(container) || has(container, key) || before === void 0 || !has(container, before)) {
    if (Array.isArray(container) && !has(container, key)) throw new Error(`there is no item ${JSON.stringify(key)}`);
    put(container, key, value);
    return;
  }
  const entries = Object.entries(container);
  entries.splice(
    entries.findIndex(([one]) => one === before),
    0,
    [String(key), value]
  );
  const ordered2 = Object.fromEntries(entries);
  own.add(ordered2);
  put(
    owned(holder, own, path.slice(0, -1)),
    /** @type {any} */
    path.at(-1),
    ordered2
  );
}
function deleteKey(container, key) {
  if (!has(container, key)) throw new Error(`there is no ${JSON.stringify(key)} to take away`);
  if (Array.isArray(container)) container.splice(key, 1);
  else delete container[key];
}
function put(container, key, value) {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}
function has(container, key) {
  if (Array.isArray(container)) return isIndex(key, container.length);
  return (typeof key === "string" || typeof key === "number") && Object.hasOwn(container, key);
}
function isIndex(value, length) {
  return Number.isInteger(value) && value >= 0 && value < length;
}
function asList(value, what) {
  if (!Array.isArray(value)) throw new Error(`${what} is a list, not ${JSON.stringify(value)?.slice(0, 40)}`);
  return value;
}

// board/source/sync/hearing.js
var PROTOCOL = 1;
var MOST_IDS = 20;
function makeHearing({
  known: known2,
  me: me2,
  pending,
  people,
  emit,
  setStatus,
  changed,
  peopleSoon,
  again,
  tries,
  ...session2
}) {
  const goOn = () => {
    tries.stop();
    known2.trouble = "";
    if (known2.status === "live") pending.pump();
  };
  const arrived = (ids2) => {
    if (!pending.arrived(ids2, known2.revision)) return;
    if (known2.trouble) emit("notice", { tone: "good", text: "Edits are saved again." });
    goOn();
  };
  const refused = (one, { why, remedy = "", conflict }) => {
    const outcome = { ok: (
      /** @type {const} */
      false
    ), why, remedy, ...conflict && { conflict } };
    pending.settle(one, outcome);
    changed();
    goOn();
    emit("refused", { ...outcome, edit: one.said });
  };
  const tookAnotherId = (one, { section: section2, id: id2 }) => {
    const things = one.message.edit ? newThings(one.message.edit) : [];
    const thing = things.find((other) => other.section === section2 && other.id === id2);
    if (!thing) return one.renamed > 0;
    if (one.renamed >= MOST_IDS) return false;
    known2.retired.add(id2);
    pending.giveAnotherId(one, section2, id2, mint(session2.over(), section2, thing.name, known2.retired));
    changed();
    pending.pump();
    return true;
  };
  return {
    snapshot(message) {
      if (message.protocol !== PROTOCOL) return this.outdated(message);
      known2.doc = message.doc;
      known2.revision = message.revision;
      known2.insight = message.insight ?? known2.insight;
      known2.insightNumber = message.n ?? 0;
      if (known2.path !== message.path) {
        known2.path = String(message.path ?? "");
        pending.adopt(kept(known2.path, me2.id.slice(0, 8)));
      }
      me2.name ||= String(message.author ?? "");
      people.replace(message.people);
      setStatus("live");
      session2.greeted();
      changed();
      emit("insight");
      emit("people");
      if (message.warning) emit("notice", { tone: "warning", text: String(message.warning) });
      arrived([]);
      pending.resendLost();
    },
    patch({ from, revision, delta, ids: ids2 = [] }) {
      if (known2.status === "connecting") return;
      if (!Number.isSafeInteger(revision) || !Array.isArray(ids2)) return again();
      if (from !== known2.revision) return revision > known2.revision ? again() : arrived(ids2);
      try {
        known2.doc = applyDelta(known2.doc, delta);
      } catch {
        return again();
      }
      known2.revision = revision;
      for (const [op, path] of delta) if (op === "del" && path.length === 2) known2.retired.add(String(path[1]));
      arrived(ids2);
      changed();
    },
    insight({ n, from_n: from, delta }) {
      if (known2.status === "connecting" || n <= known2.insightNumber) return;
      try {
        if (from !== known2.insightNumber) throw new Error("An insight is missing.");
        known2.insight = applyDelta(known2.insight, delta);
      } catch {
        return again();
      }
      known2.insightNumber = n;
      emit("insight");
    },
    ack({ id: id2, revision }) {
      const one = pending.find(id2);
      if (!one) return;
      one.revision = revision;
      arrived([]);
      changed();
    },
    nack(message) {
      const one = pending.find(message.id);
      if (!one) {
        if (!message.id) emit("notice", { tone: "error", text: `${message.why} ${message.remedy ?? ""}`.trim() });
        return;
      }
      if (message.taken && tookAnotherId(one, message.taken)) return;
      if (!message.again && pending.edits[0] === one) return refused(one, message);
      pending.hold(one);
      tries.later();
      if (message.again && known2.trouble !== message.why) {
        known2.trouble = message.why;
        emit("notice", { tone: "warning", text: `Not saved yet: ${message.why} ${message.remedy ?? ""}`.trim() });
      }
    },
    people(message) {
      people.replace(message.people);
      emit("people");
    },
    presence(message) {
      people.hear(message);
      peopleSoon();
    },
    answer: session2.answer,
    notice({ tone, text: text2, edits = [] }) {
      const actions = edits.map((way) => ({
        name: way.words,
        run: () => session2.carryOut(way.edits.length === 1 ? way.edits[0] : { kind: "batch", edits: way.edits })
      }));
      emit("notice", { tone, text: text2, actions });
    },
    workshop({ type, to, ...standing }) {
      known2.workshop = { ...standing, at: performance.now() };
      emit("workshop");
    },
    door({ type, to, ...door }) {
      known2.door = door;
      emit("door");
    },
    quiet(message) {
      known2.quiet = Array.isArray(message.people) ? message.people.map(String) : [];
      emit("workshop");
    },
    play(message) {
      emit("play", message);
    },
    outdated({ why }) {
      session2.outdated();
      setStatus("outdated");
      emit("notice", { tone: "error", text: why ?? "This page is older than the notebook. Reload it to go on." });
    }
  };
}

// board/source/sync/known.js
var NO_INSIGHT = {
  findings: {},
  coupling: { score: 0, communication: 0, size: 0, copies: 0, reactions: 0, guessed: false, crossings: {} },
  progress: {},
  next: null,
  guesses: []
};
function nothingKnown() {
  return {
    doc: { name: "" },
    revision: 0,
    insight: NO_INSIGHT,
    insightNumber: 0,
    path: "",
    status: "connecting",
    retired: /* @__PURE__ */ new Set(),
    trouble: "",
    workshop: null,
    quiet: [],
    door: null
  };
}

// board/source/sync/pending.js
var ABOUT_ANYTHING = ["patch", "repeat", "settings"];
var Pending = class {
  /** @param {(message: Numbered) => void} send */
  constructor(send) {
    this.send = send;
    this.edits = [];
    this.oneByOne = false;
    this.sends = this.marked = 0;
    this.ids = /* @__PURE__ */ new Set();
  }
  get count() {
    return this.edits.length;
  }
  /** @returns {Numbered[]} */
  get messages() {
    return this.edits.map((one) => one.message);
  }
  /**
   * @param {Numbered} message
   * @param {Edit} [said] as somebody gave it
   * @returns {Promise<Outcome>}
   */
  add(message, said2) {
    return new Promise((done) => {
      this.ids.add(message.id);
      this.edits.push({ message, said: said2, done, sent: false, sentAt: 0, turn: 0, renamed: 0, revision: null });
    });
  }
  /**
   * Takes over edits of a board that is gone; they are older than those that are here.
   *
   * @param {Numbered[]} messages
   */
  adopt(messages) {
    const mine = this.edits;
    this.edits = [];
    for (const message of messages) if (!this.ids.has(message.id)) void this.add(message, message.edit);
    this.edits.push(...mine);
  }
  /** Sends what may go now. */
  pump() {
    const busy = /* @__PURE__ */ new Set();
    for (const [index, one] of this.edits.entries()) {
      const { message } = one;
      const alone = !message.edit || ABOUT_ANYTHING.includes(message.edit.kind);
      const ids2 = message.edit ? idsIn(message.edit) : [];
      if (index > 0 && (alone || this.oneByOne || ids2.some((id2) => busy.has(id2)))) return;
      if (!one.sent) {
        one.sent = true;
        one.sentAt = Date.now();
        one.turn = ++this.sends;
        this.send(message);
      }
      if (alone) return;
      for (const id2 of ids2) busy.add(id2);
    }
  }
  /** Notes that the kernel is asked for the whole storm: what was sent before is in it, or was refused, or is lost. */
  mark() {
    this.marked = this.sends;
  }
  /** The whole storm is here: sends again what was lost. */
  resendLost() {
    for (const one of this.edits) one.sent &&= one.turn > this.marked;
    this.marked = 0;
    this.pump();
  }
  /**
   * @param {string} id
   * @returns {OnItsWay | undefined}
   */
  find(id2) {
    return this.edits.find((one) => one.message.id === id2);
  }
  /**
   * What became of an edit.
   *
   * @param {OnItsWay} one
   * @param {Outcome} outcome
   */
  settle(one, outcome) {
    this.edits = this.edits.filter((other) => other !== one);
    if (!this.edits.length) this.oneByOne = false;
    one.done(outcome);
  }
  /**
   * Settles edits that the kernel has.
   *
   * @param {string[]} ids
   * @param {number} revision that this tab has reached
   * @returns {boolean} whether there was one of these
   */
  arrived(ids2, revision) {
    const there = this.edits.filter(
      ({ message, revision: at }) => ids2.includes(message.id) || at !== null && at <= revision
    );
    for (const one of there) this.settle(one, { ok: true, revision });
    return there.length > 0;
  }
  /**
   * Keeps an edit that was not carried out, to be sent again with all that follows it, one by one.
   *
   * @param {OnItsWay} one
   */
  hold(one) {
    one.sent = false;
    this.oneByOne = true;
  }
  /**
   * Gives something new another id, in its own edit and in all that were made after it.
   *
   * @param {OnItsWay} one the edit that adds it
   * @param {string} section
   * @param {string} taken
   * @param {string} another
   */
  giveAnotherId(one, section2, taken, another) {
    for (const other of this.edits.slice(this.edits.indexOf(one))) {
      const { edit } = other.message;
      if (edit) other.message = { ...other.message, edit: withAnotherId(edit, section2, taken, another) };
    }
    one.renamed += 1;
    one.sent = false;
  }
  /**
   * @param {Doc} doc
   * @returns {Doc} with these edits done
   */
  over(doc) {
    return this.edits.reduce((value, { message }) => message.edit ? predict(value, message.edit) : value, doc);
  }
};

// board/source/sync/people.js
var MILLISECONDS_BETWEEN_SIGNS_OF_LIFE = 8e3;
var MILLISECONDS_BETWEEN_POINTERS = 50;
var LONGEST_NAME = 60;
var HUES = 24;
var SHOWN = (
  /** @type {const} */
  ["step", "pointer", "holds", "editing"]
);
function hueOf(id2) {
  return (Number.parseInt(id2.slice(0, 4), 16) || 0) % HUES;
}
var People = class {
  /** @param {string} me the id of one's own tab */
  constructor(me2) {
    this.me = me2;
    this.others = /* @__PURE__ */ new Map();
    this.sorted = null;
  }
  /** @returns {Person[]} by name; the same list until somebody changes */
  get list() {
    this.sorted ??= [...this.others.values()].sort(
      (one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1)
    );
    return this.sorted;
  }
  /**
   * Everybody who is here, as the kernel says. What is known of them stays.
   *
   * @param {any} listed
   */
  replace(listed) {
    const known2 = this.others;
    this.others = /* @__PURE__ */ new Map();
    for (const said2 of Array.isArray(listed) ? listed : []) this.hear(said2, known2);
    this.sorted = null;
  }
  /**
   * What one tab tells of itself.
   *
   * @param {any} said
   * @param {Map<string, Person>} [known]
   */
  hear(said2, known2 = this.others) {
    if (typeof said2?.person !== "string" || typeof said2.tab !== "string") return;
    const id2 = said2.person + said2.tab;
    if (id2 === this.me) return;
    const name = String(said2.name ?? "").slice(0, LONGEST_NAME) || known2.get(id2)?.name || "Somebody";
    const person = { ...known2.get(id2), id: id2, name, hue: hueOf(id2), here: true };
    for (const key of SHOWN) if (Object.hasOwn(said2, key)) person[key] = said2[key];
    this.others.set(id2, person);
    this.sorted = null;
  }
};
function makeTeller(me2, send) {
  let last = 0;
  let waiting = {};
  let timer;
  const flush = () => {
    clearTimeout(timer);
    timer = void 0;
    last = Date.now();
    if (send(waiting)) waiting = {};
  };
  const alive2 = setInterval(flush, MILLISECONDS_BETWEEN_SIGNS_OF_LIFE);
  const tell = (said2) => {
    Object.assign(me2, said2);
    Object.assign(waiting, said2);
    const wait = last + MILLISECONDS_BETWEEN_POINTERS - Date.now();
    if (wait <= 0) flush();
    else timer ??= setTimeout(flush, wait);
  };
  return {
    tell,
    tellAll: () => tell(Object.fromEntries(SHOWN.map((key) => [key, me2[key] ?? null]).filter(([, value]) => value))),
    close() {
      clearInterval(alive2);
      clearTimeout(timer);
    }
  };
}

// board/source/sync/questions.js
var SECONDS_TO_ANSWER = 15;
var Questions = class {
  /** @param {(message: object) => void} send */
  constructor(send) {
    this.send = send;
    this.asked = 0;
    this.open = /* @__PURE__ */ new Map();
  }
  /**
   * @param {string} question
   * @param {object} about
   * @returns {Promise<any>} rejects with a sentence for people
   */
  ask(question, about) {
    const n = ++this.asked;
    return new Promise((resolve, reject) => {
      const late = "The kernel does not answer. It may be busy with a cell: try again when that is done.";
      const timer = setTimeout(() => this.#close(n)?.reject(new Error(late)), SECONDS_TO_ANSWER * 1e3);
      this.open.set(n, { resolve, reject, timer });
      this.send({ type: "ask", n, question, about });
    });
  }
  /** @param {any} answer */
  hear({ n, ok, value, why }) {
    const one = this.#close(n);
    if (ok) one?.resolve(value);
    else one?.reject(new Error(String(why || "The kernel has no answer to that.")));
  }
  /** @param {string} why a sentence for people */
  refuseAll(why) {
    for (const n of [...this.open.keys()]) this.#close(n)?.reject(new Error(why));
  }
  /** @param {number} n */
  #close(n) {
    const one = this.open.get(n);
    clearTimeout(one?.timer);
    this.open.delete(n);
    return one;
  }
};

// board/source/sync/sealing.js
var ROUNDS = 64;
var BLOCK = 64;
var { STARTS, ADDED } = constants();
function freshKey() {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(32));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
function unsealed({ nonce, text: text2 }, key) {
  const closed = Uint8Array.from(atob(text2), (character) => character.charCodeAt(0));
  const start = new Uint8Array([...bytesOf(key), ...bytesOf(nonce), 0, 0, 0, 0]);
  const counter = new DataView(start.buffer);
  for (let at = 0; at < closed.length; at += 32) {
    counter.setUint32(start.length - 4, at / 32);
    const mixed = sha256(start);
    for (let index = 0; index < 32 && at + index < closed.length; index += 1) closed[at + index] ^= mixed[index];
  }
  return JSON.parse(new TextDecoder().decode(closed));
}
function bytesOf(digits) {
  return (digits.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
}
function sha256(bytes) {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 536870912));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const state = Uint32Array.from(STARTS);
  const words2 = new Uint32Array(ROUNDS);
  for (let at = 0; at < padded.length; at += BLOCK) {
    for (let round = 0; round < ROUNDS; round += 1) {
      words2[round] = round < 16 ? view.getUint32(at + 4 * round) : expanded(words2, round);
    }
    compress(state, words2);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setUint32(4 * index, word));
  return new Uint8Array(digest.buffer);
}
function expanded(words2, round) {
  const [early, late] = [words2[round - 15], words2[round - 2]];
  const one = turned(early, 7) ^ turned(early, 18) ^ early >>> 3;
  const other = turned(late, 17) ^ turned(late, 19) ^ late >>> 10;
  return words2[round - 16] + one + words2[round - 7] + other;
}
function compress(state, words2) {
  let [a, b, c, d, e, f, g, i] = state;
  for (let round = 0; round < ROUNDS; round += 1) {
    const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = i + high + (e & f ^ ~e & g) + ADDED[round] + words2[round] | 0;
    const low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = low + (a & b ^ a & c ^ b & c) | 0;
    [i, g, f, e, d, c, b, a] = [g, f, e, d + first | 0, c, b, a, first + second | 0];
  }
  [a, b, c, d, e, f, g, i].forEach((word, index) => state[index] += word);
}
function turned(word, by) {
  return word >>> by | word << 32 - by;
}
function constants() {
  const primes = [];
  for (let number = 2; primes.length < ROUNDS; number += 1) {
    if (primes.every((prime) => number % prime)) primes.push(number);
  }
  const fraction = (root) => Math.floor((root - Math.floor(root)) * 4294967296) >>> 0;
  return {
    STARTS: primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime))),
    ADDED: Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)))
  };
}

// board/source/sync/timing.js
function patiently(seconds, work) {
  let times = 0;
  let timer;
  const wait = () => {
    timer = setTimeout(run, seconds[Math.min(times, seconds.length - 1)] * 1e3);
  };
  const run = () => {
    clearTimeout(timer);
    work(times);
    times += 1;
    wait();
  };
  const stop = () => {
    clearTimeout(timer);
    timer = void 0;
    times = 0;
  };
  return {
    start() {
      stop();
      run();
    },
    later() {
      if (timer === void 0) wait();
    },
    stop,
    get running() {
      return timer !== void 0;
    }
  };
}
function oncePerPicture(work) {
  let asked2 = false;
  return () => {
    if (asked2) return;
    asked2 = true;
    const run = () => {
      asked2 = false;
      work();
    };
    const shown = typeof requestAnimationFrame === "function" && globalThis.document?.visibilityState === "visible";
    if (shown) requestAnimationFrame(run);
    else setTimeout(run, 16);
  };
}

// board/source/sync/session.js
var SECONDS_BETWEEN_HELLOS = [1, 2, 4, 8, 15, 30, 60];
var HELLOS_UNTIL_AWAY = 3;
var SECONDS_BETWEEN_TRIES = [1, 2, 4, 8, 15];
var SECONDS_WITHOUT_WORD = 10;
var AWAY = "The kernel is not connected. Try again when it is.";
function openSession({ wire, person, tab: tab2 = freshTab(), name = "", step = 1, path = "", first = 0 }) {
  const me2 = { id: `${person}${tab2}`, name, hue: hueOf(person), step, here: true };
  const known2 = nothingKnown();
  const key = wire.shared ? freshKey() : "";
  let count2 = first;
  let closed = false;
  let shown = (
    /** @type {Doc | null} */
    null
  );
  const listeners = /* @__PURE__ */ new Map();
  const emit = (event, detail = void 0) => {
    for (const listener of [...listeners.get(event) ?? []]) {
      try {
        listener(detail);
      } catch (error) {
        console.error(error);
      }
    }
  };
  const send = (message) => {
    try {
      wire.send({ ...message, person, tab: tab2, name: me2.name });
    } catch {
      setStatus("away");
    }
  };
  const setStatus = (now) => {
    if (known2.status === now || known2.status === "outdated") return;
    known2.status = now;
    if (now !== "live") {
      people.replace([]);
      questions.refuseAll(AWAY);
      emit("people");
    }
    emit("status", now);
  };
  const soon = oncePerPicture(() => closed || emit("change"));
  const peopleSoon = oncePerPicture(() => closed || emit("people"));
  const pending = new Pending(send);
  const people = new People(me2.id);
  const questions = new Questions(send);
  const teller = makeTeller(me2, (said2) => {
    if (known2.status === "live") send({ type: "presence", ...said2 });
    return known2.status === "live";
  });
  const hello = patiently(SECONDS_BETWEEN_HELLOS, (times) => {
    if (times === 0) pending.mark();
    if (times >= HELLOS_UNTIL_AWAY) setStatus("away");
    const sealing = key ? { key } : {};
    send({ type: "hello", protocol: PROTOCOL, step: me2.step, revision: known2.revision || null, ...sealing });
  });
  const tries = patiently(SECONDS_BETWEEN_TRIES, () => {
    if (known2.status === "live") pending.pump();
  });
  const watch = setInterval(() => {
    const oldest = pending.edits[0];
    const late = oldest?.sent && Date.now() - oldest.sentAt > SECONDS_WITHOUT_WORD * 1e3;
    if (late && known2.status === "live") again();
  }, 1e3);
  const gone = stayAlive(me2.id);
  const again = () => {
    if (!closed && !hello.running) hello.start();
  };
  const remember2 = () => {
    if (known2.path) keep(known2.path, person, pending.messages, pending.ids);
  };
  const changed = () => {
    shown = null;
    remember2();
    soon();
  };
  const hearing = makeHearing({
    known: known2,
    me: me2,
    pending,
    people,
    emit,
    setStatus,
    changed,
    peopleSoon,
    again,
    tries,
    greeted() {
      hello.stop();
      teller.tellAll();
    },
    outdated: () => hello.stop(),
    answer: (message) => questions.hear(message),
    carryOut: (edit) => void session2.do(edit),
    over: () => session2.doc
  });
  wire.onMessage((message) => {
    if (closed || known2.status === "outdated" || message?.to && message.to !== me2.id) return;
    try {
      if (message?.type === "sealed") message = unsealed(message, key);
      if (Object.hasOwn(hearing, message?.type)) hearing[message.type](message);
    } catch (error) {
      console.error(error);
      again();
    }
  });
  wire.onStatus((now) => {
    if (closed || known2.status === "outdated") return;
    if (now === "closed") setStatus("away");
    hello.start();
  });
  const onItsWay = (message, said2) => {
    if (closed || known2.status === "outdated") return Promise.resolve(refusedHere(said2, closed, emit));
    count2 += 1;
    const outcome = pending.add({ ...message, id: `${me2.id}_${count2}` }, said2);
    shown = null;
    remember2();
    if (known2.status === "live") pending.pump();
    emit("change");
    return outcome;
  };
  const session2 = {
    get doc() {
      return shown ??= pending.over(known2.doc);
    },
    get revision() {
      return known2.revision;
    },
    get insight() {
      return known2.insight;
    },
    get people() {
      return people.list;
    },
    get pending() {
      return pending.count;
    },
    get status() {
      return known2.status;
    },
    get workshop() {
      return known2.workshop;
    },
    get door() {
      return known2.door;
    },
    atDoor(what) {
      if (known2.status === "live") send({ type: "door", do: what });
    },
    get quiet() {
      return known2.quiet;
    },
    me: me2,
    do: (edit, { was } = {}) => {
      const message = { type: (
        /** @type {const} */
        "edit"
      ), edit: withIds(session2.doc, edit, known2.retired) };
      for (const id2 of idsRetiredBy(edit)) known2.retired.add(id2);
      return onItsWay(was === void 0 ? message : { ...message, was }, edit);
    },
    undo: () => onItsWay({ type: "undo" }),
    redo: () => onItsWay({ type: "redo" }),
    ask: (question, about = {}) => known2.status === "live" ? questions.ask(question, about) : Promise.reject(new Error(AWAY)),
    tell(said2) {
      teller.tell(said2);
      if (Object.hasOwn(said2, "name")) emit("people");
    },
    on(event, listener) {
      const set = listeners.get(event) ?? /* @__PURE__ */ new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
    close() {
      if (closed) return;
      send({ type: "bye" });
      closed = true;
      hello.stop();
      tries.stop();
      clearInterval(watch);
      teller.close();
      questions.refuseAll("The board was closed.");
      remember2();
      gone();
      for (const one of [...pending.edits]) pending.settle(one, LEFT_ALONE);
      wire.close();
    }
  };
  if (path) {
    known2.path = path;
    pending.adopt(kept(path, person));
  }
  hello.start();
  return session2;
}
var LEFT_ALONE = {
  ok: false,
  why: "The board was closed before the kernel had this edit.",
  remedy: "It is kept, and sent when the board is open again.",
  again: true
};
function refusedHere(edit, closed, emit) {
  const why = closed ? "This board is closed." : "This page is older than the notebook and can only be read.";
  const remedy = closed ? "Run its cell to open it again." : "Reload the page.";
  const outcome = { ok: false, why, remedy };
  emit("refused", { ...outcome, edit });
  return outcome;
}
function freshTab() {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(2));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// board/source/dom.js
function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === void 0 || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}
function append(element, children) {
  for (const child of children) {
    if (child === null || child === void 0 || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child instanceof Node ? child : String(child));
  }
}

// workshop/page/source/form.js
function makeForm(known2, submit) {
  const code = h("input", {
    id: "code",
    name: "code",
    value: known2.code,
    autocomplete: "off",
    autocapitalize: "characters",
    autocorrect: "off",
    spellcheck: "false",
    enterkeyhint: "next",
    required: true,
    maxlength: 20,
    "aria-describedby": "code-hint"
  });
  const name = h("input", {
    id: "name",
    name: "name",
    value: known2.name,
    autocomplete: "given-name",
    enterkeyhint: "go",
    required: true,
    maxlength: 60,
    dir: "auto"
  });
  const said2 = h("p", { class: "form-said", role: "alert" });
  const status = h("p", { class: "form-status", role: "status" });
  const button = h("button", { type: "submit", class: "go" }, "Join");
  let counting;
  const form2 = h(
    "form",
    { novalidate: true },
    h("h1", null, "Join the workshop"),
    h("label", { for: "code" }, "Code"),
    code,
    h("p", { class: "hint", id: "code-hint" }, "Six letters and digits; they stand on the big screen."),
    h("label", { for: "name" }, "Your name"),
    name,
    said2,
    button,
    status
  );
  const notes = h("div", { class: "door-notes", "aria-hidden": "true" }, h("i"), h("i"), h("i"), h("i"));
  const element = h("main", { class: "door" }, notes, form2);
  form2.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled) return;
    const missing = [code, name].find((field) => !field.value.trim());
    if (missing) {
      said2.textContent = missing === code ? "Type the code first." : "Type your name: the others see it.";
      missing.focus();
      return;
    }
    said2.textContent = "";
    submit({ code: code.value, name: name.value.trim() });
  });
  return {
    element,
    focus: () => (code.value ? name : code).focus(),
    /** @param {string} value */
    fill(value) {
      code.value = value;
      name.focus();
    },
    /** @param {Refusal} refusal */
    refused({ why, remedy, wait }) {
      said2.textContent = `${why} ${remedy}`.trim();
      clearInterval(counting);
      let left = Math.ceil(wait);
      const count2 = () => {
        button.disabled = left > 0;
        button.textContent = left > 0 ? `Try again in ${left} s` : "Join";
        if (left-- <= 0) clearInterval(counting);
      };
      count2();
      if (left >= 0) counting = setInterval(count2, 1e3);
    },
    /**
     * @param {LineState} state
     * @param {string} words
     */
    state(state, words2) {
      const waits = state === "away" || state === "resting";
      status.textContent = waits ? words2 : "";
    }
  };
}

// workshop/page/source/kept.js
var PLACE = `anycompany-guest:${location.pathname}`;
var DRAFT = `anycompany-draft:${location.pathname}`;
function recall() {
  const said2 = read(PLACE);
  return said2 && /^[0-9a-f]{8}$/.test(said2.person) && typeof said2.key === "string" ? said2 : null;
}
function remember(kept2) {
  write(PLACE, kept2);
}
function recallDraft() {
  const said2 = read(DRAFT) ?? {};
  return { text: String(said2.text ?? ""), kind: String(said2.kind ?? "events"), lost: Array.isArray(said2.lost) ? said2.lost : [] };
}
function rememberDraft(draft) {
  write(DRAFT, draft);
}
function setAside({ workshop, person }) {
  const left = kept(workshop, person);
  const why = "It was written for another workshop, or before you joined anew.";
  const notes = left.flatMap(({ edit }) => {
    const { kind: does, to, of, name } = (
      /** @type {any} */
      edit ?? {}
    );
    return does === "add" || does === "rename" ? [{ kind: to ?? of, text: String(name), why }] : [];
  });
  const draft = recallDraft();
  const lost = [...draft.lost, ...notes];
  if (notes.length) rememberDraft({ ...draft, lost });
  if (recallDraft().lost.length < lost.length) return;
  keep(workshop, person, [], new Set(left.map(({ id: id2 }) => id2)));
}
function read(place2) {
  try {
    return JSON.parse(localStorage.getItem(place2) ?? "null");
  } catch {
    return null;
  }
}
function write(place2, value) {
  try {
    localStorage.setItem(place2, JSON.stringify(value));
  } catch {
  }
}

// workshop/page/source/line.js
var SECONDS_BETWEEN_TRIES2 = [0.3, 1, 2, 4, 8];
var SECONDS_WITHOUT_WORD2 = 12;
var AT_ONCE = 30;
var MILLISECONDS_BETWEEN = 70;
var OWN = ["welcome", "refused", "resting", "back", "closed"];
function openLine(address, page, extra) {
  let socket = null;
  let state = "away";
  let tries = 0;
  let closed = false;
  let heard = 0;
  let said2 = 0;
  let timer;
  let waiting = [];
  let credit = AT_ONCE;
  let hear = () => {
  };
  let tell = () => {
  };
  const be = (now, why2 = "") => {
    const before = state;
    state = now;
    if (now !== "in") waiting = [];
    if (before === "in" && now !== "in") tell("closed");
    if (before !== "in" && now === "in") tell("open");
    page.state(now, why2);
  };
  const say = (message) => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    said2 ||= Date.now();
    socket.send(JSON.stringify(message));
  };
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
    be("knocking");
    say({ type: "knock", ...first });
  };
  const connect = () => {
    clearTimeout(timer);
    if (closed || socket && socket.readyState <= WebSocket.OPEN) return;
    const mine = new WebSocket(address);
    socket = mine;
    heard = said2 = 0;
    mine.onopen = () => {
      tries = 0;
      knock();
    };
    mine.onmessage = ({ data }) => {
      if (mine !== socket) return;
      heard = Date.now();
      said2 = 0;
      const message = JSON.parse(data);
      if (OWN.includes(message.type)) own(message);
      else if (extra.includes(message.type)) page.told(message);
      else hear(message);
    };
    mine.onclose = () => {
      if (mine !== socket) return;
      socket = null;
      if (state !== "refused") be("away", why);
      why = "";
      later();
    };
  };
  let why = "";
  const later = () => {
    if (closed) return;
    clearTimeout(timer);
    const seconds = SECONDS_BETWEEN_TRIES2[Math.min(tries, SECONDS_BETWEEN_TRIES2.length - 1)];
    timer = setTimeout(connect, seconds * 1e3 * (0.75 + Math.random() / 2));
    tries += 1;
  };
  const own = (message) => {
    if (message.type === "welcome") {
      page.welcome(message);
      be("in");
    } else if (message.type === "refused") {
      be("refused");
      page.refused(message);
    } else if (message.type === "resting") {
      be("resting");
    } else if (message.type === "back") {
      knock();
    } else {
      why = String(message.why ?? "");
    }
  };
  const giveUp = () => {
    if (!socket) return;
    const dead = socket;
    socket = null;
    dead.close();
    be("away");
    later();
  };
  const watch = setInterval(() => {
    if (said2 && Date.now() - Math.max(said2, heard) > SECONDS_WITHOUT_WORD2 * 1e3) giveUp();
  }, 1e3);
  const awake = () => {
    if (document.visibilityState === "visible" && !socket) {
      tries = 0;
      connect();
    }
  };
  addEventListener("online", awake);
  addEventListener("offline", giveUp);
  document.addEventListener("visibilitychange", awake);
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
        if (state !== "in") return;
        const { id: id2 } = (
          /** @type {any} */
          message
        );
        if (id2 && waiting.some((one) => one.id === id2)) return;
        waiting.push(message);
        flow();
      },
      onMessage(listener) {
        hear = listener;
      },
      onStatus(listener) {
        tell = listener;
      },
      close() {
      }
    }
  };
}
function socketAddress() {
  const here = new URL("join/socket", location.href);
  here.protocol = here.protocol.replace("http", "ws");
  here.hash = here.search = "";
  return here.href;
}
function freshTab2() {
  const bytes = crypto.getRandomValues(new Uint8Array(2));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// workshop/page/source/timer.js
function makeTimer(show2) {
  let told = { left: null, running: false };
  let since = 0;
  let shown = "";
  const draw = () => {
    const gone = told.running ? Math.floor((performance.now() - since) / 1e3) : 0;
    const left = told.left === null ? null : told.left - gone;
    const words2 = left === null ? "" : clock(left);
    if (words2 === shown) return;
    shown = words2;
    show2(words2, left !== null && left < 0);
  };
  setInterval(draw, 250);
  return (standing) => {
    told = standing ?? { left: null, running: false };
    since = performance.now();
    draw();
  };
}
function clock(seconds) {
  const rest = Math.abs(seconds);
  const [hours, minutes] = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60];
  const tail = `${String(minutes).padStart(hours ? 2 : 1, "0")}:${String(rest % 60).padStart(2, "0")}`;
  return `${seconds < 0 ? "−" : ""}${hours ? `${hours}:` : ""}${tail}`;
}

// workshop/page/source/voting.js
function makeVoting(session2, tell) {
  let mine = /* @__PURE__ */ new Set();
  const onTheWay = /* @__PURE__ */ new Map();
  let voting = null;
  const left = h("p", { class: "dots-left", role: "status" });
  const list = h("ul", { class: "votes" });
  const said2 = h("p", { class: "note-said", role: "alert" });
  const empty = h("p", { class: "hint" }, "Nothing to vote on yet: there are no hot spots.");
  const secret = h("p", { class: "hint" }, "What others chose is shown when the vote is closed.");
  const element = h("div", { class: "voting" }, left, secret, said2, list, empty);
  const has2 = (key) => onTheWay.get(key) ?? mine.has(key);
  const toggle = async (key) => {
    const up = !has2(key);
    const [section2, id2] = [key.slice(0, key.indexOf("/")), key.slice(key.indexOf("/") + 1)];
    said2.textContent = "";
    onTheWay.set(key, up);
    draw();
    const on = section2 === "hotspots" ? { hotspot: id2 } : { context: id2 };
    const outcome = await session2.do({ kind: "vote", ...on, who: session2.me.name || "Somebody", up });
    if (!outcome.ok && !outcome.again) {
      onTheWay.delete(key);
      said2.textContent = `${outcome.why} ${outcome.remedy}`.trim();
    }
    draw();
  };
  const draw = () => {
    const { hotspots = {}, contexts = {} } = session2.doc;
    const spots = Object.entries(hotspots).map(([id2, { text: text2, votes = [] }]) => ({ key: `hotspots/${id2}`, text: text2, votes }));
    const places = Object.entries(contexts).map(([id2, context]) => ({
      key: `contexts/${id2}`,
      text: context.name ?? id2.replaceAll("-", " "),
      votes: (
        /** @type {{votes?: string[]}} */
        context.votes ?? []
      )
    }));
    const all = [...spots, ...places.filter(({ votes }) => voting || votes.length)];
    if (!voting) all.sort((one, other) => other.votes.length - one.votes.length);
    const closed = !voting && Boolean(session2.workshop?.phase);
    const hidden = Boolean(voting) && session2.doc.workshop?.voting?.hidden !== false;
    const put2 = all.filter(({ key }) => has2(key)).length;
    left.textContent = voting ? dots(voting.of - put2) : closed ? "No vote is open now." : "";
    tell(voting ? Math.max(0, voting.of - put2) : 0);
    secret.hidden = !hidden;
    empty.hidden = all.length > 0;
    const focused = (
      /** @type {HTMLElement | null} */
      document.activeElement?.dataset.key
    );
    list.replaceChildren(...all.map(({ key, text: text2, votes }) => {
      const own = has2(key);
      const count2 = votes.length;
      return h(
        "li",
        null,
        h(
          "button",
          {
            type: "button",
            class: `vote is-${key.split("/")[0]}`,
            "data-key": key,
            "aria-pressed": String(own),
            disabled: closed,
            onclick: () => void toggle(key)
          },
          h("span", { class: "text", dir: "auto" }, text2),
          h("span", { class: "count" }, hidden ? "" : count2 === 1 ? "1 dot" : `${count2} dots`),
          h("span", { class: "mark" }, own ? "Yours ●" : closed ? "" : "Vote ○")
        )
      );
    }));
    if (focused) {
      for (const button of list.querySelectorAll("button")) if (button.dataset.key === focused) button.focus();
    }
  };
  const drawIfSeen = () => {
    if (!element.closest("[hidden]")) draw();
  };
  session2.on("change", drawIfSeen);
  session2.on("workshop", () => {
    voting = session2.workshop?.dots ?? null;
    if (voting) mine = new Set(Object.keys(voting.on));
    draw();
  });
  return {
    element,
    shown: draw,
    /** @param {string[]} keys */
    own(keys2) {
      mine = new Set(keys2);
      for (const [key, up] of onTheWay) if (mine.has(key) === up) onTheWay.delete(key);
      draw();
    }
  };
}
function dots(count2) {
  if (count2 <= 0) return "All your dots are put. Take one back to put it elsewhere.";
  return count2 === 1 ? "You have one dot left." : `You have ${count2} dots left.`;
}

// workshop/page/source/watching.js
function makeWatching(session2) {
  let board = null;
  let loading = null;
  let step = 1;
  const place2 = h("div", { class: "wall-place" });
  const select = h("select", { id: "step", onchange: () => board?.setStep(Number(select.value)) });
  const button = (words2, sign, run) => h("button", { type: "button", "aria-label": words2, onclick: run }, sign);
  const tools = h(
    "div",
    { class: "wall-tools" },
    h("label", { for: "step", class: "unseen" }, "What is shown"),
    select,
    button("Farther", "−", () => board?.camera.zoomBy(0.8)),
    button("Nearer", "+", () => board?.camera.zoomBy(1.25)),
    button("The whole wall", "⤢", () => board?.camera.fit())
  );
  const element = h("div", { class: "watching" }, tools, place2);
  const load = () => board ? Promise.resolve() : loading ??= fetched();
  const fetched = async () => {
    place2.textContent = "The wall is coming …";
    try {
      await styled("wall.css");
      const { STEP_NAMES, watchWall } = await import(
        /* @vite-ignore */
        new URL("wall.js", location.href).href
      );
      for (const { number, short: short2 } of STEP_NAMES) select.append(h("option", { value: number }, `${number} ${short2}`));
      select.value = String(step);
      place2.textContent = "";
      const made = (
        /** @type {Board} */
        watchWall(place2, session2, step).board
      );
      made.on("step", () => void (select.value = String(made.step.number)));
      board = made;
    } catch {
      place2.replaceChildren("The wall did not come. ", h("button", { type: "button", onclick: () => void load() }, "Try again"));
    }
    loading = null;
  };
  session2.on("workshop", () => {
    const next = session2.workshop?.phase?.step || step;
    if (next === step) return;
    step = next;
    select.value = String(step);
    board?.setStep(step);
  });
  return {
    element,
    shown: () => void load(),
    /** Shows a step, wherever the phase is. @param {number} number */
    async show(number) {
      await load();
      board?.setStep(number);
    }
  };
}
function styled(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((done, failed) => {
    const link = h("link", { rel: "stylesheet", href, onload: () => done(), onerror: () => {
      link.remove();
      failed(new Error(href));
    } });
    document.head.append(link);
  });
}

// workshop/page/source/writing.js
var LONGEST2 = 1e4;
var KINDS = {
  events: { name: "Event", hint: "Something that has happened, such as Room Booked" },
  hotspots: { name: "Hot spot", hint: "A question, an objection or a risk" }
};
function makeWriting(session2) {
  const draft = recallDraft();
  let kind = draft.kind === "hotspots" ? "hotspots" : "events";
  let mine = [];
  let waiting = allKeys(session2);
  let changing = null;
  const field = h("textarea", { id: "note", rows: 3, dir: "auto", "aria-describedby": "note-said", enterkeyhint: "send" });
  field.value = draft.text;
  const label = h("label", { for: "note" }, "");
  const said2 = h("p", { class: "note-said", id: "note-said", role: "status" });
  const list = h("ul", { class: "own", "aria-label": "Your notes" });
  const head = h("h2", null, "Your notes");
  const choices = Object.entries(KINDS).map(
    ([value, { name }]) => h("label", { class: `kind is-${value}` }, h("input", { type: "radio", name: "kind", value, onchange: () => choose(
      /** @type {Kind} */
      value
    ) }), h("span", null, name))
  );
  const composer = h(
    "form",
    { class: "composer" },
    h("fieldset", { class: "kinds" }, h("legend", { class: "unseen" }, "Kind of note"), choices),
    label,
    field,
    said2,
    h("button", { type: "submit", class: "go" }, "Stick it on the wall")
  );
  const element = h("div", { class: "writing" }, composer, head, list);
  const choose = (value) => {
    kind = value;
    draft.kind = value;
    rememberDraft(draft);
    composer.dataset.kind = value;
    label.textContent = KINDS[value].hint;
    for (const input of composer.querySelectorAll("input")) input.checked = input.value === value;
  };
  field.addEventListener("input", () => {
    draft.text = field.value;
    rememberDraft(draft);
    const over = [...field.value].length - LONGEST2;
    said2.textContent = over > 0 ? `A note holds ${LONGEST2.toLocaleString("en")} characters: ${over.toLocaleString("en")} too many.` : "";
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    composer.requestSubmit();
  });
  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    const text2 = field.value.trim();
    if (!text2) return void (said2.textContent = "Type something first.");
    if ([...text2].length > LONGEST2) return;
    field.value = draft.text = "";
    rememberDraft(draft);
    said2.textContent = "";
    void send({ kind: "add", to: kind, name: text2 });
    field.focus();
  });
  const send = async (edit) => {
    const before = allKeys(session2);
    const done = session2.do(edit);
    const fresh = allKeys(session2).filter((key) => !before.includes(key));
    waiting = [...waiting, ...fresh];
    draw();
    await done;
    waiting = waiting.filter((key) => !fresh.includes(key));
    draw();
  };
  session2.on("refused", ({ edit, why, remedy = "", again }) => {
    if (again) return;
    said2.textContent = `${why} ${remedy}`.trim();
    const isText = edit?.kind === "add" || edit?.kind === "rename";
    if (isText) draft.lost = [...draft.lost, { kind: edit.to ?? edit.of, text: edit.name, why: said2.textContent }];
    rememberDraft(draft);
    draw();
  });
  const draw = () => {
    const doc = session2.doc;
    const keys2 = /* @__PURE__ */ new Set([...mine, ...waiting]);
    const rows = [...keys2].flatMap((key) => {
      const [section2, id2] = [key.slice(0, key.indexOf("/")), key.slice(key.indexOf("/") + 1)];
      const thing = (
        /** @type {any} */
        doc[section2]?.[id2]
      );
      if (!thing) return [];
      return [row(key, section2, id2, thing.name ?? thing.text)];
    });
    const lost = draft.lost.map((note, index) => lostRow(note, index));
    list.replaceChildren(...lost, ...rows.reverse());
    head.textContent = rows.length ? `Your notes (${rows.length})` : "Your notes";
    head.hidden = !rows.length && !lost.length;
    element.dataset.pending = String(session2.pending);
  };
  const row = (key, section2, id2, text2) => {
    const waits = !mine.includes(key);
    if (changing === key) return editor(section2, id2, text2);
    return h(
      "li",
      { class: `own-note is-${section2}${waits ? " is-waiting" : ""}`, "data-key": key },
      h("span", { class: "text", dir: "auto" }, text2),
      h("span", { class: "tag" }, waits ? "waits" : KINDS[
        /** @type {Kind} */
        section2
      ].name),
      h(
        "span",
        { class: "doings" },
        h("button", { type: "button", "aria-label": `Change ${short(text2)}`, disabled: waits, onclick: () => {
          changing = key;
          draw();
          list.querySelector("textarea")?.focus();
        } }, "Change"),
        h("button", { type: "button", "aria-label": `Take back ${short(text2)}`, disabled: waits, onclick: () => void send({ kind: "remove", of: section2, id: id2 }) }, "Take back")
      )
    );
  };
  const editor = (section2, id2, text2) => {
    const area = h("textarea", { rows: 3, dir: "auto", "aria-label": "Your note" });
    area.value = text2;
    const done = () => {
      changing = null;
      draw();
    };
    return h(
      "li",
      { class: `own-note is-${section2} is-open` },
      area,
      h(
        "span",
        { class: "doings" },
        h("button", { type: "button", onclick: done }, "Leave it"),
        h("button", { type: "button", onclick: () => {
          const now = area.value.trim();
          if (!now || [...now].length > LONGEST2) return void (said2.textContent = now ? "That is too long." : "A note needs a text.");
          done();
          if (now !== text2) void send({ kind: "rename", of: section2, id: id2, name: now });
        } }, "Save")
      )
    );
  };
  const lostRow = (note, index) => {
    const drop = () => {
      draft.lost.splice(index, 1);
      rememberDraft(draft);
      draw();
    };
    return h(
      "li",
      { class: `own-note is-${note.kind} is-lost` },
      h("span", { class: "text", dir: "auto" }, note.text),
      h("span", { class: "why" }, `Not on the wall: ${note.why}`),
      h(
        "span",
        { class: "doings" },
        h("button", { type: "button", onclick: () => {
          drop();
          void send({ kind: "add", to: note.kind, name: note.text });
        } }, "Send again"),
        h("button", { type: "button", onclick: drop }, "Throw away")
      )
    );
  };
  choose(kind);
  session2.on("change", () => {
    if (!changing) draw();
  });
  draw();
  return {
    element,
    shown: draw,
    /** Whether somebody is in the middle of a note. */
    busy: () => changing !== null || field.value.trim() !== "",
    /**
     * @param {string[]} keys
     * @param {boolean} afresh
     */
    own(keys2, afresh) {
      mine = afresh ? keys2 : [.../* @__PURE__ */ new Set([...mine, ...keys2])];
      if (!changing) draw();
    }
  };
}
function short(text2) {
  return text2.length > 60 ? `${text2.slice(0, 59)}…` : text2;
}
function allKeys({ doc }) {
  return [...Object.keys(doc.events ?? {}).map((id2) => `events/${id2}`), ...Object.keys(doc.hotspots ?? {}).map((id2) => `hotspots/${id2}`)];
}

// workshop/page/source/room.js
function makeRoom(session2) {
  const title = h("h1", { class: "storm", dir: "auto" }, "Workshop");
  const phase = h("p", { class: "phase" });
  const time = h("p", { class: "time", role: "timer", hidden: true });
  const asks = h("section", { class: "asks", "aria-label": "Now", hidden: true });
  let tabs;
  const trouble = h("div", { class: "trouble", role: "status" });
  const writing = makeWriting(session2);
  const watching = makeWatching(session2);
  const voting = makeVoting(session2, (left) => {
    const more = [h("span", { class: "badge" }, `${left}`), h("span", { class: "unseen" }, " dots left")];
    tabs?.[2].replaceChildren("Vote", ...left > 0 ? more : []);
  });
  const parts = [
    { name: "Write", part: writing },
    { name: "Wall", part: watching },
    { name: "Vote", part: voting }
  ];
  tabs = parts.map(
    ({ name }, index) => h("button", { type: "button", role: "tab", id: `tab-${index}`, "aria-controls": `part-${index}`, onclick: () => open(index) }, name)
  );
  const panels = parts.map(
    ({ part }, index) => h("div", { role: "tabpanel", class: "part", id: `part-${index}`, "aria-labelledby": `tab-${index}`, tabindex: 0 }, part.element)
  );
  const bar = h("div", { class: "tabs", role: "tablist", "aria-label": "Workshop" }, tabs);
  const element = h(
    "div",
    { class: "room" },
    h("header", null, h("div", { class: "heading" }, title, phase), time),
    asks,
    trouble,
    h("main", null, h("div", { class: "parts" }, panels), bar)
  );
  const timer = makeTimer((words2, over) => {
    time.hidden = !words2;
    time.textContent = words2;
    time.classList.toggle("is-over", over);
    time.setAttribute("aria-label", words2 ? `Time left: ${words2}` : "");
  });
  const open = (index) => {
    for (const [at, tab2] of tabs.entries()) {
      tab2.setAttribute("aria-selected", String(at === index));
      tab2.tabIndex = at === index ? 0 : -1;
      panels[at].hidden = at !== index;
    }
    parts[index].part.shown();
  };
  bar.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    const now = tabs.findIndex((tab2) => tab2.getAttribute("aria-selected") === "true");
    const next = (now + by + tabs.length) % tabs.length;
    open(next);
    tabs[next].focus();
    event.preventDefault();
  });
  const draw = () => {
    const { name, workshop } = session2.doc;
    title.textContent = name || "Workshop";
    const on = session2.workshop?.phase?.name;
    phase.replaceChildren(...on ? [`${on} · `] : [], h("bdi", null, session2.me.name));
    asks.textContent = wordsFor(session2.workshop, workshop ?? {}, session2.me.id.slice(0, 8));
    asks.hidden = !asks.textContent;
  };
  let called;
  const follow = () => {
    if (session2.status !== "live") return;
    const { here } = session2.doc.workshop ?? {};
    const since = here?.since ?? null;
    if (here && called !== void 0 && since !== called && !writing.busy()) {
      open(parts.findIndex(({ part }) => part === watching));
      void watching.show(here.step);
    }
    called = since;
  };
  session2.on("change", () => {
    draw();
    follow();
  });
  let votes = false;
  session2.on("workshop", () => {
    timer(session2.workshop);
    draw();
    const dots2 = session2.workshop?.dots;
    if (dots2 && !votes && !writing.busy()) open(parts.findIndex(({ part }) => part === voting));
    votes = Boolean(dots2);
  });
  open(0);
  draw();
  return {
    element,
    /**
     * @param {LineState} state
     * @param {string} words
     * @param {string} more
     */
    state(state, words2, more) {
      const fine = state === "in" || state === "knocking";
      trouble.replaceChildren(...fine ? [] : [h("strong", null, words2), " ", more]);
      element.dataset.state = state;
    },
    /**
     * @param {{keys: string[], votes: string[], afresh: boolean}} message which notes are one's own, all of them if
     *   `afresh`, else more of them; and what one has a dot on
     */
    own({ keys: keys2, votes: votes2, afresh }) {
      writing.own(keys2, afresh);
      voting.own(votes2);
    }
  };
}
function wordsFor(standing, { locked, driver }, person) {
  if (locked) return "The facilitator has locked the wall. Look and listen.";
  if (driver?.person === person) return "You are driving: write down what the others point at.";
  if (driver) return `${driver.name || "Somebody else"} is driving. Point at what you mean and say it.`;
  return standing?.phase?.asks ?? "";
}

// workshop/page/source/join.js
var STATES = {
  away: ["No connection", "What you type is kept here and sent when it is back."],
  knocking: ["Connecting …", ""],
  resting: ["The workshop is resting", "It goes on by itself. What you type is kept here and sent then."],
  in: ["", ""],
  refused: ["", ""]
};
keepIn(() => localStorage);
var app = (
  /** @type {HTMLElement} */
  document.getElementById("app")
);
var tab = freshTab2();
var me = recall();
var asked = me && codeInAddress() ? { code: codeInAddress(), name: me.name } : null;
var voided = false;
var session = null;
var room = null;
var form = makeForm({ code: codeInAddress(), name: me?.name ?? "" }, (said2) => {
  asked = said2;
  line.knock();
});
var line = openLine(
  socketAddress(),
  {
    knock() {
      if (asked) return { tab, ...asked, key: me?.key ?? "" };
      return me ? { tab, key: me.key } : null;
    },
    welcome({ person, name, key, workshop }) {
      const another = me?.person !== person || me?.workshop !== workshop;
      const before = another ? me : null;
      me = { person, name, key, workshop };
      remember(me);
      asked = null;
      voided = false;
      history.replaceState(null, "", location.pathname);
      if (another || !room) enter(before);
      if (session) session.me.name = name;
      show();
    },
    refused(refusal) {
      if (refusal.void) voided = true;
      const scanned = asked !== null && asked.code === codeInAddress() && me !== null && !voided;
      asked = null;
      if (scanned) {
        history.replaceState(null, "", location.pathname);
        return line.knock();
      }
      form.refused(refusal);
      show();
    },
    state(state, why) {
      const [title, more] = STATES[state];
      const words2 = why ? [why, more] : [title, more];
      room?.state(state, words2[0], words2[1]);
      form.state(state, words2[0]);
    },
    told(message) {
      room?.own(message);
    }
  },
  ["own"]
);
function enter(before) {
  session?.close();
  if (before) setAside(before);
  room?.element.remove();
  const { person, name, workshop } = (
    /** @type {Kept} */
    me
  );
  session = openSession({ wire: line.wire, person, tab, name, path: workshop, first: Date.now() });
  room = makeRoom(session);
}
function show() {
  const inside = room !== null && !voided;
  const next = inside ? (
    /** @type {NonNullable<typeof room>} */
    room.element
  ) : form.element;
  if (app.firstElementChild === next) return;
  app.replaceChildren(next);
  document.title = inside ? "Workshop" : "Join the workshop";
  if (!inside) form.focus();
}
function codeInAddress() {
  return decodeURIComponent(location.hash.slice(1)).replace(/[^\w-]/g, "").slice(0, 20);
}
addEventListener("hashchange", () => {
  const code = codeInAddress();
  if (code && me) location.reload();
  else if (code) form.fill(code);
});
if (me) enter();
show();
