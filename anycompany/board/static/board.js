// Made from anycompany/board/source by `make bundle`; change it there.

// board/source/dom.js
var SVG = "http://www.w3.org/2000/svg";
function h(tag2, attributes, ...children) {
  return fill(document.createElement(tag2), attributes, children);
}
function svg(tag2, attributes, ...children) {
  return fill(
    /** @type {any} */
    document.createElementNS(SVG, tag2),
    attributes,
    children
  );
}
function fill(element2, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === void 0 || value === false) continue;
    if (name.startsWith("on")) element2.addEventListener(name.slice(2), value);
    else element2.setAttribute(name, value === true ? "" : String(value));
  }
  append(element2, children);
  return element2;
}
function append(element2, children) {
  for (const child of children) {
    if (child === null || child === void 0 || child === false) continue;
    if (Array.isArray(child)) append(element2, child);
    else element2.append(child instanceof Node ? child : String(child));
  }
}

// board/source/frame/icons.js
var STROKES = {
  undo: "M5.5 3 2.5 6l3 3M2.5 6H10a3.5 3.5 0 0 1 0 7H6",
  redo: "m10.5 3 3 3-3 3M13.5 6H6a3.5 3.5 0 0 0 0 7h4",
  find: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3 14 14",
  minus: "M3 8h10",
  plus: "M3 8h10M8 3v10",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10M6 6h4v4H6z",
  hand: "M4.5 9V4.6a1 1 0 0 1 2 0V8V3.3a1 1 0 0 1 2 0V8V3.9a1 1 0 0 1 2 0V8.6V5.8a1 1 0 0 1 2 0V10c0 2.5-1.6 4.5-4 4.5-2.2 0-3.3-1-4.2-2.6L2.5 9.4c-.5-1 .8-1.7 1.4-.8z",
  export: "M8 2v8M5 7.2 8 10.2l3-3M2.5 11v2.5h11V11",
  replay: "M2.6 8a5.4 5.4 0 1 0 1.7-3.9L2.5 5.8M2.5 2.5v3.3h3.3M8 5v3.2l2.2 1.3",
  trace: "M3.5 4.5h3v3h-3zM9.5 9.5h3v3h-3zM5 7.5V11h4.5M6.5 6h4.5v3.5",
  whole: "M6 2.5H2.5V6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  shrink: "M2.5 6H6V2.5M10 2.5V6h3.5M13.5 10H10v3.5M6 13.5V10H2.5",
  keys: "M1.5 4h13v8h-13zM4 6.5h.01M6.7 6.5h.01M9.3 6.5h.01M12 6.5h.01M4 9.5h.01M12 9.5h.01M6.5 9.5h3",
  panel: "M2 3h12v10H2zM10 3v10",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  close: "M4 4l8 8M12 4l-8 8",
  play: "M5 3.2v9.6L12.5 8z",
  pause: "M5.2 3.5v9M10.8 3.5v9",
  back: "M10 3.5 5.5 8l4.5 4.5",
  forward: "M6 3.5 10.5 8 6 12.5",
  done: "M3 8.5 6.5 12 13 4.5",
  live: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.3 8.2l2 2 3.5-4",
  saving: "M8 2.5V9M5 5.2l3-3 3 3M2.5 9.5v4h11v-4",
  away: "M2 2l12 12M6.2 11.8 5.4 12.6a2.4 2.4 0 0 1-3.4-3.4l2-2M9.8 4.2l.8-.8a2.4 2.4 0 0 1 3.4 3.4l-2 2",
  unseen: "M2 2l12 12M6.4 6.6a2.2 2.2 0 0 0 3 3M4.3 4.6C2.9 5.5 1.9 6.8 1.4 8c1 2.4 3.5 4.4 6.6 4.4 1.2 0 2.3-.3 3.2-.7M7 3.7l1-.1c3.1 0 5.6 2 6.6 4.4-.3.8-.8 1.6-1.5 2.3",
  lock: "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  outdated: "M13.4 8A5.4 5.4 0 0 1 3.8 11.4M2.6 8a5.4 5.4 0 0 1 9.6-3.4M12.5 2v2.8H9.7M3.5 14v-2.8h2.8",
  people: "M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8ZM3 13.5c.4-2.6 2.4-4 5-4s4.6 1.4 5 4",
  palette: "M2.5 4h11M2.5 8h11M2.5 12h6"
};
function icon(name) {
  return svg(
    "svg",
    { class: "f-icon", viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: STROKES[name] })
  );
}
var SEVERITIES = {
  error: { word: "Error", body: "M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z", stroke: "M8 4.6v4M8 11.2h.01" },
  warning: { word: "Warning", body: "M8 1.8 15 14.2H1z", stroke: "M8 6.4v3.4M8 12h.01" },
  note: { word: "Note", body: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z", stroke: "M8 7.4v4M8 4.8h.01" }
};
function severityWord(severity) {
  return (SEVERITIES[severity] ?? SEVERITIES.note).word;
}
function severityMark(severity) {
  const known5 = SEVERITIES[severity] ? severity : "note";
  return svg(
    "svg",
    { class: `f-severity f-${known5}`, viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    svg("path", { class: "f-severity-body", d: SEVERITIES[known5].body }),
    svg("path", { class: "f-severity-sign", d: SEVERITIES[known5].stroke })
  );
}

// board/source/frame/widgets.js
var made = 0;
function freshId(word) {
  made += 1;
  return `ab-${word}-${made}`;
}
function button(what) {
  const spoken3 = what.kind !== "row" && (what.words !== what.name || what.icon) ? what.name : null;
  const hint = what.keys ? `${what.name} (${keyWords(what.keys)})` : what.words ? null : what.name;
  return h(
    "button",
    {
      type: "button",
      class: `f-button${what.kind ? ` f-${what.kind}` : ""}${what.words ? "" : " f-bare"}`,
      "aria-label": spoken3,
      "aria-keyshortcuts": what.keys ? what.keys.replace("Ctrl", "Control") : null,
      "aria-pressed": what.pressed === void 0 ? null : String(what.pressed),
      "aria-haspopup": what.popup,
      "data-focus": what.focus,
      title: hint,
      onclick: (event) => {
        if (event.currentTarget instanceof Element && event.currentTarget.getAttribute("aria-disabled") !== "true") {
          what.run(event);
        }
      }
    },
    what.icon ? icon(what.icon) : null,
    what.words ? h("span", null, what.words) : null,
    what.words && what.keys ? h("kbd", { "aria-hidden": "true" }, keyWords(what.keys)) : null
  );
}
function keyWords(keys2) {
  const apple = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? "");
  return keys2.split("+").map((key, index, all) => key === "" && index === all.length - 1 ? "+" : key).filter((key) => key !== "").map((key) => key === "Ctrl" && apple ? "⌘" : key.length === 1 ? key.toUpperCase() : key.replace("Arrow", "")).join(" ");
}
function mayEdit(board) {
  return board.replay === null && !["readonly", "outdated"].includes(board.session.status) && !board.root.classList.contains("is-readonly");
}
function unseen(words4) {
  return h("span", { class: "f-unseen" }, words4);
}
function takesText(target) {
  if (!(target instanceof Element)) return false;
  if (target.closest('[contenteditable=""], [contenteditable="true"], textarea, select')) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type);
}
var FOCUSABLE = 'button:not([disabled]), [href], input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex]:not([tabindex="-1"])';
function reachable(element2) {
  const found = element2.querySelectorAll(FOCUSABLE);
  return [...found].filter((one) => one.tabIndex >= 0 && !one.closest("[hidden], details:not([open]) > :not(summary)"));
}
function rememberFocus(root) {
  const before2 = root.ownerDocument.activeElement;
  const key = before2?.getAttribute("data-focus") ?? null;
  const note = before2?.getAttribute("data-key") ?? null;
  return () => {
    const again = before2 instanceof HTMLElement && before2.isConnected && before2 !== root.ownerDocument.body ? before2 : marked(root, "data-focus", key) ?? marked(root, "data-key", note);
    (again ?? wallStop(root))?.focus({ preventScroll: true });
  };
}
function marked(root, attribute, value) {
  if (value === null) return null;
  const all = root.querySelectorAll(`[${attribute}]`);
  return [...all].find((one) => one.getAttribute(attribute) === value) ?? null;
}
function wallStop(root) {
  const wall2 = root.querySelector(".f-wall");
  if (!wall2) return null;
  return reachable(wall2)[0] ?? wall2;
}
function roving(bar) {
  const stops = () => [...bar.querySelectorAll("button")].filter((one) => !one.hidden);
  const settle = (wanted) => {
    const all = stops();
    const stop = all.find((one) => one === wanted) ?? all.find((one) => one.getAttribute("aria-current")) ?? all[0];
    for (const one of all) one.tabIndex = one === stop ? 0 : -1;
  };
  bar.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = stops();
    const at2 = all.findIndex((one) => one === event.target);
    const to = { ArrowRight: at2 + 1, ArrowLeft: at2 - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at2 < 0 || to === void 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = all[(to + all.length) % all.length];
    settle(next);
    next.focus();
  });
  bar.addEventListener("focusin", (event) => settle(
    /** @type {Element} */
    event.target
  ));
  settle(null);
  return () => settle(bar.ownerDocument.activeElement);
}
function oncePerFrame(work) {
  let asked = false;
  const later = globalThis.requestAnimationFrame ?? ((then) => setTimeout(then, 16));
  return () => {
    if (asked) return;
    asked = true;
    later(() => {
      asked = false;
      work();
    });
  };
}

// board/source/frame/layer.js
function openLayer(root, { title: title2, content: content4, kind = "", onclose }) {
  const back = rememberFocus(root);
  const id2 = freshId("title");
  const box = h(
    "div",
    { class: `f-dialog ${kind}`, role: "dialog", "aria-modal": "true", "aria-labelledby": id2, tabindex: "-1" },
    h(
      "div",
      { class: "f-dialog-head" },
      h("h2", { id: id2 }, title2),
      button({ name: "Close", icon: "close", kind: "quiet", run: () => close2() })
    ),
    content4
  );
  const veil = h("div", { class: "f-veil" }, box);
  let open = true;
  function close2() {
    if (!open) return;
    open = false;
    veil.remove();
    back();
    onclose?.();
  }
  veil.addEventListener("pointerdown", (event) => {
    if (event.target === veil) {
      event.preventDefault();
      close2();
    }
  });
  for (const kindOfEvent of ["pointerdown", "wheel", "contextmenu", "paste", "copy", "cut", "keyup"]) {
    veil.addEventListener(kindOfEvent, (event) => event.stopPropagation());
  }
  veil.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      close2();
    }
    if (event.key === "Tab") stayInside(box, event);
  });
  root.append(veil);
  const first = box.querySelector("[data-first]") ?? reachable(box)[1] ?? box;
  if (first instanceof HTMLElement) first.focus();
  return { element: box, close: close2 };
}
function stayInside(box, event) {
  const stops = reachable(box);
  const at2 = stops.indexOf(
    /** @type {HTMLElement} */
    box.ownerDocument.activeElement
  );
  const leaving2 = event.shiftKey ? at2 <= 0 : at2 === stops.length - 1;
  if (!leaving2) return;
  event.preventDefault();
  stops[event.shiftKey ? stops.length - 1 : 0]?.focus();
}

// board/source/frame/picker.js
var SHOWN = 50;
function plain(text5) {
  return text5.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
function matches(texts2, query) {
  const wanted = plain(query).trim();
  if (!wanted) return texts2.map((_, index) => index);
  const words4 = wanted.split(/\s+/);
  const ranks = [[], [], []];
  texts2.forEach((text5, index) => {
    if (!words4.every((word) => text5.includes(word))) return;
    ranks[text5.startsWith(wanted) ? 0 : text5.includes(` ${wanted}`) ? 1 : 2].push(index);
  });
  return ranks.flat();
}
function makePicker({ label, items, onpick, onmove, placeholder = "Type to find", chosen: chosen3 = null }) {
  const texts2 = items.map((item) => plain(`${item.words} ${item.also ?? ""}`));
  const listId = freshId("list");
  let found = [];
  let at2 = 0;
  const input = h("input", {
    type: "text",
    class: "f-input",
    role: "combobox",
    "aria-label": label,
    "aria-expanded": "true",
    "aria-controls": listId,
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
    placeholder,
    "data-first": true,
    oninput: () => show2(0)
  });
  const list = h("div", { class: "f-options", role: "listbox", id: listId, "aria-label": label });
  const count3 = h("div", { class: "f-count", role: "status" });
  function show2(start) {
    found = matches(texts2, input.value);
    at2 = found.length > 0 ? Math.min(start, found.length - 1) : -1;
    list.replaceChildren(...found.slice(0, SHOWN).map((index, row2) => option(items[index], row2)));
    count3.textContent = found.length === 0 ? "Nothing fits what you typed." : found.length > SHOWN ? `The first ${SHOWN} of ${found.length}: type more to narrow it down.` : input.value.trim() ? `${found.length} of ${items.length}` : "";
    mark();
  }
  function option(item, row2) {
    return h(
      "div",
      {
        class: `f-option${item.danger ? " f-danger" : ""}`,
        role: "option",
        id: `${listId}-${row2}`,
        "aria-selected": "false",
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => onpick(item, false)
      },
      h("bdi", null, item.words),
      item.keys ? [unseen(", key "), h("kbd", null, keyWords(item.keys))] : null
    );
  }
  function mark() {
    [...list.children].forEach((row2, index) => {
      row2.setAttribute("aria-selected", String(index === at2));
      if (index === at2) row2.scrollIntoView?.({ block: "nearest" });
    });
    if (at2 >= 0) input.setAttribute("aria-activedescendant", `${listId}-${at2}`);
    else input.removeAttribute("aria-activedescendant");
    onmove?.(at2 >= 0 ? items[found[at2]] : null);
  }
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const rows2 = Math.min(found.length, SHOWN);
    const to = {
      ArrowDown: at2 + 1,
      ArrowUp: at2 - 1,
      PageDown: Math.min(at2 + 10, rows2 - 1),
      PageUp: Math.max(at2 - 10, 0)
    }[event.key];
    if (to !== void 0 && rows2 > 0) {
      event.preventDefault();
      at2 = (to + rows2) % rows2;
      mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (at2 >= 0) onpick(items[found[at2]], true);
    }
  });
  show2(0);
  if (chosen3 && items.includes(chosen3)) show2(items.indexOf(chosen3) < SHOWN ? items.indexOf(chosen3) : 0);
  return {
    element: h("div", { class: "f-picker" }, input, list, count3),
    input,
    current: () => at2 >= 0 ? items[found[at2]] : null
  };
}

// board/source/frame/questions.js
var FEW = 10;
function makeField(question) {
  if (question.kind === "tick") return tickField(question);
  if (question.kind === "many") return checklist(question);
  if (question.kind === "one")
    return (question.choices ?? []).length > FEW ? longChoice(question) : shortChoice(question);
  return writtenField(question);
}
function labelled(question, id2, ...content4) {
  return h(
    "div",
    { class: "f-field" },
    h(
      "label",
      { for: id2 },
      question.label,
      question.optional ? h("span", { class: "f-soft" }, " (may be left out)") : null
    ),
    content4,
    question.hint ? h("p", { class: "f-hint", id: `${id2}-hint` }, question.hint) : null
  );
}
function writtenField(question) {
  const id2 = freshId("field");
  const long = question.kind !== "text";
  const control = h(long ? "textarea" : "input", {
    id: id2,
    class: `f-input${question.kind === "json" ? " f-code" : ""}`,
    type: long ? null : "text",
    rows: long ? 7 : null,
    "aria-required": question.optional ? null : "true",
    "aria-describedby": question.hint ? `${id2}-hint` : null,
    autocomplete: "off",
    spellcheck: question.kind === "json" ? "false" : null,
    dir: question.kind === "json" ? "ltr" : "auto"
  });
  control.value = written(question);
  return { element: labelled(question, id2, control), control, read: () => understood(question, control.value) };
}
function written({ kind, value }) {
  if (value === void 0 || value === null) return "";
  if (kind === "lines") return Array.isArray(value) ? value.join("\n") : String(value);
  return kind === "json" && typeof value !== "string" ? JSON.stringify(value, null, 2) : String(value);
}
function understood({ kind, label, optional }, text5) {
  if (text5.trim() === "") {
    if (!optional) throw new Error(`“${label}” is empty: please fill it in.`);
    return kind === "lines" ? [] : kind === "json" ? null : "";
  }
  if (kind === "lines")
    return text5.split(/\r?\n/).map((line3) => line3.trim()).filter((line3) => line3 !== "");
  if (kind === "text") return text5.trim();
  try {
    return JSON.parse(text5);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `“${label}” is not JSON yet: ${reason}. A pair looks like "amount": 49.0, and pairs are parted by commas.`
    );
  }
}
function tickField(question) {
  const id2 = freshId("field");
  const control = h("input", { id: id2, type: "checkbox", "aria-describedby": question.hint ? `${id2}-hint` : null });
  control.checked = Boolean(question.value);
  const element2 = h(
    "div",
    { class: "f-field" },
    h("label", { class: "f-tick", for: id2 }, control, h("span", null, question.label)),
    question.hint ? h("p", { class: "f-hint", id: `${id2}-hint` }, question.hint) : null
  );
  return { element: element2, control, read: () => control.checked };
}
function shortChoice(question) {
  const id2 = freshId("field");
  const choices = question.choices ?? [];
  const known5 = choices.some((choice) => choice.value === question.value);
  const control = h(
    "select",
    { id: id2, class: "f-input", "aria-describedby": question.hint ? `${id2}-hint` : null },
    known5 && !question.optional ? null : h("option", { value: "" }, question.optional ? "–" : "Please choose"),
    choices.map((choice) => h("option", { value: choice.value }, choice.words))
  );
  control.value = known5 ? question.value : "";
  return {
    element: labelled(question, id2, control),
    control,
    read: () => chosen(question, choices.some((choice) => choice.value === control.value) ? control.value : null)
  };
}
function longChoice(question) {
  const items = question.choices ?? [];
  let value = question.value ?? null;
  const now = h("p", { class: "f-hint", role: "status" });
  const tell = () => {
    const picked = items.find((item) => item.value === value);
    now.textContent = picked ? `Chosen: ${picked.words}` : "Nothing chosen yet";
  };
  const picker = makePicker({
    label: question.label,
    items,
    chosen: items.find((item) => item.value === value) ?? null,
    onpick: (item, byKey) => {
      value = item.value;
      tell();
      if (byKey) picker.input.form?.requestSubmit();
    }
  });
  picker.input.removeAttribute("data-first");
  picker.input.id = freshId("field");
  tell();
  return {
    element: labelled(question, picker.input.id, picker.element, now),
    control: picker.input,
    read: () => chosen(question, value)
  };
}
function chosen({ label, optional }, value) {
  if (value === null && !optional) throw new Error(`Nothing is chosen for “${label}” yet: please choose one.`);
  return value ?? "";
}
function checklist(question) {
  const choices = question.choices ?? [];
  const given = new Set(Array.isArray(question.value) ? question.value : []);
  const rows2 = choices.map((choice) => {
    const box = h("input", { type: "checkbox", value: choice.value });
    box.checked = given.has(choice.value);
    return {
      box,
      text: plain(choice.words),
      element: h("label", { class: "f-tick" }, box, h("bdi", null, choice.words))
    };
  });
  const filter = choices.length <= FEW ? null : h("input", {
    type: "text",
    class: "f-input",
    "aria-label": `Filter: ${question.label}`,
    placeholder: "Type to filter",
    autocomplete: "off",
    oninput: () => {
      const shown = new Set(
        matches(
          rows2.map((row2) => row2.text),
          filter?.value ?? ""
        )
      );
      rows2.forEach((row2, index) => {
        row2.element.hidden = !shown.has(index) && !row2.box.checked;
      });
    }
  });
  const element2 = h(
    "fieldset",
    { class: "f-field" },
    h("legend", null, question.label, question.optional ? h("span", { class: "f-soft" }, " (may be left out)") : null),
    filter,
    h(
      "div",
      { class: "f-checks" },
      rows2.map((row2) => row2.element)
    ),
    question.hint ? h("p", { class: "f-hint" }, question.hint) : null
  );
  return {
    element: element2,
    control: filter ?? rows2[0]?.box ?? element2,
    read: () => {
      const ticked = rows2.filter((row2) => row2.box.checked).map((row2) => row2.box.value);
      if (ticked.length === 0 && !question.optional) throw new Error(`Nothing is ticked for “${question.label}” yet.`);
      return ticked;
    }
  };
}

// board/source/frame/dialog.js
var SHORT = 24;
function askQuestions(board, title2, questions, options = {}) {
  const named3 = title2.replace(/…$/, "");
  return new Promise((resolve) => {
    const fields = questions.map((question) => ({ question, field: makeField(question) }));
    const problemId = freshId("problem");
    const problem = h("p", { class: "f-problem", id: problemId, role: "alert", hidden: true });
    let answers2 = null;
    function submit() {
      const read = {};
      let at2 = fields[0]?.field.control;
      for (const { field } of fields) field.control.removeAttribute("aria-invalid");
      try {
        for (const { question, field } of fields) {
          at2 = field.control;
          read[question.key] = field.read();
        }
        at2 = fields[0]?.field.control;
        options.check?.(read);
      } catch (error) {
        problem.textContent = error instanceof Error ? error.message : String(error);
        problem.hidden = false;
        at2?.setAttribute("aria-invalid", "true");
        at2?.setAttribute("aria-errormessage", problemId);
        at2?.focus();
        return;
      }
      answers2 = read;
      layer.close();
    }
    const form = h(
      "form",
      {
        class: "f-form",
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          submit();
        },
        onkeydown: (event) => {
          const check = event.target instanceof HTMLInputElement && event.target.type === "checkbox";
          if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
          if (event.ctrlKey || event.metaKey || check || event.target instanceof HTMLSelectElement) {
            event.preventDefault();
            submit();
          }
        }
      },
      fields.map(({ field }) => field.element),
      problem,
      h(
        "div",
        { class: "f-answers" },
        fields.some(({ field }) => field.control instanceof HTMLTextAreaElement) ? h("span", { class: "f-hint" }, "Ctrl Enter to go on") : null,
        button({ name: "Cancel", words: "Cancel", run: () => layer.close() }),
        h(
          "button",
          { type: "submit", class: `f-button f-strong${options.danger ? " f-danger" : ""}` },
          options.button ?? (named3.length <= SHORT ? named3 : "OK")
        )
      )
    );
    fields[0]?.field.control.setAttribute("data-first", "");
    const layer = openLayer(board.root, {
      title: named3,
      content: [form],
      kind: "f-asking",
      onclose: () => resolve(answers2)
    });
    const first = fields[0]?.field.control;
    if (first instanceof HTMLInputElement && first.type === "text") first.select();
  });
}

// board/source/frame/menu.js
function openMenu(root, at2, items, title2) {
  root.querySelector(".f-menu")?.dispatchEvent(new CustomEvent("f-close"));
  if (items.length === 0) return () => {
  };
  const back = rememberFocus(root);
  const rows2 = items.map(
    (item, index) => h(
      "button",
      {
        type: "button",
        role: "menuitem",
        class: `f-menuitem${item.danger ? " f-danger" : ""}`,
        tabindex: "-1",
        "aria-keyshortcuts": item.keys ? item.keys.replace("Ctrl", "Control") : null,
        onclick: () => pick(index),
        onpointermove: () => rows2[index].focus({ preventScroll: true })
      },
      h("span", null, item.name),
      item.keys ? h("kbd", { "aria-hidden": "true" }, keyWords(item.keys)) : null
    )
  );
  const menu = h(
    "div",
    { class: "f-menu", role: "menu", "aria-label": title2 ?? "What can be done here", tabindex: "-1" },
    title2 ? h("div", { class: "f-menu-title", role: "presentation", "aria-hidden": "true" }, title2) : null,
    rows2
  );
  let open = true;
  let typed = "";
  let typedAt = 0;
  function close2(giveBack = true) {
    if (!open) return;
    open = false;
    root.ownerDocument.removeEventListener("pointerdown", outside, true);
    menu.remove();
    if (giveBack) back();
  }
  function pick(index) {
    close2();
    items[index].run();
  }
  function outside(event) {
    if (!event.composedPath().includes(menu)) close2(menu.contains(root.ownerDocument.activeElement));
  }
  function typeAhead(key) {
    const now = Date.now();
    typed = now - typedAt > 700 ? key : typed + key;
    typedAt = now;
    const here = rows2.findIndex((row2) => row2 === root.ownerDocument.activeElement);
    const from = typed.length > 1 ? here : here + 1;
    const order2 = items.map((_, index) => (from + index + items.length) % items.length);
    const hit = order2.find((index) => items[index].name.toLowerCase().startsWith(typed.toLowerCase()));
    if (hit !== void 0) rows2[hit].focus();
  }
  menu.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const here = rows2.findIndex((row2) => row2 === root.ownerDocument.activeElement);
    const to = { ArrowDown: here + 1, ArrowUp: here < 0 ? -1 : here - 1, Home: 0, End: -1 }[event.key];
    if (to !== void 0) rows2[(to + rows2.length) % rows2.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") close2();
    else if (event.key === "Enter" || event.key === " ") {
      if (here < 0) return;
      event.preventDefault();
      pick(here);
      return;
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) typeAhead(event.key);
    else return;
    event.preventDefault();
  });
  menu.addEventListener("contextmenu", (event) => event.preventDefault());
  menu.addEventListener("pointerdown", (event) => event.stopPropagation());
  menu.addEventListener("f-close", () => close2(false));
  root.append(menu);
  keepInside(root, menu, at2);
  root.ownerDocument.addEventListener("pointerdown", outside, true);
  rows2[0].focus({ preventScroll: true });
  return close2;
}
function keepInside(root, element2, at2) {
  const margin = 8;
  element2.style.maxHeight = `${Math.max(120, root.clientHeight - 2 * margin)}px`;
  const x = Math.min(at2.x, root.clientWidth - element2.offsetWidth - margin);
  const y = Math.min(at2.y, root.clientHeight - element2.offsetHeight - margin);
  element2.style.left = `${Math.max(margin, x)}px`;
  element2.style.top = `${Math.max(margin, y)}px`;
}

// board/source/hands/meant.js
function keysMeant({ root, selection, focused }) {
  if (selection.size) return [...selection];
  const active = (
    /** @type {Document | ShadowRoot} */
    root.getRootNode().activeElement
  );
  return focused && active && keyOf(active) === focused ? [focused] : [];
}
function keyOf(element2) {
  const thing = element2.closest(".note, .place[tabindex]");
  return thing instanceof HTMLElement ? thing.dataset.key ?? thing.dataset.place ?? null : null;
}

// board/source/hands/spatial.js
var SIDEWAYS = 2.5;
function nextInDirection(boxes2, from, direction) {
  const start = middle(from);
  let best = null;
  let least = Infinity;
  for (const box of boxes2) {
    if (
      /** @type {Box} */
      box === from
    ) continue;
    const to = middle(box);
    const [dx, dy] = [to.x - start.x, to.y - start.y];
    const across = direction === "ArrowLeft" || direction === "ArrowRight";
    const ahead = across ? direction === "ArrowRight" ? dx : -dx : direction === "ArrowDown" ? dy : -dy;
    const aside = Math.abs(across ? dy : dx);
    if (ahead < 1 || aside > 4 * ahead + (across ? from.h : from.w)) continue;
    const cost = ahead + SIDEWAYS * aside;
    if (cost < least) [best, least] = [box, cost];
  }
  return best;
}
function nearestTo(boxes2, to) {
  const goal = middle(to);
  let best = null;
  let least = Infinity;
  for (const box of boxes2) {
    const at2 = middle(box);
    const distance2 = Math.hypot(at2.x - goal.x, at2.y - goal.y);
    if (distance2 < least) [best, least] = [box, distance2];
  }
  return best;
}
function freeSpot(taken, sight, size, gap = 24) {
  const near = taken.filter((box) => touches(box, sight, gap));
  const [across, down] = [size.w + gap, size.h + gap];
  const left = Math.ceil((sight.x + gap / 2) / across) * across;
  const top = Math.ceil((sight.y + gap / 2) / down) * down;
  const topmost = near.length ? Math.min(...near.map((box) => box.y)) : top;
  const first = Math.max(top, Math.floor(topmost / down) * down);
  const rows2 = [...range(first, sight.y + sight.h - size.h, down), ...range(top, first - 1, down)];
  for (const y of rows2) {
    for (const x of range(left, sight.x + sight.w - size.w, across)) {
      if (!near.some((box) => touches(box, { x, y, ...size }, gap / 3))) return { x, y };
    }
  }
  return { x: left, y: Math.round(Math.max(top, ...near.map((box) => box.y + box.h + gap))) };
}
function range(from, to, by) {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / by) + 1) }, (_, index) => from + index * by);
}
function within(boxes2, band) {
  return boxes2.filter((box) => touches(box, band, 0));
}
function lastAt(things, point, boxOf4) {
  for (let index = things.length - 1; index >= 0; index--) {
    const { x, y, w, h: h2 } = boxOf4(things[index]);
    if (point.x >= x && point.y >= y && point.x < x + w && point.y < y + h2) return things[index];
  }
  return null;
}
function middle(box) {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}
function touches(one, other, gap) {
  return one.x < other.x + other.w + gap && other.x < one.x + one.w + gap && one.y < other.y + other.h + gap && other.y < one.y + one.h + gap;
}

// board/source/palette.js
var FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';
var HUES = 24;
var PAPER = {
  event: "#FFB454",
  command: "#8EC5FF",
  actor: "#FFE27A",
  policy: "#D3BDF7",
  external: "#F7B0CB",
  schedule: "#F7B0CB",
  aws: "#F7B0CB",
  "read-model": "#B7E4C0",
  aggregate: "#FFF4C7",
  hotspot: "#FF6FA3",
  contract: "#E4E8F0",
  listener: "#E4E8F0",
  workflow: "#D3BDF7"
};
var SURROUNDINGS = {
  light: {
    page: "#FBFBFD",
    card: "#FFFFFF",
    bar: "#E9ECF2",
    inlay: "#F5F6FA",
    frame: "#C3CAD6",
    ink: "#22252B",
    soft: "#5F6673",
    line: "#7B8494",
    crossing: "#C2274B",
    "paper-ink": "#22252B"
  },
  dark: {
    page: "#15171C",
    card: "#1E2128",
    bar: "#2A2E37",
    inlay: "#20232B",
    frame: "#4A505D",
    ink: "#E9EBF0",
    soft: "#A7AFBD",
    line: "#8992A2",
    crossing: "#FF7B98",
    "paper-ink": "#22252B"
  }
};
var FIRST_HUES = ["#2F7D6B", "#3F62C9", "#B5571C"];
var READABLE = 4.6;
function colour(role, theme) {
  if (role in PAPER) return theme === "light" ? PAPER[role] : blend(PAPER[role], "#000000", 0.9);
  const [kind, number2] = role.split("-");
  if (kind === "hue") return serviceHue(Number(number2), theme);
  if (kind === "tint") return thinned(serviceHue(Number(number2), theme), theme);
  if (kind === "name") return readable(serviceHue(Number(number2), theme), theme);
  const found = SURROUNDINGS[theme][role];
  if (!found) throw new Error(`There is no colour for “${role}”; the roles are those of palette.js.`);
  return found;
}
var known = /* @__PURE__ */ new Map();
function serviceHue(number2, theme) {
  const key = `${number2} ${theme}`;
  const found = known.get(key) ?? makeHue(number2, theme);
  known.set(key, found);
  return found;
}
function makeHue(number2, theme) {
  let hue;
  let saturation = 0.55;
  if (number2 < FIRST_HUES.length) {
    if (theme === "light") return FIRST_HUES[number2];
    [hue, , saturation] = toHls(FIRST_HUES[number2]);
  } else {
    hue = 0.06 + (0.878 + 0.381966 * (number2 - FIRST_HUES.length)) % 1 * 0.82;
  }
  return readable(fromHls(hue, theme === "light" ? 0.45 : 0.55, saturation), theme);
}
function blend(over, under, share) {
  const below = channels(under);
  return hex(channels(over).map((top, index) => share * top + (1 - share) * below[index]));
}
function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}
function dress(element2, theme) {
  element2.dataset.theme = theme;
  for (let number2 = 0; number2 < HUES; number2++) {
    for (const role of ["hue", "tint", "name"]) {
      element2.style.setProperty(`--ab-${role}-${number2}`, colour(`${role}-${number2}`, theme));
    }
  }
}
function themeAround() {
  const { jpThemeLight, vscodeThemeKind } = document.body?.dataset ?? {};
  if (jpThemeLight) return jpThemeLight === "false" ? "dark" : "light";
  if (vscodeThemeKind) return /dark|high-contrast$/.test(vscodeThemeKind) ? "dark" : "light";
  const colab = document.documentElement.getAttribute("theme");
  if (colab === "dark" || colab === "light") return colab;
  return globalThis.matchMedia?.("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
function onTheme(listener) {
  const changed = () => listener(themeAround());
  const media = globalThis.matchMedia?.("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(changed);
  media?.addEventListener?.("change", changed);
  observer.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-vscode-theme-kind"] });
  observer.observe(document.documentElement, { attributeFilter: ["theme"] });
  return () => {
    media?.removeEventListener?.("change", changed);
    observer.disconnect();
  };
}
function thinned(hue, theme) {
  return blend(hue, SURROUNDINGS[theme].page, theme === "light" ? 0.06 : 0.1);
}
function readable(wanted, theme) {
  let [hue, lightness, saturation] = toHls(wanted);
  let found = wanted;
  const { page, card: card2 } = SURROUNDINGS[theme];
  for (; ; ) {
    const grounds = [page, card2, thinned(found, theme), thinned(wanted, theme)];
    if (Math.min(...grounds.map((ground2) => contrast(found, ground2))) >= READABLE) return found;
    lightness += theme === "light" ? -5e-3 : 5e-3;
    found = fromHls(hue, lightness, saturation);
  }
}
function luminance(code) {
  const [red, green, blue] = channels(code).map(
    (channel) => channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function channels(code) {
  return [1, 3, 5].map((start) => parseInt(code.slice(start, start + 2), 16) / 255);
}
function hex(parts2) {
  return `#${parts2.map((part2) => Math.round(part2 * 255).toString(16).padStart(2, "0")).join("")}`.toUpperCase();
}
function toHls(code) {
  const [red, green, blue] = channels(code);
  const most = Math.max(red, green, blue);
  const span = most - Math.min(red, green, blue);
  const lightness = most - span / 2;
  if (!span) return [0, lightness, 0];
  return [sixthOfCircle(red, green, blue, span) / 6, lightness, span / (1 - Math.abs(2 * lightness - 1))];
}
function sixthOfCircle(red, green, blue, span) {
  if (red >= green && red >= blue) return ((green - blue) / span + 6) % 6;
  return green >= blue ? (blue - red) / span + 2 : (red - green) / span + 4;
}
function fromHls(hue, lightness, saturation) {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  return hex(
    [0, 8, 4].map((offset) => {
      const step = (offset + hue * 12) % 12;
      return lightness - reach * Math.max(-1, Math.min(step - 3, 9 - step, 1));
    })
  );
}

// board/source/paint/text.js
var INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Zs}]/gu;
var SHOWN2 = 240;
var SAID = 400;
function isBlank(text5) {
  return !text5 || text5.slice(0, 2e3).replace(INVISIBLE, "") === "";
}
function clip(text5, most) {
  if (text5.length <= most) return text5;
  const cut2 = /[\ud800-\udbff]/.test(text5[most - 2]) ? most - 2 : most - 1;
  return `${text5.slice(0, cut2)}…`;
}
function initials(name) {
  const parts2 = name.replace(INVISIBLE, " ").split(/[\s._-]+/).filter(Boolean);
  const letters = [parts2[0], parts2.length > 1 ? parts2[parts2.length - 1] : ""].map((part2) => [...part2 ?? ""][0] ?? "");
  return letters.join("").toUpperCase() || "?";
}

// board/source/paint/note.js
var UNMARKED = { findings: 0, severity: "", worst: "", holders: [], selected: false };
var LINE = { paper: 17, hex: 16, card: 18, chip: 16 };
var SMALL_LINE = 15;
var PADDING = { paper: 18, hex: 46, card: 22, chip: 8 };
var TAG = 14;
var MOST_DOTS = 5;
var MOST_LINES = 40;
var LETTERS = (
  /** @type {Record<string, string>} */
  { error: "!", warning: "!", note: "i" }
);
function newNote(key) {
  const spokenOf = { role: "group", "aria-roledescription": "sticky note" };
  return h("div", { class: "note", "data-key": key, tabindex: -1, ...spokenOf });
}
function fillNote(element2, note) {
  element2.className = noteClasses(note).join(" ");
  element2.dataset.kind = note.kind;
  element2.style.width = `${note.w}px`;
  element2.style.height = `${note.h}px`;
  if (note.hue === void 0) element2.removeAttribute("data-hue");
  else element2.dataset.hue = String(note.hue);
  wearHue(element2, note.hue);
  element2.querySelector(":scope > .face")?.remove();
  element2.prepend(face(note));
}
function markNote(element2, note, mark) {
  element2.classList.toggle("is-selected", mark.selected);
  element2.classList.toggle("is-held", mark.holders.length > 0);
  element2.setAttribute("aria-label", spoken(note, mark));
  const holder = mark.holders[0];
  element2.style.setProperty("--holder", holder ? `var(--ab-name-${holder.hue % HUES})` : "");
  for (const old of element2.querySelectorAll(":scope > .finding, :scope > .holder")) old.remove();
  if (mark.findings) element2.append(badge(mark));
  if (holder) element2.append(ring(holder));
}
function spoken(note, mark) {
  const parts2 = [clip(note.says, SAID)];
  if (mark.findings) parts2.push(`${count(mark.findings, "finding")}: ${mark.worst}`);
  for (const person of mark.holders) {
    parts2.push(`${person.editing === note.key ? "edited" : "held"} by ${clip(person.name, 40)}`);
  }
  if (mark.selected) parts2.push("selected");
  return parts2.join(", ");
}
function wearHue(element2, hue) {
  for (const role of ["hue", "tint", "name"]) {
    if (hue === void 0) element2.style.removeProperty(`--${role}`);
    else element2.style.setProperty(`--${role}`, `var(--ab-${role}-${hue % HUES})`);
  }
}
function noteClasses(note) {
  const classes = ["note", `is-${note.shape}`, `of-${note.kind}`];
  if (note.pivotal) classes.push("is-pivotal");
  if (note.guess) classes.push("is-guess");
  if (note.crossing) classes.push("is-crossing");
  if (note.copy) classes.push("is-copy");
  if (note.faded) classes.push("is-faded");
  if (note.hue !== void 0) classes.push("has-hue");
  if (note.fixed) classes.push("is-fixed");
  return classes;
}
function face(note) {
  const blank = isBlank(note.text);
  const lines2 = (note.lines ?? []).slice(0, MOST_LINES);
  const tagged = note.tag || note.pivotal || note.votes;
  const room = note.h - PADDING[note.shape] - (tagged ? TAG : 0) - lines2.length * SMALL_LINE;
  const classes = `text${blank ? " is-blank" : ""}${tightness(note)}`;
  const clamp = Math.max(1, Math.floor(room / LINE[note.shape]));
  const text5 = blank ? "No name yet" : clip(note.text, SHOWN2);
  return h(
    "div",
    { class: "face", "aria-hidden": "true" },
    tagged && tag(note),
    h("div", { class: classes, dir: "auto", style: `-webkit-line-clamp:${clamp}` }, text5),
    lines2.map((line3) => h("div", { class: "line", dir: "auto" }, clip(line3, SHOWN2)))
  );
}
function tag(note) {
  const votes3 = note.votes ?? 0;
  const dots = "●".repeat(Math.min(votes3, MOST_DOTS));
  return h(
    "div",
    { class: "tag" },
    note.tag || null,
    note.tag && note.pivotal ? " · " : null,
    note.pivotal && h("b", null, "pivotal"),
    votes3 ? h("span", { class: "votes" }, votes3 > MOST_DOTS ? `${dots} ${votes3}` : dots) : null
  );
}
function tightness(note) {
  const longest = Math.max(...clip(note.text, SHOWN2).split(/[\s-]+/).map((word) => word.length));
  const most = note.w / (note.shape === "hex" ? 9.2 : 10.2);
  return longest <= most ? "" : longest <= most * 1.2 ? " is-tight" : " is-tighter";
}
function badge(mark) {
  const letter = LETTERS[mark.severity] ?? LETTERS.note;
  return h(
    "button",
    {
      class: `finding is-${mark.severity in LETTERS ? mark.severity : "note"}`,
      type: "button",
      tabindex: -1,
      "aria-label": `${count(mark.findings, "finding")}: ${mark.worst}`,
      title: mark.worst
    },
    h("span", { "aria-hidden": "true" }, mark.findings > 1 ? Math.min(mark.findings, 99) : letter)
  );
}
function ring(person) {
  const title2 = clip(person.name, 40);
  const element2 = h("span", { class: "holder", "aria-hidden": "true", title: title2 }, initials(person.name));
  wearHue(element2, person.hue);
  return element2;
}
function count(number2, noun) {
  return number2 === 1 ? `one ${noun}` : `${number2} ${noun}s`;
}

// board/source/paint/marks.js
function findingsByRef(findings, step) {
  const order2 = ["error", "warning", "note"];
  const found = /* @__PURE__ */ new Map();
  if (step === 1) return found;
  for (const finding of Object.values(findings)) {
    if ((finding.dismissed ?? null) !== null || finding.step > step) continue;
    for (const ref of new Set(finding.where)) {
      const before2 = found.get(ref);
      const worse = !before2 || order2.indexOf(finding.severity) < order2.indexOf(before2.severity);
      found.set(ref, {
        count: (before2?.count ?? 0) + 1,
        severity: worse ? finding.severity : before2.severity,
        worst: worse ? finding.what : before2.worst
      });
    }
  }
  return found;
}
function holdersByKey(people) {
  const holders = /* @__PURE__ */ new Map();
  for (const { id: id2, name, hue, holds: holds2, editing } of people) {
    const key = editing ?? holds2;
    if (key) holders.set(key, [...holders.get(key) ?? [], { id: id2, name, hue, editing }]);
  }
  return holders;
}
function markOf(note, marks, people) {
  const found = marks.findings.get(note.ref ?? note.key);
  const holders = people.get(note.key);
  const selected = marks.selection.has(note.key);
  if (!found && !holders && !selected) return UNMARKED;
  return {
    findings: found?.count ?? 0,
    severity: found?.severity ?? "",
    worst: found?.worst ?? "",
    holders: holders ?? [],
    selected
  };
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
  let same3 = true;
  const entries = Object.entries(section(doc, name)).map(([id2, thing]) => {
    const after2 = change(thing);
    same3 &&= after2 === thing;
    return [id2, after2];
  });
  return same3 ? doc : { ...doc, [name]: Object.fromEntries(entries) };
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
var LETTERS2 = new Map(
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
  const known5 = LETTERS2.get(character);
  if (known5 !== void 0) return known5;
  if (!/[\u00c0-\u017f\u0370-\u03ff\u1e00-\u1ef9]/u.test(character)) return null;
  const bare = character.normalize("NFD").replace(MARKS, "");
  return /^[a-z]$/.test(bare) ? bare : LETTERS2.get(bare) ?? null;
}
function slug(text5) {
  return joined([...text5.toLowerCase()].map((one) => one < "" ? one : inAscii(one) ?? "-").join(""));
}
function certainSlug(text5) {
  const written2 = [];
  for (const one of text5.toLowerCase()) {
    const ascii = one < "" ? one : inAscii(one);
    if (ascii === null) return null;
    written2.push(ascii);
  }
  return joined(written2.join(""));
}
function joined(ascii) {
  return trimmed(ascii.replace(/[^a-z0-9]+/g, "-"));
}
function trimmed(text5) {
  return text5.replace(/^-+|-+$/g, "");
}
function words(id2) {
  const text5 = id2.replace(/[-_]+/g, " ").trim();
  return text5.slice(0, 1).toUpperCase() + text5.slice(1);
}
function unguessed(plain3) {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(4));
  const end = [...bytes].map((byte) => ENDINGS[byte % ENDINGS.length]).join("");
  return `${trimmed(plain3.slice(0, LONGEST - 8))}-${end}`;
}
function mint(doc, section2, name, tried) {
  const start = name.length > 400 ? [...name].slice(0, 400).join("") : name;
  const plain3 = trimmed(slug(start).slice(0, LONGEST)) || (FALLBACKS.get(section2) ?? section2);
  const base = doc.workshop?.blind && HIDDEN.includes(section2) ? unguessed(plain3) : plain3;
  const taken = (id2) => entry(doc, section2, id2) !== void 0 || tried?.has(id2) || section2 === "events" && Object.hasOwn(doc.board?.parked ?? {}, id2);
  if (!taken(base)) return base;
  let number2 = 2;
  while (taken(`${base}-${number2}`)) number2 += 1;
  return `${base}-${number2}`;
}

// board/source/model/indexes.js
var NONE = (
  /** @type {any} */
  Object.freeze([])
);
var NOTHING2 = Object.freeze({});
function onceFor(find) {
  const known5 = /* @__PURE__ */ new WeakMap();
  return (thing) => {
    const key = thing ?? /** @type {T} */
    NOTHING2;
    let found = known5.get(key);
    if (found === void 0) {
      found = find(key);
      known5.set(key, found);
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
var homesOfEvents = onceFor((entities2) => firstHolders(entities2, eventsOfEntity));
var homesOfEntities = onceFor((contexts2) => firstHolders(contexts2, (context2) => context2.entities));
var servicesOfContexts = onceFor(
  (services2) => firstHolders(services2, (service) => service.context ? [service.context] : [])
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
    timeline.forEach((moment, number2) => {
      for (const event of eventsIn(moment)) if (!found.has(event)) found.set(event, number2);
    });
  }
  return found;
});
var slugOfEvent = onceFor((event) => busName(event.name));
var firstOfSlug = onceFor((events) => {
  const firsts = /* @__PURE__ */ new Map();
  for (const [id2, event] of Object.entries(events)) {
    const written2 = slugOfEvent(event);
    if (!firsts.has(written2)) firsts.set(written2, id2);
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
  const placed2 = [...moments(doc.timeline).keys()].filter((event) => entry(doc, "events", event));
  const standing2 = moments(doc.timeline);
  return [...placed2, ...Object.keys(doc.events ?? NOTHING2).filter((event) => !standing2.has(event))];
});
var unhoused = onceFor((doc) => ordered(doc).filter((event) => entityOf(doc, event) === null));
function splitRef(ref) {
  const at2 = ref.indexOf("/");
  return at2 < 0 ? [ref, ""] : [ref.slice(0, at2), ref.slice(at2 + 1)];
}
function titleOf(doc, ref) {
  const [section2, id2] = splitRef(ref);
  const named3 = section2 === "triggers" || section2 === "contracts" ? "events" : section2;
  const thing = entry(doc, named3, id2);
  return thing?.name || thing?.text || words(id2 || section2);
}
function entityEvents(doc, entityId) {
  return eventsOfEntity(entry(doc, "entities", entityId));
}
function entityOf(doc, event) {
  return homesOfEvents(doc.entities).get(event) ?? null;
}
function contextOf(doc, entityId) {
  return homesOfEntities(doc.contexts).get(entityId) ?? null;
}
function contextOfEvent(doc, event) {
  const entity = entityOf(doc, event);
  return entity === null ? null : contextOf(doc, entity);
}
function serviceOf(doc, contextId) {
  return servicesOfContexts(doc.services).get(contextId) ?? null;
}
function ownerOf(doc, event) {
  const context2 = contextOfEvent(doc, event);
  return context2 === null ? null : serviceOf(doc, context2);
}
function serviceOfPolicy(doc, policyId) {
  const policy = entry(doc, "policies", policyId);
  if (!policy) return null;
  const { when = [], emits = [], fails = [], service = null } = policy;
  const owners = [...emits, ...fails].map((event) => ownerOf(doc, event)).filter((owner) => owner !== null);
  if (owners.length) return owners.includes(service) ? service : owners[0];
  if (service !== null && entry(doc, "services", service)) return service;
  for (const event of when) {
    const owner = ownerOf(doc, event);
    if (owner !== null) return owner;
  }
  return null;
}
function momentOf(doc, event) {
  return moments(doc.timeline).get(event) ?? -1;
}
function emittersOf(doc, event) {
  return emitters(doc.policies).get(event) ?? NONE;
}
function hearersOf(doc, event) {
  return hearers(doc.policies).get(event) ?? NONE;
}
function inOrder(doc) {
  return ordered(doc);
}
function homeless(doc) {
  return unhoused(doc);
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

// board/source/steps/naming.js
function spoken2(names2, joint = "and") {
  const quoted = names2.slice(0, names2.length > 4 ? 3 : 4).map((name) => `“${shortened(name)}”`);
  if (names2.length > 4) quoted.push(`${names2.length - 3} more`);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} ${joint} ${quoted[quoted.length - 1]}`;
}
function shortened(text5, length2 = 60) {
  const characters = [...text5.slice(0, 4 * length2)];
  return characters.length > length2 ? `${characters.slice(0, length2 - 1).join("")}…` : text5;
}
function counted(number2, one, many = `${one}s`) {
  return `${number2} ${number2 === 1 ? one : many}`;
}
function idsOf(keys2, section2) {
  const start = `${section2}/`;
  return [...keys2].filter((key) => key.startsWith(start) && !key.includes("#")).map((key) => key.slice(start.length));
}

// board/source/steps/finding_actions.js
var MOST_FINDINGS = 6;
function findingActions(insight, keys2) {
  if (keys2.length !== 1) return [];
  const [chosen3] = keys2[0].split("#");
  const here = Object.values(insight?.findings ?? {}).filter((one) => one.where.includes(chosen3));
  return here.slice(0, MOST_FINDINGS).flatMap((finding) => finding.dismissed ? [takeUp(finding)] : mendOrDismiss(finding));
}
function mendOrDismiss(finding) {
  const { fix } = finding;
  const said3 = shortened(finding.what, 80);
  return [
    ...fix ? [{ id: `mend ${finding.key}`, name: `Mend: ${said3} ${shortened(finding.remedy, 80)}`, edits: () => [fix] }] : [],
    {
      id: `dismiss ${finding.key}`,
      name: `Dismiss: ${said3}`,
      ask: [{ key: "because", label: "Why is it fine as it is?", kind: "text", hint: finding.what }],
      edits: ({ because: because2 }) => [{ kind: "dismiss", finding: finding.key, because: because2 }]
    }
  ];
}
function takeUp(finding) {
  return {
    id: `take-up ${finding.key}`,
    name: `Take up again: ${shortened(finding.what, 80)}`,
    edits: () => [{ kind: "dismiss", finding: finding.key, because: null }]
  };
}

// board/source/steps/taking_off.js
var REMOVABLE = [
  "events",
  "policies",
  "entities",
  "contexts",
  "services",
  "listeners",
  "contracts",
  "hotspots",
  "decisions"
];
function parkActions(doc, keys2) {
  const events = idsOf(keys2, "events").filter((id2) => doc.events?.[id2]);
  const parked2 = parkedAmong(doc, keys2);
  const waiting = Object.entries(doc.board?.parked ?? {});
  const actions = [];
  if (events.length) {
    actions.push({
      id: "park",
      name: events.length > 1 ? `Put ${events.length} events aside for later` : "Put aside for later",
      edits: () => events.map((event) => ({ kind: "park", event }))
    });
  }
  if (parked2.length) {
    actions.push({
      id: "unpark",
      name: "Bring back from the shelf",
      edits: () => parked2.map((event) => ({ kind: "unpark", event }))
    });
  } else if (waiting.length) {
    actions.push({
      id: "unpark-some",
      name: "Bring back what was put aside…",
      ask: [
        {
          key: "events",
          label: "Put aside",
          kind: "many",
          choices: waiting.map(([value, event]) => ({ value, words: event.name }))
        }
      ],
      edits: (answers2) => answers2.events.map((event) => ({ kind: "unpark", event }))
    });
  }
  return actions;
}
function removeActions(doc, keys2) {
  const edits = REMOVABLE.flatMap(
    (section2) => idsOf(keys2, section2).filter((id2) => (
      /** @type {any} */
      doc[section2]?.[id2]
    )).map((id2) => ({ kind: "remove", of: section2, id: id2 }))
  );
  for (const event of parkedAmong(doc, keys2))
    edits.push({ kind: "unpark", event }, { kind: "remove", of: "events", id: event });
  const count3 = edits.filter((edit) => edit.kind === "remove").length;
  if (!count3) return [];
  const [first] = edits.slice(-1);
  const name = count3 > 1 ? counted(count3, "note") : spoken2([nameOf(doc, first)]);
  return [{ id: "remove", name: `Remove ${name}`, keys: "Delete", danger: true, edits: () => edits }];
}
function nameOf(doc, edit) {
  return doc.board?.parked?.[edit.id]?.name ?? titleOf(doc, `${edit.of}/${edit.id}`);
}
function parkedAmong(doc, keys2) {
  return idsOf(keys2, "parked").filter((id2) => doc.board?.parked?.[id2]);
}

// board/source/steps/steering.js
var NOW = "now";
var DOTS = 5;
var SCREEN = "5c4ee400";
function secondsLeft(workshop, now = performance.now()) {
  if (!workshop || workshop.left === null) return null;
  return workshop.running ? workshop.left - Math.floor((now - workshop.at) / 1e3) : workshop.left;
}
function clock(seconds) {
  const all = Math.abs(Math.round(seconds));
  const two = (part2) => String(part2).padStart(2, "0");
  const [hours, minutes] = [Math.floor(all / 3600), Math.floor(all % 3600 / 60)];
  const shown = hours ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
  return seconds < 0 ? `+${shown}` : shown;
}
function goTo(phase) {
  return [phase === null ? { kind: "phase", phase } : { kind: "phase", phase, since: NOW }];
}
function timer(seconds, running) {
  const shown = Math.max(0, Math.min(Math.round(seconds), 604800));
  return [{ kind: "timer", seconds: shown, ...running && { since: NOW } }];
}
function conduct(keys2) {
  return [{ kind: "conduct", keys: keys2 }];
}
function callHere(board) {
  const { x, y, w, h: h2 } = board.camera.sight;
  return conduct({ here: { step: board.step.number, x: x + w / 2, y: y + h2 / 2 } });
}
function drivers(board) {
  const { me, people } = board.session;
  const found = /* @__PURE__ */ new Map([[me.id.slice(0, 8), me.name || "You"]]);
  for (const { id: id2, name, here } of people) {
    const person = id2.slice(0, 8);
    if (here !== false && person !== SCREEN && !found.has(person)) found.set(person, name || "Somebody");
  }
  return [...found].map(([person, name]) => ({ person, name })).sort((a, b) => a.name + a.person < b.name + b.person ? -1 : 1);
}
function nextDriver(board) {
  const all = drivers(board);
  const now = board.session.doc.workshop?.driver?.person;
  return all[(all.findIndex((one) => one.person === now) + 1) % all.length];
}
function heldBack(board) {
  const { doc, workshop, me } = board.session;
  const state = doc.workshop;
  if (!state || workshop?.facilitates) return null;
  if (state.locked)
    return { why: "The facilitator has locked the wall.", remedy: "Look and listen; it will be opened again." };
  if (state.driver && state.driver.person !== me.id.slice(0, 8)) {
    const who = state.driver.name || "Somebody else";
    return { why: `${who} is driving.`, remedy: "Point at what you mean and say it; the wheel goes round." };
  }
  return null;
}
function votes(board, keys2) {
  const { doc, workshop, me } = board.session;
  const edits = keys2.map((key) => {
    const [section2, id2] = [key.slice(0, key.indexOf("/")), key.slice(key.indexOf("/") + 1)];
    const thing = section2 === "hotspots" ? doc.hotspots?.[id2] : doc.contexts?.[id2];
    const who = workshop?.dots ? workshop.dots.on[key] ?? me.name : me.name;
    const up = workshop?.dots ? !(key in workshop.dots.on) : !thing?.votes?.includes(who);
    return { kind: "vote", [section2 === "hotspots" ? "hotspot" : "context"]: id2, who, up };
  });
  return { edits, up: edits.every((edit) => edit.up) };
}
function laterWords(workshop, step) {
  if (!workshop?.phase || step <= workshop.phase.step) return null;
  const phase = workshop.agenda.find((one) => one.step >= step);
  return `You can look ahead: this step opens ${phase ? `with “${phase.name}”` : "later"}.`;
}
function litNote(board) {
  const lit = board.session.doc?.workshop?.spotlight;
  return lit && board.scene.notes.find((note) => note.key === lit || note.ref === lit) || null;
}

// board/source/steps/talking.js
var SHORT_NAME = {
  key: "short",
  label: "Short name",
  kind: "text",
  optional: true,
  hint: "What the storm file calls it; made from the text if left out"
};
function talkingActions(doc, keys2) {
  const hotspots = idsOf(keys2, "hotspots").filter((id2) => doc.hotspots?.[id2]);
  const contexts2 = idsOf(keys2, "contexts").filter((id2) => doc.contexts?.[id2]);
  const voted = [...hotspots.map((id2) => `hotspots/${id2}`), ...contexts2.map((id2) => `contexts/${id2}`)];
  return [addHotspot(doc, keys2), ...voting(voted), ...ofHotspots(doc, hotspots), decide(doc, keys2)];
}
function idFrom(short) {
  const id2 = slug(short ?? "").slice(0, 48).replace(/-+$/, "");
  return id2 ? { id: id2 } : {};
}
function addHotspot(doc, keys2) {
  const about = aboutOf(doc, keys2);
  return {
    id: "hotspot-add",
    name: about ? `Hot spot on ${spoken2([about.name])}…` : "Add a hot spot…",
    keys: "h",
    ask: [{ key: "text", label: "Question, conflict or risk", kind: "text" }, SHORT_NAME],
    edits: ({ text: text5, short }) => [
      { kind: "add", to: "hotspots", name: text5, ...idFrom(short), keys: about ? { about: about.id } : {} }
    ]
  };
}
function voting(keys2) {
  if (!keys2.length) return [];
  return [
    {
      id: "vote",
      name: "Vote, or take the vote back",
      keys: "v",
      run: (board) => {
        const { edits, up } = votes(board, keys2);
        void board.do(edits, up ? "Voted." : "Vote changed.");
      }
    }
  ];
}
function ofHotspots(doc, hotspots) {
  if (!hotspots.length) return [];
  return [
    {
      id: "hotspot-owner",
      name: hotspots.length > 1 ? "Say who owns these hot spots…" : "Say who owns this hot spot…",
      ask: [
        {
          key: "owner",
          label: "Owner",
          kind: "text",
          optional: true,
          value: doc.hotspots?.[hotspots[0]].owner ?? "",
          hint: "Who brings the answer; left out: nobody yet"
        }
      ],
      edits: ({ owner }) => hotspots.map((id2) => ({ kind: "change", of: "hotspots", id: id2, keys: { owner: owner?.trim() || null } }))
    },
    {
      id: "hotspot-about",
      name: hotspots.length > 1 ? "Say what these hot spots are about…" : "Say what this hot spot is about…",
      ask: [
        {
          key: "about",
          label: "About",
          kind: "one",
          optional: true,
          hint: "Nothing chosen: about the whole storm",
          value: doc.hotspots?.[hotspots[0]].about,
          choices: thingsToBeAbout(doc)
        }
      ],
      edits: ({ about }) => hotspots.map((id2) => ({ kind: "change", of: "hotspots", id: id2, keys: { about: about || null } }))
    }
  ];
}
function thingsToBeAbout(doc) {
  const found = /* @__PURE__ */ new Map();
  for (const section2 of ["events", "policies", "entities", "contexts", "services", "listeners"]) {
    for (const id2 of Object.keys(
      /** @type {any} */
      doc[section2] ?? {}
    )) {
      if (!found.has(id2)) found.set(id2, titleOf(doc, `${section2}/${id2}`));
    }
  }
  return [...found].map(([value, words4]) => ({ value, words: words4 }));
}
function decide(doc, keys2) {
  const [hotspot] = idsOf(keys2, "hotspots").filter((id2) => doc.hotspots?.[id2]);
  const about = hotspot ? doc.hotspots?.[hotspot].about : aboutOf(doc, keys2)?.id;
  return {
    id: "decide",
    name: hotspot ? `Decide ${spoken2([doc.hotspots?.[hotspot].text ?? ""])}…` : "Write down a decision…",
    ask: [
      { key: "text", label: "What was decided", kind: "text" },
      { key: "because", label: "Because", kind: "text", optional: true },
      SHORT_NAME,
      ...hotspot ? [{ key: "done", label: "Take the hot spot off the wall", kind: (
        /** @type {const} */
        "tick"
      ), value: true }] : []
    ],
    edits: ({ text: text5, because: because2, short, done }) => [
      {
        kind: "add",
        to: "decisions",
        name: text5,
        ...idFrom(short),
        keys: { ...because2 && { because: because2 }, ...about && { about } }
      },
      ...done ? [{ kind: "remove", of: "hotspots", id: hotspot }] : []
    ]
  };
}
function aboutOf(doc, keys2) {
  for (const key of keys2) {
    const ref = key.split("#")[0].replace(/^(triggers|contracts)\//, "events/");
    const [section2, id2] = ref.split("/");
    if (section2 !== "hotspots" && REMOVABLE.includes(section2) && /** @type {any} */
    doc[section2]?.[id2]) {
      return { id: id2, name: titleOf(doc, ref) };
    }
  }
  return void 0;
}

// board/source/steps/everybody.js
function everybodyActions(doc, keys2, insight) {
  const events = idsOf(keys2, "events").filter((id2) => doc.events?.[id2]);
  return [
    addEvent(),
    ...pivotal(doc, events),
    ...repeatPattern(doc, events),
    ...talkingActions(doc, keys2),
    ...findingActions(insight, keys2),
    ...parkActions(doc, keys2),
    ...removeActions(doc, keys2)
  ];
}
function addEvent() {
  return {
    id: "event-add",
    name: "Add an event…",
    ask: [
      {
        key: "name",
        label: "Event",
        kind: "text",
        hint: "Something that happened: a noun and a verb in the past tense"
      }
    ],
    edits: (answers2) => [{ kind: "add", to: "events", name: answers2.name }]
  };
}
function pivotal(doc, events) {
  if (!events.length) return [];
  const every = events.every((id2) => doc.events?.[id2]?.pivotal);
  const keys2 = { pivotal: every ? null : true };
  return [
    {
      id: "pivotal",
      name: every ? "No longer pivotal" : "Mark as pivotal: after it everything is different",
      keys: "p",
      edits: () => events.map((id2) => ({ kind: "change", of: "events", id: id2, keys: keys2 }))
    }
  ];
}
function repeatPattern(doc, events) {
  if (!events.length) return [];
  return [
    {
      id: "repeat",
      name: events.length > 1 ? `Repeat these ${events.length} events for other nouns…` : "Repeat this event for other nouns…",
      ask: [
        {
          key: "noun",
          label: "Their noun",
          kind: "text",
          value: commonNoun(events.map((id2) => doc.events?.[id2]?.name ?? ""))
        },
        {
          key: "nouns",
          label: "Other nouns, one a line",
          kind: "lines",
          hint: "Each gets events like these, in the same order"
        }
      ],
      edits: ({ noun, nouns }) => [{ kind: "repeat", events, noun, nouns }]
    }
  ];
}
function commonNoun(names2) {
  const tally = /* @__PURE__ */ new Map();
  for (const name of names2) {
    for (const word of new Set(name.split(/\s+/).slice(0, 20))) tally.set(word, (tally.get(word) ?? 0) + 1);
  }
  let [best, most] = ["", 0];
  for (const [word, count3] of tally) if (word && count3 > most) [best, most] = [word, count3];
  return best;
}

// board/source/steps/ground.js
var CELL = 192;
var MOST_CELLS = 400;
var ROWS = 1e6;
function makeGround(boxes2) {
  const cells = /* @__PURE__ */ new Map();
  const large = [];
  const take = (box) => {
    const keys2 = cellsOf(box);
    if (keys2.length > MOST_CELLS) {
      large.push(box);
      return;
    }
    for (const key of keys2) {
      const cell2 = cells.get(key);
      if (cell2) cell2.push(box);
      else cells.set(key, [box]);
    }
  };
  for (const box of boxes2) take(box);
  return {
    take,
    isFree: (box) => !large.some((other) => overlap(box, other)) && cellsOf(box).every((key) => !cells.get(key)?.some((other) => overlap(box, other)))
  };
}
function overlap(one, other) {
  return one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
}
function cellsOf(box) {
  const keys2 = [];
  const [right, bottom] = [Math.floor((box.x + box.w) / CELL), Math.floor((box.y + box.h) / CELL)];
  for (let column = Math.floor(box.x / CELL); column <= right; column++) {
    for (let row2 = Math.floor(box.y / CELL); row2 <= bottom; row2++) keys2.push(column * ROWS + row2);
    if (keys2.length > MOST_CELLS) return keys2;
  }
  return keys2;
}

// board/source/steps/places.js
var FARTHEST = 1e5;
function laidAt(doc, event) {
  return pointOf(doc.board?.notes?.[`events/${event}`]);
}
function pointOf(place2) {
  if (!Array.isArray(place2) || !place2.slice(0, 2).every(Number.isFinite) || place2.length < 2) return null;
  const [x, y] = place2.map((number2) => Math.max(-FARTHEST, Math.min(FARTHEST, number2)));
  return { x, y };
}
function layAt(key, at2) {
  return { kind: "move", note: key, x: Math.round(at2.x), y: Math.round(at2.y) };
}

// board/source/steps/hotspots.js
var SIZE = { w: 144, h: 102 };
var APART = 14;
var FARTHEST_ABOVE = 250;
var CLIMB = 24;
var SECTIONS = ["events", "policies", "entities", "contexts", "services", "listeners", "contracts", "triggers"];
function hotspotNotes(doc, scene7, taken = []) {
  const hotspots = Object.entries(doc.hotspots ?? {});
  if (!hotspots.length) return [];
  const ground2 = makeGround([...scene7.notes, ...labelBoxes(scene7), ...titleBoxes(scene7), ...taken]);
  const anchors = anchorsOf(scene7);
  const shelf = shelfOf(scene7);
  return hotspots.map(([id2, hotspot]) => {
    const about = hotspot.about ? anchorFor(anchors, hotspot.about) : void 0;
    const own = scene7.free ? pointOf(doc.board?.notes?.[`hotspots/${id2}`]) : null;
    const corner = own ?? (about ? beside(about, ground2) : nextOnShelf(shelf, ground2));
    const box = { ...corner, ...SIZE };
    ground2.take(box);
    return noteOf(id2, hotspot, box, about);
  });
}
function hotspotDrops(doc, scene7, keys2) {
  const held = keys2.map((key) => key.replace(/^hotspots\//, ""));
  if (!keys2.length || !held.every((id2) => doc.hotspots?.[id2])) return [];
  const those = held.length > 1 ? "these hot spots" : "this hot spot";
  const edits = (about) => held.map((id2) => ({ kind: "change", of: "hotspots", id: id2, keys: { about } }));
  const drops2 = scene7.notes.filter((note) => note.ref === note.key && SECTIONS.includes(note.key.split("/")[0])).map((note) => ({
    key: `about ${note.key}`,
    box: boxOf(note),
    words: `Let ${those} be about “${shortened(note.text)}”`,
    edits: edits(note.key.slice(note.key.indexOf("/") + 1))
  }));
  const shelf = shelfOf(scene7);
  const free = { x: shelf.x, y: shelf.y - APART, w: 5 * SIZE.w, h: SIZE.h + 2 * APART };
  return [
    { key: "about nothing", box: free, words: `Let ${those} be about the whole storm`, edits: edits(null) },
    ...drops2
  ];
}
function noteOf(id2, hotspot, box, about) {
  const votes3 = hotspot.votes?.length ?? 0;
  const owner = hotspot.owner && `owner ${hotspot.owner}`;
  const said3 = [`Hot spot: ${hotspot.text}`, about && `about ${about.text}`, owner, votes3 && counted(votes3, "vote")];
  return {
    ...box,
    key: `hotspots/${id2}`,
    ref: `hotspots/${id2}`,
    kind: "hotspot",
    shape: "paper",
    tag: "hot spot",
    text: hotspot.text,
    votes: votes3,
    ...hotspot.owner && { lines: [shortened(hotspot.owner, 20)] },
    says: said3.filter(Boolean).join(", ")
  };
}
function anchorsOf(scene7) {
  const found = /* @__PURE__ */ new Map();
  for (const region of scene7.regions) {
    if (region.ref) found.set(region.ref, { ...region, text: region.title ?? "" });
  }
  for (const note of scene7.notes) if (note.ref && !found.has(note.ref)) found.set(note.ref, note);
  return found;
}
function anchorFor(anchors, id2) {
  for (const section2 of SECTIONS) {
    const found = anchors.get(`${section2}/${id2}`);
    if (found) return found;
  }
  return void 0;
}
function beside(box, ground2) {
  const x = box.x + (box.w - SIZE.w) / 2 + 10;
  const above2 = [];
  for (let distance2 = APART; distance2 <= FARTHEST_ABOVE; distance2 += CLIMB)
    above2.push({ x, y: box.y - SIZE.h - distance2 });
  const [nearest, ...farther] = above2;
  const places = [
    nearest,
    { x, y: box.y + box.h + APART },
    ...farther,
    { x: box.x + box.w + APART, y: box.y + (box.h - SIZE.h) / 2 },
    { x: box.x - SIZE.w - APART, y: box.y + (box.h - SIZE.h) / 2 }
  ];
  return places.find((place2) => ground2.isFree({ ...place2, ...SIZE })) ?? { x: box.x + box.w - 40, y: box.y + box.h - 20 };
}
function shelfOf(scene7) {
  let [left, bottom] = [Infinity, 0];
  for (const box of [...scene7.regions, ...scene7.notes]) {
    left = Math.min(left, box.x);
    bottom = Math.max(bottom, box.y + box.h);
  }
  return { x: Number.isFinite(left) ? left : 0, y: bottom + 40 };
}
function nextOnShelf(shelf, ground2) {
  while (!ground2.isFree({ x: shelf.x, y: shelf.y, ...SIZE })) shelf.x += SIZE.w + APART;
  const corner = { ...shelf };
  shelf.x += SIZE.w + APART;
  return corner;
}
function labelBoxes(scene7) {
  return scene7.labels.map((label) => {
    const size = label.size ?? 14;
    const w = 0.55 * size * Math.min(label.text.length, 60);
    const x = label.anchor === "middle" ? label.x - w / 2 : label.anchor === "end" ? label.x - w : label.x;
    return { x, y: label.y - size, w, h: 1.3 * size };
  });
}
function titleBoxes(scene7) {
  return scene7.regions.filter((region) => region.title).map(({ x, y, w, title: title2 = "", subtitle = "" }) => ({
    x,
    y,
    w: Math.min(w, 40 + 8 * Math.max(title2.length, subtitle.length)),
    h: subtitle ? 52 : 36
  }));
}
function boxOf({ x, y, w, h: h2 }) {
  return { x, y, w, h: h2 };
}

// board/source/steps/common.js
var NOTE = { w: 132, h: 88 };
var HEX = { w: 112, h: 124 };
var GAP = 24;
function boxAround(boxes2, margin = 0) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes2) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.w);
    bottom = Math.max(bottom, box.y + box.h);
  }
  if (left > right) return { x: 0, y: 0, w: 0, h: 0 };
  return { x: left - margin, y: top - margin, w: right - left + 2 * margin, h: bottom - top + 2 * margin };
}
function centre(box) {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}
function path(words4, ...numbers) {
  return words4.map((word, index) => word + (index < numbers.length ? Math.round(numbers[index] * 10) / 10 : "")).join("");
}
function noteFor(doc, event) {
  const pivotal2 = Boolean(doc.events?.[event]?.pivotal);
  return {
    x: 0,
    y: 0,
    ...NOTE,
    key: `events/${event}`,
    ref: `events/${event}`,
    kind: "event",
    shape: "paper",
    tag: "event",
    text: titleOf(doc, `events/${event}`),
    ...pivotal2 && { pivotal: pivotal2 },
    says: sayEvent(doc, event)
  };
}
function hexFor(doc, event) {
  return { ...noteFor(doc, event), ...HEX, shape: "hex", tag: "" };
}
function sayEvent(doc, event) {
  const moment = momentOf(doc, event);
  const place2 = moment < 0 ? "not yet in time" : `moment ${moment + 1} of ${doc.timeline?.length}`;
  return `Event ${titleOf(doc, `events/${event}`)}, ${place2}${doc.events?.[event]?.pivotal ? ", pivotal" : ""}`;
}

// board/source/paint/camera.js
var NEAREST = 3;
var FARTHEST2 = 0.01;
var LEGIBLE = 0.55;
var MARGIN = 48;
function makeCamera(viewport, world, everything2) {
  let [x, y, zoom] = [-MARGIN, -MARGIN, 1];
  let [width, height] = [viewport.clientWidth || 800, viewport.clientHeight || 600];
  let frame = 0;
  const listeners = /* @__PURE__ */ new Set();
  const paint = () => {
    frame = 0;
    world.style.transform = `translate(${round(-x * zoom)}px, ${round(-y * zoom)}px) scale(${zoom})`;
    for (const listener of [...listeners]) listener();
  };
  const moved2 = () => {
    frame ||= requestAnimationFrame(paint);
  };
  const show2 = (box, least, most = 1) => {
    const top = MARGIN + camera.inset;
    if (!box) return camera.set(-MARGIN, -top, 1);
    const [across, down] = [width / (box.w + 2 * MARGIN), (height - top - MARGIN) / box.h];
    const next = within2(least, Math.min(across, down), most);
    const middle2 = box.x + box.w / 2 - width / next / 2;
    camera.set(across >= next ? middle2 : box.x - MARGIN / next, box.y - top / next, next);
  };
  const camera = {
    get zoom() {
      return zoom;
    },
    get x() {
      return x;
    },
    get y() {
      return y;
    },
    get width() {
      return width;
    },
    get height() {
      return height;
    },
    inset: 0,
    get sight() {
      return { x, y, w: width / zoom, h: height / zoom };
    },
    toWall: (point) => ({ x: x + point.x / zoom, y: y + point.y / zoom }),
    toScreen: (point) => ({ x: (point.x - x) * zoom, y: (point.y - y) * zoom }),
    set(newX, newY, newZoom) {
      [x, y, zoom] = [newX, newY, within2(FARTHEST2, newZoom, NEAREST)];
      moved2();
    },
    zoomBy(factor, about = { x: width / 2, y: height / 2 }) {
      const fixed = camera.toWall(about);
      const next = within2(FARTHEST2, zoom * factor, NEAREST);
      camera.set(fixed.x - about.x / next, fixed.y - about.y / next, next);
    },
    panBy: (dx, dy) => camera.set(x + dx / zoom, y + dy / zoom, zoom),
    fit(box, nearest) {
      show2(box ?? everything2(), FARTHEST2, nearest);
    },
    open(box) {
      show2(box, LEGIBLE);
    },
    reveal(box) {
      const { w, h: h2 } = camera.sight;
      const margin = Math.min(MARGIN / zoom, w / 4, h2 / 4);
      camera.set(nearestShowing(x, w, box.x, box.w, margin), nearestShowing(y, h2, box.y, box.h, margin), zoom);
    },
    resized() {
      [width, height] = [viewport.clientWidth || width, viewport.clientHeight || height];
      moved2();
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }
  };
  paint();
  return camera;
}
function nearestShowing(start, length2, from, size, margin) {
  if (from - margin < start) return from - margin;
  if (from + size + margin > start + length2) return Math.min(from - margin, from + size + margin - length2);
  return start;
}
function within2(least, value, most) {
  return Math.max(least, Math.min(value, most));
}
function round(value) {
  return Math.round(value * 100) / 100;
}

// board/source/paint/same.js
function same(one, other) {
  if (one === other) return true;
  if (!one || !other || typeof one !== "object" || typeof other !== "object") return false;
  const keys2 = Object.keys(one);
  if (keys2.length !== Object.keys(other).length) return false;
  for (const key of keys2) if (one[key] !== other[key] && !same(one[key], other[key])) return false;
  return true;
}

// board/source/paint/keyed.js
function keyed(parent, make, fill2) {
  const kept4 = /* @__PURE__ */ new Map();
  return {
    update(items) {
      const gone = new Set(kept4.keys());
      const made2 = document.createDocumentFragment();
      for (const data of items) {
        const old = kept4.get(data.key);
        gone.delete(data.key);
        if (old && same(old.data, data)) continue;
        const element2 = old?.element ?? make(data);
        fill2(element2, data);
        if (!old) made2.append(element2);
        kept4.set(data.key, { element: element2, data });
      }
      for (const key of gone) {
        kept4.get(key)?.element.remove();
        kept4.delete(key);
      }
      if (made2.hasChildNodes()) parent.append(made2);
    },
    get: (key) => kept4.get(key),
    keys: () => kept4.keys()
  };
}

// board/source/paint/lines.js
var HEAD = 9;
var HALF = 4.5;
var LONGEST_LABEL = 120;
var LONGEST_PILL = 48;
function makeLines() {
  const arrowLayer = svg("g", null);
  const labelLayer = svg("g", null);
  const under = svg("svg", { class: "lines", "aria-hidden": "true", width: 1, height: 1 }, arrowLayer, labelLayer);
  const over = h("div", { class: "pills", "aria-hidden": "true" });
  const arrows = keyed(arrowLayer, () => svg("g", null, svg("path", null), svg("path", null)), fillArrow);
  const labels = keyed(labelLayer, () => svg("text", null), fillLabel);
  const pills = keyed(over, () => h("div", { dir: "auto" }), fillPill);
  return {
    under,
    over,
    draw(someArrows, someLabels) {
      arrows.update(someArrows);
      labels.update(someLabels);
      pills.update(someArrows.filter((arrow2) => arrow2.label && arrow2.at));
    }
  };
}
function headOf(d) {
  const numbers = numbersOf(d);
  const [tipX, tipY] = numbers.slice(-2);
  for (let index = numbers.length - 4; index >= 0; index -= 2) {
    const [dx, dy] = [tipX - numbers[index], tipY - numbers[index + 1]];
    const length2 = Math.hypot(dx, dy);
    if (length2 < 0.5) continue;
    const [ux, uy] = [dx / length2, dy / length2];
    const [baseX, baseY] = [tipX - ux * HEAD, tipY - uy * HEAD];
    const corner = (side) => `${cut(baseX - uy * side)} ${cut(baseY + ux * side)}`;
    return `M ${cut(tipX)} ${cut(tipY)} L ${corner(HALF)} L ${corner(-HALF)} Z`;
  }
  return "";
}
var boxes = /* @__PURE__ */ new WeakMap();
function boxOfPath(arrow2) {
  const known5 = boxes.get(arrow2);
  if (known5) return known5;
  const numbers = numbersOf(arrow2.d);
  const [xs, ys] = [0, 1].map((odd) => numbers.filter((_, index) => index % 2 === odd));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const box = { x: x - HEAD, y: y - HEAD, w: Math.max(...xs) - x + 2 * HEAD, h: Math.max(...ys) - y + 2 * HEAD };
  boxes.set(arrow2, box);
  return box;
}
function numbersOf(d) {
  return (d.match(/-?\d*\.?\d+(?:e-?\d+)?/gi) ?? []).map(Number);
}
function fillArrow(element2, arrow2) {
  element2.setAttribute("class", `arrow is-${arrow2.tone}${arrow2.dashed ? " is-dashed" : ""}`);
  element2.setAttribute("data-key", arrow2.key);
  wearHue(element2, arrow2.hue);
  const [shaft, head] = element2.children;
  shaft.setAttribute("class", "shaft");
  shaft.setAttribute("d", arrow2.d);
  head.setAttribute("class", "head");
  head.setAttribute("d", arrow2.ends === false ? "" : headOf(arrow2.d));
}
function fillLabel(element2, label) {
  element2.setAttribute("class", `label is-${label.tone ?? "ink"}`);
  element2.setAttribute("x", String(label.x));
  element2.setAttribute("y", String(label.y));
  element2.setAttribute("text-anchor", label.anchor ?? "start");
  element2.setAttribute("font-size", String(label.size ?? 14));
  element2.setAttribute("font-weight", String(label.weight ?? 400));
  wearHue(element2, label.hue);
  element2.textContent = clip(label.text, LONGEST_LABEL);
}
function fillPill(element2, arrow2) {
  const { x, y } = (
    /** @type {Point} */
    arrow2.at
  );
  element2.className = `pill is-${arrow2.tone}`;
  element2.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
  wearHue(element2, arrow2.hue);
  element2.textContent = clip(arrow2.label ?? "", LONGEST_PILL);
}
function cut(value) {
  return Math.round(value * 100) / 100;
}

// board/source/paint/places.js
var LONGEST2 = 120;
var LONGEST_DASHES = 6e3;
function makePlaces() {
  const element2 = h("div", { class: "places" });
  const places = keyed(element2, () => h("div", null), fillPlace);
  let selected = /* @__PURE__ */ new Set();
  const mark = () => {
    for (const key of places.keys()) places.get(key)?.element.classList.toggle("is-selected", selected.has(key));
  };
  return {
    element: element2,
    draw(regions) {
      places.update(regions);
      mark();
    },
    get: (key) => places.get(key)?.element,
    select(keys2) {
      selected = keys2;
      mark();
    }
  };
}
function fillPlace(element2, region) {
  const dashed = (region.dashed || region.kind === "shelf") && region.w + region.h < LONGEST_DASHES;
  const classes = ["place", `is-${region.kind}`, region.hue !== void 0 && "has-hue", dashed && "is-dashed"];
  element2.className = classes.filter(Boolean).join(" ");
  element2.dataset.place = region.key;
  element2.style.transform = `translate(${region.x}px, ${region.y}px)`;
  element2.style.width = `${region.w}px`;
  element2.style.height = `${region.h}px`;
  wearHue(element2, region.hue);
  if (region.ref) {
    element2.setAttribute("role", "group");
    element2.setAttribute("tabindex", "-1");
    element2.setAttribute("aria-label", [region.title, region.subtitle, region.kind].filter(Boolean).join(", "));
  }
  const title2 = isBlank(region.title) ? region.ref ? "No name yet" : "" : clip(region.title ?? "", LONGEST2);
  const subtitle = clip(region.subtitle ?? "", LONGEST2);
  element2.replaceChildren(
    ...title2 ? [h("div", { class: "place-title", dir: "auto" }, title2)] : [],
    ...subtitle ? [h("div", { class: "place-subtitle", dir: "auto" }, subtitle)] : []
  );
}

// board/source/paint/wall.js
var MANY = 1500;
var UNREADABLE = 0.35;
var SPOKEN = "wall of sticky notes";
var AROUND = 0.1;
var TOO_MUCH = 4;
var MOST_GLIDING = 80;
var ROOM_OF_LABEL = 400;
function makeWall() {
  return wall();
}
function wall() {
  const places = makePlaces();
  const lines2 = makeLines();
  const notes = h("div", { class: "notes" });
  const world = h("div", { class: "world" }, places.element, lines2.under, notes, lines2.over);
  const blank = h("p", { class: "blank", hidden: true });
  const element2 = h(
    "div",
    { class: "wall", tabindex: 0, role: "application", "aria-label": "Wall", "aria-roledescription": SPOKEN },
    blank,
    world
  );
  const camera = makeCamera(element2, world, () => around(scene7));
  const entries = /* @__PURE__ */ new Map();
  let scene7 = { notes: [], regions: [], arrows: [], labels: [] };
  const lifted = /* @__PURE__ */ new Map();
  let pinned = /* @__PURE__ */ new Set();
  let covered2 = null;
  let far = false;
  const place2 = (entry2) => {
    if (!entry2.element) return;
    const { x, y, key, kind, shape } = entry2.note;
    const by = lifted.get(key);
    const tilt = kind === "hotspot" && shape === "paper" ? " rotate(-4deg)" : "";
    entry2.element.style.transform = `translate(${x + (by?.x ?? 0)}px, ${y + (by?.y ?? 0)}px)${tilt}`;
    entry2.element.classList.toggle("is-lifted", Boolean(by));
  };
  const paint = (entry2, made2) => {
    const { note, mark } = entry2;
    if (!entry2.element) made2.append(entry2.element = newNote(note.key));
    if (entry2.written !== note) {
      fillNote(entry2.element, note);
      place2(entry2);
    }
    if (entry2.written !== note || entry2.worn !== mark) markNote(entry2.element, note, mark);
    entry2.written = note;
    entry2.worn = mark;
  };
  const wipe = (entry2) => {
    entry2.element?.remove();
    entry2.element = entry2.written = entry2.worn = null;
  };
  const paintAll = () => {
    const made2 = document.createDocumentFragment();
    const all = scene7.notes.length + scene7.regions.length + scene7.arrows.length + scene7.labels.length;
    const near = covered2 = all > MANY ? grown(camera.sight, AROUND) : null;
    for (const [key, entry2] of entries) {
      if (!near || overlap2(entry2.note, near) || pinned.has(key) || lifted.has(key)) paint(entry2, made2);
      else if (entry2.element) wipe(entry2);
    }
    if (made2.hasChildNodes()) notes.append(made2);
    const { regions, arrows, labels } = scene7;
    places.draw(near ? regions.filter((region) => overlap2(region, near) || pinned.has(region.key)) : regions);
    if (!near) return lines2.draw(arrows, labels);
    lines2.draw(
      arrows.filter((arrow2) => overlap2(boxOfPath(arrow2), near)),
      labels.filter(({ x, y }) => overlap2({ x: x - ROOM_OF_LABEL, y, w: 2 * ROOM_OF_LABEL, h: 1 }, near))
    );
  };
  camera.on(() => {
    if (far !== camera.zoom < UNREADABLE) {
      far = !far;
      world.classList.toggle("is-far", far);
    }
    if (covered2 && (!contains(covered2, camera.sight) || covered2.w > TOO_MUCH * camera.sight.w)) paintAll();
  });
  return {
    element: element2,
    world,
    camera,
    /** What is drawn now. */
    get scene() {
      return scene7;
    },
    /**
     * Draws a scene with its marks.
     *
     * @param {Scene} next
     * @param {Marks} marks
     */
    draw(next, marks) {
      scene7 = next;
      const gone = new Set(entries.keys());
      const people = holdersByKey(marks.people);
      let moved2 = 0;
      for (const note of next.notes) {
        const mark = markOf(note, marks, people);
        const entry2 = entries.get(note.key);
        gone.delete(note.key);
        if (!entry2) {
          entries.set(note.key, { note, mark, element: null, written: null, worn: null });
          continue;
        }
        if (!same(entry2.note, note)) {
          if (entry2.note.x !== note.x || entry2.note.y !== note.y) moved2++;
          entry2.note = note;
        }
        if (!same(entry2.mark, mark)) entry2.mark = mark;
      }
      for (const key of gone) {
        wipe(
          /** @type {Entry} */
          entries.get(key)
        );
        entries.delete(key);
      }
      notes.classList.toggle("is-gliding", moved2 > 0 && moved2 <= MOST_GLIDING);
      places.select(marks.selection);
      blank.hidden = Boolean(next.notes.length || !next.empty);
      blank.textContent = next.empty ?? "";
      paintAll();
    },
    /**
     * The element of a note, or of a place that can take the focus.
     *
     * @param {string} key
     * @returns {HTMLElement | null}
     */
    noteElement: (key) => entries.get(key)?.element ?? places.get(key) ?? null,
    /**
     * Where a note or a place lies.
     *
     * @param {string} key
     * @returns {Note | import('../types.js').Region | null}
     */
    boxOf: (key) => entries.get(key)?.note ?? scene7.regions.find((region) => region.key === key) ?? null,
    /**
     * Keeps these notes as elements, in sight or not.
     *
     * @param {Iterable<string>} keys
     */
    pin(keys2) {
      const before2 = pinned;
      pinned = new Set(keys2);
      if (covered2 && [...pinned].some((key) => !before2.has(key))) paintAll();
    },
    /**
     * Raises notes off the wall and moves them by a distance, until `settle`.
     *
     * @param {Iterable<string>} keys
     * @param {Point} by
     */
    lift(keys2, by) {
      world.classList.add("is-carrying");
      for (const key of keys2) {
        lifted.set(key, by);
        const entry2 = entries.get(key);
        if (entry2) place2(entry2);
      }
    },
    /** Lets go of the notes that are lifted: they lie where the scene says. */
    settle() {
      const keys2 = [...lifted.keys()];
      lifted.clear();
      world.classList.remove("is-carrying");
      notes.classList.toggle("is-gliding", keys2.length > 0 && keys2.length <= MOST_GLIDING);
      for (const key of keys2) {
        const entry2 = entries.get(key);
        if (entry2) place2(entry2);
      }
    }
  };
}
function overlap2(one, other) {
  return one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
}
function around({ notes, regions }) {
  const boxes2 = [...notes, ...regions];
  return boxes2.length ? boxAround(boxes2) : null;
}
function contains(outer, inner) {
  return outer.x <= inner.x && outer.y <= inner.y && outer.x + outer.w >= inner.x + inner.w && outer.y + outer.h >= inner.y + inner.h;
}
function grown(box, share) {
  return { x: box.x - box.w * share, y: box.y - box.h * share, w: box.w * (1 + 2 * share), h: box.h * (1 + 2 * share) };
}

// board/source/steps/steering_actions.js
function steeringActions(board, keys2) {
  const { workshop, doc } = board.session;
  if (!workshop?.facilitates) return [];
  const state = doc.workshop ?? {};
  const named3 = (id2) => workshop.agenda.find((one) => one.id === id2)?.name ?? "";
  const key = keys2.length === 1 ? keys2[0].split("#")[0] : null;
  const note = key ? board.scene.notes.find((one) => one.key === key || one.ref === key) : void 0;
  const left = secondsLeft(workshop);
  const actions = [
    workshop.next !== null && {
      id: "steer-next",
      name: workshop.phase ? `Workshop: go on to “${named3(workshop.next)}”` : "Workshop: begin",
      edits: () => goTo(workshop.next)
    },
    workshop.back !== null && {
      id: "steer-back",
      name: `Workshop: back to “${named3(workshop.back)}”`,
      edits: () => goTo(workshop.back)
    },
    left !== null && {
      id: "steer-timer",
      name: workshop.running ? "Timer: pause" : `Timer: start at ${clock(Math.max(0, left))}`,
      edits: () => timer(Math.max(0, secondsLeft(workshop) ?? 0), !workshop.running)
    },
    left !== null && {
      id: "steer-minute",
      name: "Timer: one minute more",
      edits: () => timer(Math.max(0, secondsLeft(workshop) ?? 0) + 60, workshop.running)
    },
    {
      id: "steer-blind",
      name: state.blind ? "Reveal all notes" : "Blind: let each see only their own notes",
      edits: () => conduct({ blind: !state.blind })
    },
    {
      id: "steer-lock",
      name: state.locked ? "Open the wall for all" : "Lock the wall: only facilitators edit",
      edits: () => conduct({ locked: !state.locked })
    },
    { id: "steer-here", name: "Bring everyone here", edits: () => callHere(board) },
    note?.ref !== void 0 && note.ref === key && {
      id: "steer-spotlight",
      name: state.spotlight === key ? "Take the spotlight away" : `Spotlight on “${shortened(note.text, 40)}”`,
      edits: () => conduct({ spotlight: state.spotlight === key ? null : key })
    },
    { id: "steer-driver", name: "Rotate the driver", edits: () => conduct({ driver: nextDriver(board) }) },
    state.driver !== void 0 && {
      id: "steer-all-drive",
      name: "Let all drive",
      edits: () => conduct({ driver: null })
    },
    {
      id: "steer-vote",
      name: state.voting ? "Close the vote" : "Open a vote with dots",
      edits: () => conduct({ voting: state.voting ? null : { dots: DOTS, hidden: true } })
    },
    workshop.phase !== null && { id: "steer-end", name: "Workshop: end", danger: true, edits: () => goTo(null) }
  ];
  return actions.filter((one) => one !== null && one !== false);
}

// board/source/board.js
var UNDER_FIELD = 44;
var BLANK = (
  /** @type {Scene} */
  { notes: [], regions: [], arrows: [], labels: [] }
);
var NO_INSIGHT = { findings: {}, coupling: null, progress: {}, next: null, guesses: [] };
var READ_ONLY = {
  ok: (
    /** @type {false} */
    false
  ),
  why: "This board is for reading only now.",
  remedy: "Go back to now to change it."
};
function makeBoard(root, { session, steps, step: first, readonly, frame, hands }) {
  const wall2 = makeWall();
  const said3 = h("div", { class: "said", role: "status", "aria-live": "polite" });
  let step = steps[first - 1] ?? steps[0];
  let scene7 = BLANK;
  let made2 = null;
  let selection = /* @__PURE__ */ new Set();
  let focused = null;
  let focusedBox = null;
  let preview = null;
  let foreseen = null;
  let past = null;
  let opened = false;
  let stop = wall2.element;
  const places = /* @__PURE__ */ new Map();
  const listeners = /* @__PURE__ */ new Map();
  const doing = /* @__PURE__ */ new Set();
  const emit = (event) => {
    for (const listener of [...listeners.get(event) ?? []]) listener();
  };
  const docNow = () => past?.doc ?? session.doc;
  const insightNow = () => session.insight ?? NO_INSIGHT;
  const insightShown = () => {
    if (!preview?.coupling) return insightNow();
    if (foreseen?.coupling !== preview.coupling) foreseen = { ...insightNow(), coupling: preview.coupling };
    return foreseen;
  };
  const activeElement = () => (
    /** @type {Document | ShadowRoot} */
    root.getRootNode().activeElement
  );
  const readOnly = () => readonly || past !== null || session.status === "readonly" || session.status === "outdated";
  const remake = () => {
    const [doc, insight] = [docNow(), insightShown()];
    if (!doc || made2 && made2[0] === doc && made2[1] === insight && made2[2] === step) return;
    made2 = [doc, insight, step];
    try {
      scene7 = step.scene(
        doc,
        /** @type {any} */
        insight
      );
      if (readonly && scene7.empty) scene7 = { ...scene7, empty: nothingYet(doc) };
    } catch (error) {
      console.error(error);
      const remedy = "The storm itself is safe. Choose another step, and report this.";
      frame().notice("error", `The board could not draw step ${step.number}. ${remedy}`);
    }
    const keys2 = new Set([...scene7.notes, ...scene7.regions].map((thing) => thing.key));
    const kept4 = [...selection].filter((key) => keys2.has(key));
    if (kept4.length !== selection.size) {
      selection = new Set(kept4);
      emit("selection");
    }
  };
  const settleStop = () => {
    const key = focused ?? scene7.notes[0]?.key ?? null;
    wall2.pin([...selection, ...key ? [key] : []]);
    const next = key && wall2.noteElement(key) || wall2.element;
    if (next !== stop) stop.tabIndex = -1;
    next.tabIndex = 0;
    stop = next;
  };
  const attend = (key) => {
    const box = wall2.boxOf(key);
    if (!box) return;
    focused = key;
    focusedBox = { x: box.x, y: box.y, w: box.w, h: box.h };
    settleStop();
  };
  const draw = () => {
    remake();
    wall2.camera.inset = step.placeholder === null || readOnly() ? 0 : UNDER_FIELD;
    if (!opened && session.status !== "connecting") {
      opened = true;
      wall2.camera.resized();
      wall2.camera.open(around(scene7));
    }
    const active = activeElement();
    const onNote2 = active instanceof HTMLElement && wall2.world.contains(active);
    const findings = findingsByRef(past ? {} : insightNow().findings, step.number);
    wall2.draw(scene7, { findings, people: others(), selection });
    if (focused && !wall2.boxOf(focused)) {
      focused = (focusedBox && nearestTo(scene7.notes, focusedBox)?.key) ?? null;
    }
    const box = focused ? wall2.boxOf(focused) : null;
    focusedBox = box && { x: box.x, y: box.y, w: box.w, h: box.h };
    settleStop();
    if (onNote2 && !wall2.world.contains(activeElement())) takeFocus();
    root.dataset.rev = String(session.revision ?? 0);
    root.dataset.pending = String(session.pending);
    root.dataset.status = session.status;
    root.dataset.step = String(step.number);
    root.classList.toggle("is-readonly", readOnly());
    emit("draw");
  };
  const drawSoon = oncePerFrame(draw);
  const takeFocus = () => {
    const element2 = focused && wall2.noteElement(focused) || wall2.element;
    element2.focus({ preventScroll: true });
  };
  const others = () => (session.people ?? []).filter((person) => person.id !== session.me?.id);
  const board = {
    session,
    root,
    camera: wall2.camera,
    get step() {
      return step;
    },
    get scene() {
      remake();
      return scene7;
    },
    get selection() {
      return selection;
    },
    get focused() {
      return focused;
    },
    get preview() {
      return preview;
    },
    get replay() {
      return past?.revision ?? null;
    },
    setStep(number2) {
      const next = steps[number2 - 1];
      if (!next || next === step) return;
      const { x, y, zoom } = wall2.camera;
      places.set(step.number, [x, y, zoom]);
      step = next;
      session.tell({ step: number2, pointer: null, holds: null });
      draw();
      const back = places.get(number2);
      if (back) wall2.camera.set(...back);
      else wall2.camera.open(around(scene7));
      board.say(`Step ${number2}, ${step.short}. ${step.question}`);
      emit("step");
    },
    select(keys2, how = "only") {
      const before2 = selection;
      selection = how === "only" ? /* @__PURE__ */ new Set() : new Set(selection);
      for (const key of keys2) {
        if (how === "toggle" && before2.has(key)) selection.delete(key);
        else selection.add(key);
      }
      if (selection.size === before2.size && [...selection].every((key) => before2.has(key))) return;
      draw();
      emit("selection");
    },
    focus(key, { reveal = true } = {}) {
      if (!wall2.boxOf(key)) draw();
      const box = wall2.boxOf(key);
      if (!box) return;
      attend(key);
      if (reveal) wall2.camera.reveal(box);
      takeFocus();
      emit("selection");
    },
    async do(edits, words4) {
      if (!edits.length) return { ok: true, revision: session.revision };
      if (readOnly()) {
        board.notice("warning", `${READ_ONLY.why} ${READ_ONLY.remedy}`);
        return READ_ONLY;
      }
      const held = edits.every((one) => one.kind === "vote") ? null : heldBack(board);
      if (held) {
        board.notice("warning", `${held.why} ${held.remedy}`);
        return { ok: false, ...held };
      }
      const edit = edits.length === 1 ? edits[0] : { kind: "batch", edits };
      doing.add(edit);
      const done = session.do(edit);
      draw();
      if (words4) board.say(words4);
      const outcome = await done;
      doing.delete(edit);
      if (!outcome.ok) showRefusal(outcome);
      return outcome;
    },
    async run(action) {
      try {
        if (action.run) return action.run(board);
        if (!action.ask?.length) return void await board.do(action.edits?.({}) ?? [], action.name);
        let edits = [];
        const check = (answers3) => void (edits = action.edits?.(answers3) ?? []);
        const answers2 = await askQuestions(board, action.name, action.ask, { danger: action.danger, check });
        if (answers2) await board.do(edits, action.name);
      } catch (error) {
        board.notice("warning", error instanceof Error ? error.message : String(error));
      }
    },
    actions() {
      const keys2 = keysMeant(board);
      const insight = (
        /** @type {any} */
        insightNow()
      );
      const later = laterWords(session.workshop, step.number) !== null;
      const own = readOnly() || later ? [] : step.actions(docNow(), keys2, insight);
      const shared = readOnly() ? [] : everybodyActions(docNow(), keys2, insight);
      const steering = readOnly() ? [] : steeringActions(board, keys2);
      const all = [...own, ...shared, ...steering, ...hands().actions()];
      return all.filter((action, index) => all.findIndex((one) => one.id === action.id) === index);
    },
    edit: (key) => hands().edit(key),
    menu: (at2, items, title2) => void openMenu(root, at2, items, title2),
    say(words4) {
      said3.textContent = said3.textContent === words4 ? `${words4} ` : words4;
    },
    notice: (tone, text5, actions) => frame().notice(tone, text5, actions),
    setPreview(next) {
      if (next === preview) return;
      preview = next;
      draw();
      emit("preview");
    },
    look(revision, doc) {
      past = revision === null || !doc ? null : { revision, doc };
      draw();
    },
    on(event, listener) {
      const set = listeners.get(event) ?? /* @__PURE__ */ new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    }
  };
  const showRefusal = ({ again, why, remedy }) => {
    frame().notice(again ? "warning" : "error", `${why} ${remedy}`.trim());
  };
  const ends = [
    // the first picture waits for nothing: an empty wall would only be drawn to be drawn over
    session.on("change", () => opened ? drawSoon() : draw()),
    session.on("insight", drawSoon),
    session.on("people", drawSoon),
    session.on("status", drawSoon),
    session.on("refused", (refusal) => {
      if (!doing.has(refusal?.edit)) showRefusal(refusal);
    })
  ];
  wall2.world.addEventListener("focusin", (event) => {
    const key = event.target instanceof Element ? keyOf(event.target) : null;
    if (key) attend(key);
  });
  root.append(said3);
  return {
    board,
    wall: wall2,
    draw,
    close() {
      for (const end of ends) end();
      listeners.clear();
    }
  };
}
function nothingYet({ workshop }) {
  return workshop?.blind ? "Until the reveal, each sees only their own notes." : "Nothing is on the wall of this step yet.";
}

// board/source/steps/discovery_layout.js
var COLUMNS = 8;
var ROWS2 = 6;
var SHEETS_ACROSS = 4;
var BETWEEN_SHEETS = 2 * GAP;
var MIDDLE = 0.25;
function cornersOfEvents(doc) {
  const corners = /* @__PURE__ */ new Map();
  const ground2 = makeGround([]);
  let [number2, next] = [0, 0];
  for (const event of Object.keys(doc.events ?? {})) {
    const laid = laidAt(doc, event);
    if (laid) {
      corners.set(event, laid);
      ground2.take({ ...laid, ...NOTE });
    } else {
      next = Math.max(next, number2);
      while (!ground2.isFree(middleOfCell(next))) next += 1;
      corners.set(event, cell(next));
      next += 1;
    }
    number2 += 1;
  }
  return corners;
}
function cell(number2) {
  const sheet = Math.floor(number2 / (COLUMNS * ROWS2));
  const within5 = number2 % (COLUMNS * ROWS2);
  const column = sheet % SHEETS_ACROSS * COLUMNS + within5 % COLUMNS;
  const row2 = Math.floor(sheet / SHEETS_ACROSS) * ROWS2 + Math.floor(within5 / COLUMNS);
  return {
    x: column * (NOTE.w + GAP) + sheet % SHEETS_ACROSS * BETWEEN_SHEETS,
    y: row2 * (NOTE.h + GAP) + Math.floor(sheet / SHEETS_ACROSS) * BETWEEN_SHEETS
  };
}
function middleOfCell(number2) {
  const { x, y } = cell(number2);
  return {
    x: x + NOTE.w * MIDDLE,
    y: y + NOTE.h * MIDDLE,
    w: NOTE.w * (1 - 2 * MIDDLE),
    h: NOTE.h * (1 - 2 * MIDDLE)
  };
}

// board/source/steps/merging.js
var MOST_NAMES = 5;
function mergeEdits(doc, keep4, gone, name) {
  const same3 = name === doc.events?.[keep4]?.name;
  return gone.map((id2, index) => ({
    kind: "merge",
    keep: keep4,
    gone: id2,
    ...index === gone.length - 1 && !same3 && { name }
  }));
}
function mergeChoices(doc, keep4, gone) {
  const names2 = [...new Set([keep4, ...gone].map((id2) => doc.events?.[id2]?.name ?? id2))];
  return names2.slice(0, MOST_NAMES).map((name) => ({
    words: names2.length > 1 ? `Merge as “${shortened(name)}”` : "Merge: they mean the same",
    edits: mergeEdits(doc, keep4, gone, name)
  }));
}
function mergeAction(doc, events) {
  if (events.length < 2) return events.length ? [mergeOne(doc, events[0])] : [];
  const [keep4, ...gone] = events;
  const names2 = events.map((id2) => doc.events?.[id2]?.name ?? id2);
  return [
    {
      id: "merge",
      name: `Merge ${spoken2(names2)}…`,
      keys: "&",
      ask: [
        {
          key: "name",
          label: "Called from now on",
          kind: "text",
          value: names2[0],
          hint: names2.slice(1).map((name) => shortened(name)).join(", ")
        }
      ],
      edits: ({ name }) => mergeEdits(doc, keep4, gone, name)
    }
  ];
}
function mergeOne(doc, event) {
  const name = doc.events?.[event]?.name ?? event;
  const others = Object.entries(doc.events ?? {}).filter(([id2]) => id2 !== event);
  return {
    id: "merge",
    name: `Merge ${spoken2([name])} with another note…`,
    keys: "&",
    ask: [
      {
        key: "gone",
        label: "It also stands for",
        kind: "one",
        choices: others.map(([value, other]) => ({ value, words: other.name }))
      },
      { key: "name", label: "Called from now on", kind: "text", value: name }
    ],
    edits: (answers2) => mergeEdits(doc, event, [answers2.gone], answers2.name)
  };
}

// board/source/steps/discovery_actions.js
function discoveryActions(doc, keys2) {
  const events = idsOf(keys2, "events").filter((id2) => doc.events?.[id2]);
  return [pasteAction(), ...mergeAction(doc, events), ...events.length > 1 ? arranging(doc, events) : []];
}
function pasteAction() {
  return {
    id: "paste-list",
    name: "Paste a list of events…",
    keys: "l",
    tool: true,
    run: (board) => void paste(board)
  };
}
async function paste(board) {
  const answers2 = await askQuestions(board, "Paste a list of events", [
    { key: "lines", label: "Events, one a line", kind: "lines", hint: "Bullets and numbers are taken off" }
  ]);
  if (!answers2) return;
  try {
    const { edits } = await board.session.ask("lines", { text: answers2.lines.join("\n") });
    await board.do(edits, `Added ${counted(answers2.lines.length, "event")}.`);
  } catch (error) {
    board.notice("warning", error instanceof Error ? error.message : String(error));
  }
}
function arranging(doc, events) {
  const laid = (place2) => () => {
    const all = cornersOfEvents(doc);
    const corners = events.map((id2) => all.get(id2) ?? { x: 0, y: 0 });
    return place2(corners).map((at2, index) => layAt(`events/${events[index]}`, at2));
  };
  const least = (corners, axis) => Math.min(...corners.map((one) => one[axis]));
  const many = counted(events.length, "note");
  return [
    {
      id: "align-left",
      name: `Align ${many} at the left`,
      edits: laid((corners) => corners.map(({ y }) => ({ x: least(corners, "x"), y })))
    },
    {
      id: "align-top",
      name: `Align ${many} at the top`,
      edits: laid((corners) => corners.map(({ x }) => ({ x, y: least(corners, "y") })))
    },
    {
      id: "align-grid",
      name: `Lay ${many} out in a grid`,
      tool: true,
      edits: laid((corners) => inGrid(corners))
    }
  ];
}
function inGrid(corners) {
  const columns = Math.ceil(Math.sqrt(corners.length));
  const start = { x: Math.min(...corners.map((one) => one.x)), y: Math.min(...corners.map((one) => one.y)) };
  const order2 = corners.map((_, index) => index).sort((a, b) => rowOf(corners[a]) - rowOf(corners[b]) || corners[a].x - corners[b].x);
  const placed2 = [];
  order2.forEach((index, place2) => {
    placed2[index] = {
      x: start.x + place2 % columns * (NOTE.w + GAP),
      y: start.y + Math.floor(place2 / columns) * (NOTE.h + GAP)
    };
  });
  return placed2;
}
function rowOf(corner) {
  return Math.round(corner.y / (NOTE.h + GAP));
}

// board/source/steps/adding.js
function newId(doc, section2, name) {
  const plain3 = name.normalize("NFKD").replace(/[^\x20-\x7e]/g, "");
  return mint(doc, section2, name) ?? mint(doc, section2, plain3) ?? section2;
}
function laidEvent(doc, name, at2) {
  if (!at2) return [{ kind: "add", to: "events", name }];
  const id2 = newId(doc, "events", name);
  return [{ kind: "add", to: "events", name, id: id2 }, layAt(`events/${id2}`, at2)];
}
function timedEvent(doc, name, after2) {
  const id2 = newId(doc, "events", name);
  const beside2 = after2 && momentOf(doc, after2) >= 0 ? { after: after2 } : {};
  return [
    { kind: "add", to: "events", name, id: id2 },
    { kind: "place", event: id2, ...beside2 }
  ];
}

// board/source/steps/discovery.js
var SHELF = "shelf/parked";
var SHELF_HEAD = 56;
var SHELF_COLUMNS = 8;
var EDGE = 0.15;
var EVERYWHERE = { x: -1e6, y: -1e6, w: 2e6, h: 2e6 };
var discovery = {
  number: 1,
  short: "Discover",
  question: "What happens in our business?",
  hint: "Everybody writes at once, in the past tense. No order, no argument: two names for one thing are welcome.",
  placeholder: "Something that happened, such as Room Booked, and Enter",
  scene,
  drops,
  actions: discoveryActions,
  typed: (doc, text5, near, at2) => laidEvent(doc, text5, at2)
};
function scene(doc) {
  const drawn = { notes: [], regions: [], arrows: [], labels: [], free: true };
  for (const [event, corner] of cornersOfEvents(doc)) {
    drawn.notes.push(noteAt(doc, event, corner));
  }
  drawn.notes.push(...hotspotNotes(doc, drawn));
  const parked2 = Object.entries(doc.board?.parked ?? {});
  if (drawn.notes.length || parked2.length) drawShelf(drawn, parked2);
  else
    drawn.empty = "Type what happened, such as Room Booked, and press Enter. Or paste a list, one event a line. A double-click on the wall writes a note there.";
  return drawn;
}
var before = /* @__PURE__ */ new WeakMap();
function noteAt(doc, event, { x, y }) {
  const said3 = doc.events?.[event] ?? {};
  const drawn = before.get(said3);
  if (drawn && drawn.ref === `events/${event}` && drawn.x === x && drawn.y === y) return drawn;
  const note = noteFor(doc, event);
  const fresh = { ...note, x, y, says: note.says.replace(/, (moment \d+ of \d+|not yet in time)/, "") };
  before.set(said3, fresh);
  return fresh;
}
function drawShelf(drawn, parked2) {
  const around2 = boxAround(drawn.notes);
  const top = around2.y + around2.h + 2 * GAP;
  const rows2 = Math.ceil(parked2.length / SHELF_COLUMNS);
  drawn.regions.push({
    x: around2.x - GAP,
    y: top,
    w: Math.max(around2.w, SHELF_COLUMNS * (NOTE.w + GAP) - GAP) + 2 * GAP,
    h: SHELF_HEAD + Math.max(rows2, 0.25) * (NOTE.h + GAP),
    key: SHELF,
    kind: "shelf",
    dashed: true,
    title: parked2.length ? `Put aside: ${counted(parked2.length, "note")}` : "Put aside",
    subtitle: parked2.length ? "Drag a note out to bring it back" : "Drop here what is for later"
  });
  parked2.forEach(([id2, event], index) => {
    drawn.notes.push({
      ...NOTE,
      x: around2.x + index % SHELF_COLUMNS * (NOTE.w + GAP),
      y: top + SHELF_HEAD + Math.floor(index / SHELF_COLUMNS) * (NOTE.h + GAP),
      key: `parked/${id2}`,
      kind: "event",
      shape: "paper",
      tag: "put aside",
      text: event.name,
      says: `Event ${event.name}, put aside`
    });
  });
}
function drops(doc, drawn, keys2) {
  const parked2 = idsOf(keys2, "parked");
  if (parked2.length) return dropsOfParked(doc, drawn, parked2);
  const held = idsOf(keys2, "events");
  if (!held.length) return [];
  const names2 = spoken2(held.map((id2) => doc.events?.[id2]?.name ?? id2));
  const shelf = drawn.regions.find((region) => region.key === SHELF);
  const found = shelf ? [
    {
      key: SHELF,
      box: shelf,
      words: `Put ${names2} aside for later`,
      edits: held.map((event) => ({ kind: "park", event }))
    }
  ] : [];
  for (const note of drawn.notes) {
    if (!note.key.startsWith("events/") || keys2.includes(note.key)) continue;
    found.push({
      key: `merge ${note.key}`,
      box: middleOf(note),
      show: { x: note.x, y: note.y, w: note.w, h: note.h },
      words: `Merge ${names2} with “${shortened(note.text)}”`,
      get choices() {
        return mergeChoices(doc, note.key.slice("events/".length), held);
      }
    });
  }
  return found;
}
function dropsOfParked(doc, drawn, parked2) {
  const names2 = spoken2(parked2.map((id2) => doc.board?.parked?.[id2]?.name ?? id2));
  const shelf = drawn.regions.find((region) => region.key === SHELF);
  const back = { key: "back", box: EVERYWHERE, show: boxAround(drawn.notes, GAP), words: `Bring ${names2} back` };
  return [
    { ...back, edits: parked2.map((event) => ({ kind: "unpark", event })) },
    ...shelf ? [{ key: SHELF, box: shelf, words: `Leave ${names2} on the shelf`, edits: [] }] : []
  ];
}
function middleOf(note) {
  const [dx, dy] = [note.w * EDGE, note.h * EDGE];
  return { x: note.x + dx, y: note.y + dy, w: note.w - 2 * dx, h: note.h - 2 * dy };
}

// board/source/steps/moments.js
var MOST_ROWS = 6;
function momentsOf(doc, without2) {
  const seen = new Set(without2);
  const moments2 = [];
  (doc.timeline ?? []).forEach((moment, number2) => {
    const events = eventsIn(moment).filter((event) => doc.events?.[event] && !seen.has(event) && seen.add(event));
    if (!events.length) return;
    const how = events.length === 1 ? "one" : Array.isArray(moment) ? "and" : "or";
    moments2.push({ number: number2, events, how });
  });
  return moments2;
}
function columnsOf(moments2, { sizeOf: sizeOf2, between: between3, stacked: stacked2, top }) {
  let x = 0;
  return moments2.map((moment) => {
    const cells = [];
    const rows2 = Math.ceil(moment.events.length / Math.ceil(moment.events.length / MOST_ROWS));
    let [left, y, widest] = [x, top, 0];
    moment.events.forEach((event, index) => {
      if (index && index % rows2 === 0) [left, y, widest] = [left + widest + stacked2, top, 0];
      const size = sizeOf2(event, index % rows2 === 0);
      cells.push({ event, x: left, y, ...size });
      y += size.h + stacked2;
      widest = Math.max(widest, size.w);
    });
    const box = boxAround(cells);
    x = box.x + box.w + between3;
    return { ...moment, box, cells };
  });
}

// board/source/steps/placing.js
function placeEdits(events, beside2) {
  return events.map((event, index) => {
    const together2 = beside2.instead_of !== void 0 || beside2.parallel_to !== void 0;
    if (index === 0 || together2) return { kind: "place", event, ...beside2 };
    return { kind: "place", event, after: events[index - 1] };
  });
}
function joinEdits([first, ...others], how, standing2) {
  const start = standing2 ? [] : placeEdits([first], {});
  return [...start, ...placeEdits(others, { [how]: first })];
}

// board/source/steps/sequencing_actions.js
var WHERE = [
  { value: "after", words: "after" },
  { value: "before", words: "before" },
  { value: "instead_of", words: "instead of (either this or that)" },
  { value: "parallel_to", words: "at the same time as" },
  { value: "end", words: "at the end" }
];
function sequencingActions(doc, keys2) {
  const events = idsOf(keys2, "events").filter((id2) => doc.events?.[id2]);
  const inTime = momentsOf(doc).flatMap((moment) => moment.events);
  return [
    ...events.length ? ofEvents(doc, events, inTime) : [],
    ...mergeAction(doc, events),
    ...placeLoose(doc, inTime),
    pasteAction()
  ];
}
function ofEvents(doc, events, inTime) {
  const placed2 = new Set(inTime);
  const standing2 = events.filter((event) => placed2.has(event));
  return [
    ...events.length === 1 ? byOne(doc, events[0]) : ofSeveral(doc, events, standing2),
    placeAction(doc, events, inTime),
    ...standing2.length ? [
      {
        id: "unplace",
        name: standing2.length > 1 ? `Take ${standing2.length} events out of time` : "Take out of time",
        keys: "u",
        edits: () => standing2.map((event) => ({ kind: "unplace", event }))
      }
    ] : []
  ];
}
function placeAction(doc, events, inTime) {
  const chosen3 = new Set(events);
  const neighbours = inTime.filter((event) => !chosen3.has(event));
  return {
    id: "place",
    name: `Put ${spoken2(events.map((id2) => doc.events?.[id2]?.name ?? id2))} into time…`,
    keys: "t",
    ask: [
      { key: "where", label: "Where", kind: "one", choices: WHERE, value: neighbours.length ? "after" : "end" },
      {
        key: "neighbour",
        label: "Neighbour",
        kind: "one",
        optional: true,
        choices: neighbours.map((value) => ({ value, words: doc.events?.[value]?.name ?? value }))
      }
    ],
    edits: ({ where, neighbour }) => {
      if (where === "end") return placeEdits(events, {});
      if (!neighbour) throw new Error("No neighbour is named. Choose one, or put the event at the end.");
      return placeEdits(events, { [where]: neighbour });
    }
  };
}
function byOne(doc, event) {
  const rest2 = momentsOf(doc, /* @__PURE__ */ new Set([event]));
  const own = momentsOf(doc).find((moment) => moment.events.includes(event));
  if (!own) return [];
  const before2 = rest2.filter((moment) => moment.number < own.number);
  const after2 = rest2.filter((moment) => moment.number > own.number);
  const alone = own.events.length === 1;
  const actions = [];
  const earlier = alone ? before2[before2.length - 1] : rest2.find((moment) => moment.number === own.number);
  const later = alone ? after2[0] : earlier;
  if (earlier) {
    actions.push({
      id: "earlier",
      name: "Earlier by one moment",
      keys: ",",
      edits: () => placeEdits([event], { before: earlier.events[0] })
    });
  }
  if (later) {
    actions.push({
      id: "later",
      name: "Later by one moment",
      keys: ".",
      edits: () => placeEdits([event], { after: later.events[0] })
    });
  }
  return actions;
}
function ofSeveral(doc, events, standing2) {
  const ordered2 = [...standing2, ...events.filter((event) => !standing2.includes(event))];
  const many = counted(events.length, "event");
  return [
    {
      id: "alternatives",
      name: `Either, or: one of these ${many} happens`,
      keys: "o",
      edits: () => joinEdits(ordered2, "instead_of", standing2.length > 0)
    },
    {
      id: "parallel",
      name: `At the same time: all of these ${many} happen`,
      keys: "a",
      edits: () => joinEdits(ordered2, "parallel_to", standing2.length > 0)
    },
    {
      id: "one-by-one",
      name: `One after the other, in the order they were selected`,
      keys: "s",
      edits: () => standing2.includes(events[0]) ? placeEdits(events.slice(1), { after: events[0] }) : placeEdits(events, {})
    }
  ];
}
function placeLoose(doc, inTime) {
  const placed2 = new Set(inTime);
  const loose = Object.keys(doc.events ?? {}).filter((event) => !placed2.has(event));
  if (!loose.length) return [];
  return [
    {
      id: "place-loose",
      name: loose.length > 1 ? `Put all ${loose.length} at the end, as they were written` : "Put the one that is left at the end",
      tool: true,
      edits: () => loose.flatMap((event) => placeEdits([event], {}))
    }
  ];
}

// board/source/steps/sequencing_drops.js
var SIDE = 30;
var RIM = 24;
var LINE2 = 4;
var ROOM_BELOW = 84;
var FAR = 400;
function sequencingDrops(doc, scene7, keys2) {
  const held = idsOf(keys2, "events").filter((id2) => doc.events?.[id2]);
  if (!held.length) return hotspotDrops(doc, scene7, keys2);
  const hand = handOf(doc, scene7, held);
  const moments2 = momentsOf(doc, new Set(held)).map((moment) => ({ ...moment, box: boxOfMoment(hand, moment.events) }));
  const inTime = new Set(moments2.flatMap((moment) => moment.events));
  const loose = [...hand.boxes.keys()].filter((event) => !inTime.has(event) && !held.includes(event));
  return [
    ...moments2.map((moment) => together(hand, moment)),
    ...between(hand, moments2),
    ...shelfDrop(hand, scene7),
    ...moments2.filter(({ how }) => how !== "and").flatMap((moment) => moment.events.map((event) => instead(hand, moment, event))),
    ...moments2.flatMap((moment) => moment.events.map((event) => onto(hand, event, moment))),
    ...loose.map((event) => onto(hand, event, null))
  ];
}
function handOf(doc, scene7, held) {
  const boxes2 = new Map(
    scene7.notes.filter(({ kind }) => kind === "event").map((note) => [note.key.slice("events/".length), note])
  );
  let bottom = NOTE.h;
  for (const moment of momentsOf(doc))
    for (const event of moment.events) bottom = Math.max(bottom, bottomOf(boxes2.get(event)));
  return { doc, held, boxes: boxes2, bottom, names: spoken2(held.map((id2) => doc.events?.[id2]?.name ?? id2)) };
}
function bottomOf(note) {
  return note ? note.y + note.h : 0;
}
function boxOfMoment({ boxes: boxes2 }, events) {
  return boxAround(events.flatMap((event) => boxes2.get(event) ?? []));
}
function shelfDrop({ doc, held, names: names2 }, scene7) {
  const box = scene7.regions.find((region) => region.kind === "shelf");
  if (!box) return [];
  const timed = held.filter((event) => momentOf(doc, event) >= 0);
  const words4 = timed.length ? `Take ${names2} out of time` : `Leave ${names2} for later`;
  return [{ key: box.key, box, words: words4, edits: timed.map((event) => ({ kind: "unplace", event })) }];
}
function between({ doc, held, names: names2, bottom }, moments2) {
  const name = ({ events }) => spoken2(
    events.map((event) => doc.events?.[event]?.name ?? event),
    "or"
  );
  const height = bottom + ROOM_BELOW;
  if (!moments2.length) {
    const box = { x: -FAR, y: -FAR, w: 4 * FAR, h: FAR + height };
    return [
      { key: "first", box, show: { x: 0, y: 56, ...NOTE }, words: `Begin with ${names2}`, edits: placeEdits(held, {}) }
    ];
  }
  return [...moments2, null].map((next, index) => {
    const before2 = moments2[index - 1];
    const left = before2 ? before2.box.x + before2.box.w - SIDE : -FAR;
    const right = next ? next.box.x + SIDE : left + FAR;
    const line3 = before2 && next ? (before2.box.x + before2.box.w + next.box.x) / 2 : before2 ? before2.box.x + before2.box.w + 34 : -34;
    const words4 = before2 && next ? `between ${name(before2)} and ${name(next)}` : before2 ? `after ${name(before2)}` : `before ${next && name(next)}`;
    return {
      key: next ? `before ${next.events[0]}` : "last",
      box: { x: left, y: -FAR / 2, w: right - left, h: height + FAR / 2 },
      show: { x: line3 - LINE2 / 2, y: 20, w: LINE2, h: bottom },
      words: `Put ${names2} ${words4}`,
      edits: placeEdits(held, before2 ? { after: before2.events[0] } : { before: next?.events[0] })
    };
  });
}
function instead({ doc, held, names: names2, boxes: boxes2 }, moment, event) {
  const note = (
    /** @type {Note} */
    boxes2.get(event)
  );
  return {
    key: `instead of ${event}`,
    box: { x: note.x + SIDE, y: note.y - RIM, w: note.w - 2 * SIDE, h: note.h + 2 * RIM },
    show: boxAround([moment.box, slotBelow(moment, held.length)], 8),
    words: `Either ${spoken2([doc.events?.[event]?.name ?? event])} or ${names2}`,
    edits: placeEdits(held, { instead_of: event })
  };
}
function together({ doc, held, names: names2, bottom }, moment) {
  const { x, y, w, h: h2 } = moment.box;
  const either = moment.how === "or";
  const beside2 = spoken2(
    moment.events.map((event) => doc.events?.[event]?.name ?? event),
    either ? "or" : "and"
  );
  return {
    key: `with ${moment.events[0]}`,
    box: {
      x,
      y: y + (moment.how === "and" ? 0 : h2),
      w,
      h: Math.max(bottom - y - h2, 0) + ROOM_BELOW + (moment.how === "and" ? h2 : 0)
    },
    show: boxAround([moment.box, slotBelow(moment, held.length)], 8),
    words: either ? `Either ${beside2} or ${names2}` : `${names2} at the same time as ${beside2}`,
    edits: placeEdits(held, either ? { instead_of: moment.events[0] } : { parallel_to: moment.events[0] })
  };
}
function onto({ doc, held, names: names2, boxes: boxes2 }, event, moment) {
  const note = (
    /** @type {Note} */
    boxes2.get(event)
  );
  const name = `“${shortened(note.text)}”`;
  return {
    key: `onto ${event}`,
    box: { x: note.x + SIDE, y: note.y + RIM, w: note.w - 2 * SIDE, h: note.h - 2 * RIM },
    show: { x: note.x, y: note.y, w: note.w, h: note.h },
    words: `Merge ${names2} with ${name}, or place beside it`,
    get choices() {
      return [...mergeChoices(doc, event, held), ...moment ? placesBeside(held, names2, event, name, moment) : []];
    }
  };
}
function placesBeside(held, names2, event, name, { events, how }) {
  const all = events.length > 1 ? ` (with ${events.length - 1} more)` : "";
  return [
    { words: `After ${name}`, edits: placeEdits(held, { after: event }) },
    { words: `Before ${name}`, edits: placeEdits(held, { before: event }) },
    { words: `Either ${name} or ${names2}${how === "and" ? all : ""}`, edits: placeEdits(held, { instead_of: event }) },
    { words: `At the same time as ${name}${how === "or" ? all : ""}`, edits: placeEdits(held, { parallel_to: event }) }
  ];
}
function slotBelow({ box }, count3) {
  return { x: box.x, y: box.y + box.h + 34, w: NOTE.w, h: count3 * (NOTE.h + 34) - 34 };
}

// board/source/steps/sequencing.js
var SHELF2 = "shelf/unplaced";
var MOMENT = "moment/";
var BETWEEN = 60;
var STACKED = 34;
var TOP = 56;
var AROUND2 = 12;
var PIVOT = 12;
var SHELF_HEAD2 = 60;
var SHELF_COLUMNS2 = 8;
var sequencing = {
  number: 2,
  short: "Sequence",
  question: "In which order do these things happen?",
  hint: "Lay out the happy path first, then ask at every event: and if not? No causes and no owners yet.",
  placeholder: "Another event, and Enter: it goes after the focused note",
  scene: scene2,
  drops: sequencingDrops,
  actions: sequencingActions,
  typed: (doc, text5, near) => timedEvent(doc, text5, near?.startsWith("events/") ? near.slice(7) : null)
};
function scene2(doc) {
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  const columns = columnsOf(momentsOf(doc), { sizeOf: () => NOTE, between: BETWEEN, stacked: STACKED, top: TOP });
  const bottom = columns.reduce((lowest, { box }) => Math.max(lowest, box.y + box.h), TOP + NOTE.h);
  columns.forEach((column, index) => drawMoment(drawn, doc, column, columns[index + 1], bottom));
  const placed2 = new Set(columns.flatMap((column) => column.events));
  const loose = Object.keys(doc.events ?? {}).filter((event) => !placed2.has(event));
  if (!placed2.size && !loose.length) {
    drawn.empty = "There is no event yet. Type one here, or write down what happens in step 1, Discover.";
    drawn.notes.push(...hotspotNotes(doc, drawn));
    return drawn;
  }
  const right = drawTime(drawn, columns);
  drawShelf2(drawn, doc, loose, { top: bottom + 2 * GAP + AROUND2, width: right });
  drawn.notes.push(...hotspotNotes(doc, drawn, [{ x: 0, y: -8, w: right, h: 24 }]));
  return drawn;
}
function drawMoment(drawn, doc, column, next, bottom) {
  const { box, cells, events, how } = column;
  for (const { event, x, y } of cells)
    drawn.notes.push({ ...noteFor(doc, event), x, y, says: sayPlaced(doc, column, event) });
  if (how !== "one") {
    drawn.regions.push({
      x: box.x - AROUND2,
      y: box.y - AROUND2,
      w: box.w + 2 * AROUND2,
      h: box.h + 2 * AROUND2,
      key: `${MOMENT}${events[0]}`,
      kind: how === "and" ? "stream" : "moment",
      dashed: how === "and"
    });
    joints(drawn, column);
  }
  const pivotal2 = events.some((event) => doc.events?.[event]?.pivotal);
  if (next) {
    const y = box.y + NOTE.h / 2;
    const [from, to] = [box.x + box.w + edgeOf(column) + (pivotal2 ? PIVOT : 0) + 6, next.box.x - edgeOf(next) - 6];
    drawn.arrows.push({ key: `then/${events[0]}`, tone: "time", d: path`M ${from} ${y} L ${to} ${y}` });
  }
  if (pivotal2) {
    const x = box.x + box.w + edgeOf(column) + PIVOT;
    drawn.arrows.push({
      key: `pivotal/${events[0]}`,
      tone: "time",
      ends: false,
      d: path`M ${x} ${0} L ${x} ${bottom + AROUND2}`
    });
  }
}
function edgeOf(column) {
  return column.how === "one" ? 0 : AROUND2;
}
function joints(drawn, { cells, how }) {
  cells.forEach((cell2, index) => {
    if (!index || cells[index - 1].x !== cell2.x) return;
    drawn.labels.push({
      key: `joint/${cell2.event}`,
      x: cell2.x + cell2.w / 2,
      y: cell2.y - STACKED / 2 + 4,
      text: how === "or" ? "or" : "and",
      size: 12.5,
      weight: 600,
      tone: "soft",
      anchor: "middle"
    });
  });
}
function drawTime(drawn, columns) {
  const last = columns[columns.length - 1];
  const right = Math.max(last ? last.box.x + last.box.w + BETWEEN : 0, SHELF_COLUMNS2 * (NOTE.w + GAP) - GAP);
  drawn.arrows.push({ key: "time", tone: "time", d: path`M ${0} ${8} L ${right} ${8}` });
  drawn.labels.push({ key: "time", x: right + 12, y: 12, text: "time", size: 12.5, tone: "soft", weight: 600 });
  columns.forEach(({ box, events }, index) => {
    drawn.labels.push({
      key: `number/${events[0]}`,
      x: box.x + box.w / 2,
      y: 32,
      text: String(index + 1),
      size: 12.5,
      tone: "soft",
      anchor: "middle"
    });
  });
  return right;
}
function drawShelf2(drawn, doc, loose, { top, width }) {
  const columns = Math.max(SHELF_COLUMNS2, Math.floor((width + GAP) / (NOTE.w + GAP)));
  const rows2 = Math.ceil(loose.length / columns);
  drawn.regions.push({
    x: -GAP,
    y: top,
    w: Math.max(width, columns * (NOTE.w + GAP) - GAP) + 2 * GAP,
    h: SHELF_HEAD2 + Math.max(rows2 * (NOTE.h + GAP), 8),
    key: SHELF2,
    kind: "shelf",
    dashed: true,
    title: loose.length ? `Not yet in time: ${counted(loose.length, "event")}` : "Not yet in time",
    subtitle: loose.length ? "Drag each to its moment" : "Every event has its moment. Drop one here to take it out of time"
  });
  loose.forEach((event, index) => {
    const [column, row2] = [index % columns, Math.floor(index / columns)];
    drawn.notes.push({
      ...noteFor(doc, event),
      x: column * (NOTE.w + GAP),
      y: top + SHELF_HEAD2 + row2 * (NOTE.h + GAP)
    });
  });
}
function sayPlaced(doc, { events, how }, event) {
  const others = events.filter((one) => one !== event).map((one) => doc.events?.[one]?.name ?? one);
  const beside2 = how === "or" ? `, or instead ${others.join(", ")}` : how === "and" ? `, at the same time as ${others.join(", ")}` : "";
  return `${sayEvent(doc, event)}${beside2.slice(0, 300)}`;
}

// board/source/steps/triggers_words.js
var MOST_NAMES2 = 12;
function originOf(trigger) {
  if (trigger.external !== void 0) return "external";
  if (trigger.schedule !== void 0) return "schedule";
  return trigger.aws !== void 0 ? "aws" : "actor";
}
function sayTrigger(trigger) {
  switch (originOf(trigger)) {
    case "external":
      return withRemark(`external system ${trigger.external}`, trigger.says);
    case "schedule":
      return withRemark(scheduleWords(trigger.schedule ?? ""), trigger.says);
    case "aws":
      return `AWS event ${trigger.aws?.["detail-type"]} of ${trigger.aws?.source}`;
    default:
      return [trigger.actor, trigger.command].filter(Boolean).join(": ");
  }
}
function withRemark(said3, remark) {
  return remark ? `${said3}, ${remark}` : said3;
}
function scheduleWords(expression) {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (!rate) return expression;
  return rate[1] === "1" ? `every ${rate[2]}` : `every ${rate[1]} ${rate[2]}s`;
}
function tasksOf(policy) {
  return (policy.does ?? []).map((task) => typeof task === "string" ? task : task.do);
}
function policySentence(doc, policy) {
  const name = (event) => titleOf(doc, `events/${event}`);
  const when = joined2((policy.when ?? []).map(name), "or") || "…";
  const does = joined2(tasksOf(policy), "and");
  const emits = joined2((policy.emits ?? []).map(name), "and");
  const fails = joined2((policy.fails ?? []).map(name), "and");
  const then = [does && `do ${does}`, emits].filter(Boolean).join("; then ") || "…";
  return `Whenever ${when}, then ${then}.${fails ? ` If it fails, then ${fails}.` : ""}`;
}
function joined2(names2, joint) {
  const shown = names2.slice(0, MOST_NAMES2);
  if (names2.length > MOST_NAMES2) shown.push(`${names2.length - MOST_NAMES2} more`);
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} ${joint} ${shown[shown.length - 1]}`;
}

// board/source/steps/triggers_edits.js
var SIDES = (
  /** @type {const} */
  [
    ["when", "whenever"],
    ["emits", "then"],
    ["fails", "if it fails"]
  ]
);
function triggerEdits(events, trigger) {
  return events.map((event) => ({ kind: "trigger", event, trigger }));
}
function moveTrigger(doc, from, to) {
  const trigger = doc.triggers?.[from];
  return trigger && from !== to ? [...triggerEdits([from], null), ...triggerEdits([to], trigger)] : [];
}
function newPolicy(doc, { name, standard, ...lists }) {
  const heard = (lists.when ?? []).map((event) => titleOf(doc, `events/${event}`));
  const called = name?.trim() || lists.does?.[0] || (heard.length ? `After ${heard.slice(0, 3).join(" or ")}` : "New policy");
  const keys2 = Object.fromEntries(Object.entries(lists).filter(([, list]) => list?.length));
  return {
    kind: "add",
    to: "policies",
    name: called.slice(0, 200),
    id: newId(doc, "policies", called),
    keys: { ...keys2, ...standard && { kind: "standard" } }
  };
}
function policyList(policy, key, list) {
  return { kind: "change", of: "policies", id: policy, keys: { [key]: list.length ? list : null } };
}
function tasksFrom(policy, lines2) {
  const known5 = new Map(tasksOf(policy ?? {}).map((text5, index) => [text5, policy?.does?.[index] ?? text5]));
  return lines2.map((line3) => known5.get(line3) ?? line3);
}
function tieChoices(doc, id2, events) {
  const policy = doc.policies?.[id2] ?? {};
  const names2 = spoken2(
    events.map((event) => titleOf(doc, `events/${event}`)),
    "or"
  );
  const title2 = spoken2([titleOf(doc, `policies/${id2}`)]);
  const words4 = {
    when: `Whenever ${names2}, then ${title2}`,
    emits: `${title2}, then ${names2}`,
    fails: `If ${title2} fails, then ${names2}`
  };
  const untied = {
    when: `${title2} no longer hears ${names2}`,
    emits: `${title2} no longer emits ${names2}`,
    fails: `${title2} no longer fails with ${names2}`
  };
  return SIDES.map(([side]) => {
    const list = policy[side] ?? [];
    const loose = events.filter((event) => !list.includes(event));
    return loose.length ? { words: words4[side], edits: [policyList(id2, side, [...list, ...loose])] } : {
      words: untied[side],
      edits: [
        policyList(
          id2,
          side,
          list.filter((event) => !events.includes(event))
        )
      ]
    };
  });
}

// board/source/steps/triggers_policies.js
function policyFields(doc, policy) {
  const choices = eventChoices(doc);
  return [
    {
      key: "name",
      label: "Name",
      kind: "text",
      optional: true,
      hint: "Such as Take payment; left out, it is called by what it does or hears"
    },
    { key: "when", label: "Whenever", kind: "many", choices, value: policy.when ?? [], optional: true },
    { key: "does", label: "Do, one task a line", kind: "lines", optional: true },
    { key: "emits", label: "Then", kind: "many", choices, value: [], optional: true },
    { key: "fails", label: "If it fails", kind: "many", choices, value: [], optional: true },
    { key: "standard", label: "May take longer than five minutes", kind: "tick", value: false }
  ];
}
function eventChoices(doc) {
  return inOrder(doc).map((value) => ({ value, words: titleOf(doc, `events/${value}`) }));
}
function policyActions(doc, id2) {
  const policy = doc.policies?.[id2] ?? {};
  const title2 = spoken2([titleOf(doc, `policies/${id2}`)]);
  const standard = policy.kind === "standard";
  const choices = eventChoices(doc);
  const marked2 = Boolean(
    /** @type {any} */
    policy["x-guess"]
  );
  return [
    ...SIDES.map(([side, words4]) => ({
      id: `policy-${side}`,
      name: `${words4[0].toUpperCase()}${words4.slice(1)}: change the events of ${title2}…`,
      ask: [
        {
          key: "events",
          label: "Events",
          kind: (
            /** @type {const} */
            "many"
          ),
          choices,
          value: policy[side] ?? [],
          optional: true
        }
      ],
      edits: ({ events }) => [policyList(id2, side, events)]
    })),
    {
      id: "policy-does",
      name: `Say what ${title2} does…`,
      keys: "d",
      ask: [{ key: "lines", label: "Tasks, one a line", kind: "lines", value: tasksOf(policy), optional: true }],
      edits: ({ lines: lines2 }) => [policyList(id2, "does", tasksFrom(policy, lines2))]
    },
    {
      id: "policy-kind",
      name: standard ? `${title2} never takes longer than five minutes` : `${title2} may take longer than five minutes`,
      edits: () => [{ kind: "change", of: "policies", id: id2, keys: { kind: standard ? null : "standard" } }]
    },
    ...marked2 ? [
      {
        id: "policy-confirm",
        name: `Confirm ${title2}: it is no guess`,
        keys: "y",
        edits: () => [{ kind: "change", of: "policies", id: id2, keys: { "x-guess": null } }]
      }
    ] : [],
    {
      id: "policy-read",
      name: `Read ${title2} aloud`,
      keys: "r",
      run: (board) => {
        const sentence = policySentence(doc, policy);
        board.say(sentence);
        board.notice("note", sentence);
      }
    }
  ];
}

// board/source/steps/triggers_drops.js
function triggersDrops(doc, scene7, keys2) {
  const notes = scene7.notes.filter((note) => note.ref === note.key && !keys2.includes(note.key));
  const [trigger] = triggeredAmong(doc, keys2);
  if (trigger) return dropsOfTrigger(doc, scene7, trigger);
  const events = idsOf(keys2, "events").filter((id2) => doc.events?.[id2]);
  if (events.length) {
    const names2 = spoken2(
      events.map((id2) => titleOf(doc, `events/${id2}`)),
      "or"
    );
    return notes.flatMap((note) => dropOfEvents(doc, note, events, names2));
  }
  const policies = idsOf(keys2, "policies").filter((id2) => doc.policies?.[id2]);
  if (policies.length === 1) return notes.flatMap((note) => dropOfPolicy(doc, note, policies[0]));
  return hotspotDrops(doc, scene7, keys2);
}
function triggeredAmong(doc, keys2) {
  const events = keys2.filter((key) => key.startsWith("triggers/")).map((key) => key.slice("triggers/".length).split("#")[0]);
  return [...new Set(events)].filter((event) => doc.triggers?.[event]);
}
function dropOfEvents(doc, note, events, names2) {
  const id2 = note.key.slice(note.key.indexOf("/") + 1);
  const target = { key: `onto ${note.key}`, box: boxOf2(note) };
  if (note.kind === "policy") {
    return [
      {
        ...target,
        words: `Tie ${names2} to the policy “${shortened(note.text)}”`,
        get choices() {
          return tieChoices(doc, id2, events);
        }
      }
    ];
  }
  if (note.kind !== "event") return [];
  const name = `“${shortened(note.text)}”`;
  return [
    {
      ...target,
      words: `Make a policy of ${names2} and ${name}`,
      get choices() {
        return [
          { words: `Whenever ${name}, then ${names2}`, edits: [newPolicy(doc, { when: [id2], emits: events })] },
          { words: `Whenever ${names2}, then ${name}`, edits: [newPolicy(doc, { when: events, emits: [id2] })] }
        ];
      }
    }
  ];
}
function dropOfPolicy(doc, note, policy) {
  if (note.kind !== "event") return [];
  const title2 = spoken2([titleOf(doc, `policies/${policy}`)]);
  return [
    {
      key: `onto ${note.key}`,
      box: boxOf2(note),
      words: `Tie the policy ${title2} to “${shortened(note.text)}”`,
      get choices() {
        return tieChoices(doc, policy, [note.key.slice("events/".length)]);
      }
    }
  ];
}
function dropsOfTrigger(doc, scene7, from) {
  const trigger = doc.triggers?.[from];
  const what = trigger ? sayTrigger(trigger) : "";
  return scene7.notes.filter(({ kind, key }) => kind === "event" && key !== `events/${from}`).map((note) => {
    const to = note.key.slice("events/".length);
    const before2 = doc.triggers?.[to];
    const instead2 = before2 ? ` instead of “${shortened(sayTrigger(before2))}”` : "";
    return {
      key: `onto ${note.key}`,
      box: boxOf2(note),
      words: `Let “${shortened(what)}” start “${shortened(note.text)}”${instead2}`,
      edits: moveTrigger(doc, from, to)
    };
  });
}
function boxOf2({ x, y, w, h: h2 }) {
  return { x, y, w, h: h2 };
}

// board/source/steps/triggers_guesses.js
function guessesFor(doc, insight) {
  const started = (event) => !doc.events?.[event] || Boolean(doc.triggers?.[event]) || emittersOf(doc, event).length > 0;
  return (insight?.guesses ?? []).filter((edit) => {
    if (edit.kind === "trigger") return !started(edit.event);
    const { when = [], emits = [], fails = [] } = edit.keys ?? {};
    const there = when.every((event) => doc.events?.[event]);
    return edit.to === "policies" && there && !doc.policies?.[edit.id] && ![...emits, ...fails].some(started);
  });
}
function keyOfGuess(edit) {
  return edit.kind === "trigger" ? `guess/triggers/${edit.event}` : `guess/policies/${edit.id}`;
}
function accepted(edit) {
  if (edit.kind === "trigger") return { ...edit, trigger: said(edit.trigger) };
  return { ...edit, keys: said(edit.keys) };
}
function said(marked2) {
  return Object.fromEntries(Object.entries(marked2).filter(([key]) => key !== "x-guess"));
}

// board/source/steps/triggers_typed.js
var WHENEVER = /^(?:policy\s*:?\s*)?whenever\s+(.+?)[\s,;]+then\s+(.+)$/i;
var POLICY = /^policy(?:\s*:\s*|\s+)(.+)$/i;
var FAILS = /[\s,;.]+(?:but )?if (?:it|that) fails[\s,;]*(?:then\s+)?/i;
var LONGEST_SENTENCE = 2e3;
var EVERY = /^every (?:(\d{1,9}) )?(minute|hour|day|week)s?$/i;
function triggersTyped(doc, text5, near) {
  const sentence = text5.length > LONGEST_SENTENCE ? null : WHENEVER.exec(text5);
  if (sentence) return wheneverThen(doc, sentence[1], sentence[2]);
  const event = eventNear(doc, near);
  const named3 = POLICY.exec(text5);
  if (named3) return [newPolicy(doc, { name: named3[1], when: event ? [event] : [] })];
  if (event) return triggerEdits([event], triggerFrom(text5));
  const policy = near?.startsWith("policies/") ? near.slice("policies/".length) : "";
  if (doc.policies?.[policy]) return [policyList(policy, "does", [...doc.policies[policy].does ?? [], text5])];
  return timedEvent(doc, text5, null);
}
function triggerFrom(text5) {
  const schedule = /^((?:rate|cron|at)\([^()]*\))[\s,:;]*(.*)$/i.exec(text5);
  if (schedule) return { schedule: scheduleFrom(schedule[1]), ...schedule[2] && { says: schedule[2] } };
  if (EVERY.test(text5)) return { schedule: scheduleFrom(text5) };
  const aws = /^(aws\.[\w.-]+)[\s:/]+(.+)$/.exec(text5);
  if (aws) return { aws: { source: aws[1], "detail-type": aws[2] } };
  const external = /^(?:external(?: system)?|system)\s*:\s*(.+)$/i.exec(text5);
  if (external) return { external: external[1] };
  const [actor, ...command] = text5.split(":");
  const what = command.join(":").trim();
  if (!actor.trim()) return { command: what || text5 };
  return { actor: actor.trim(), ...what && { command: what } };
}
function scheduleFrom(text5) {
  const every = EVERY.exec(text5.trim());
  if (!every) return text5.trim();
  const weeks = every[2].toLowerCase() === "week";
  const number2 = Number(every[1] ?? 1) * (weeks ? 7 : 1);
  const unit = weeks ? "day" : every[2].toLowerCase();
  return `rate(${number2} ${unit}${number2 === 1 ? "" : "s"})`;
}
function eventNear(doc, near) {
  const event = /^(?:guess\/)?(?:events|triggers)\/([^#]+)/.exec(near ?? "")?.[1];
  return event && doc.events?.[event] ? event : null;
}
function wheneverThen(doc, first, second) {
  const [then, failing = ""] = second.split(FAILS);
  const byName = new Map(Object.entries(doc.events ?? {}).map(([id2, event]) => [plain2(event.name), id2]));
  const added = [];
  const eventOf = (name) => {
    const known5 = byName.get(plain2(name));
    if (known5) return known5;
    const id2 = newId(doc, "events", name);
    added.push({ kind: "add", to: "events", name, id: id2 });
    byName.set(plain2(name), id2);
    return id2;
  };
  const when = partsOf(first, byName, /\s+or\s+|,/).map(eventOf);
  const parts2 = partsOf(then, byName, /\s*[;,]\s*(?:and\s+)?(?:then\s+)?|\s+and\s+(?:then\s+)?/);
  const emits = parts2.flatMap((part2) => byName.get(plain2(part2)) ?? []);
  const does = parts2.filter((part2) => !byName.has(plain2(part2))).map((part2) => part2.replace(/^do\s+/i, ""));
  const fails = partsOf(failing, byName, /\s+and\s+|,/).map(eventOf);
  const last = when.findLast((event) => momentOf(doc, event) >= 0);
  const failure = last ? fails.filter((event) => added.some((one) => one.id === event)) : [];
  return [
    ...added,
    ...failure.map((event) => ({ kind: "place", event, after: last })),
    newPolicy(doc, { when, does, emits, fails })
  ];
}
function partsOf(text5, byName, joint) {
  const whole = text5.replace(/[\s.]+$/, "").trim();
  if (byName.has(plain2(whole))) return [whole];
  return whole.split(joint).map((part2) => part2.trim()).filter(Boolean);
}
function plain2(name) {
  return name.toLowerCase().replace(/[“”"]/g, "").replace(/\s+/g, " ").trim();
}

// board/source/steps/triggers_actions.js
function triggersActions(doc, keys2, insight) {
  const events = idsOf(keys2, "events").filter((id2) => doc.events?.[id2]);
  const stuck = triggeredAmong(doc, keys2);
  const policies = idsOf(keys2, "policies").filter((id2) => doc.policies?.[id2]);
  const all = [.../* @__PURE__ */ new Set([...events, ...stuck])];
  return [
    ...guessActions(doc, keys2, insight),
    ...all.length ? [...startedBy(doc, all), ...untrigger(doc, all, stuck.length > 0 && !events.length)] : [],
    ...events.length === 2 ? [link(doc, events[0], events[1])] : [],
    addPolicy(doc, events),
    ...policies.length === 1 ? policyActions(doc, policies[0]) : []
  ];
}
function startedBy(doc, events) {
  const names2 = spoken2(events.map((id2) => titleOf(doc, `events/${id2}`)));
  const now = events.length === 1 ? doc.triggers?.[events[0]] ?? {} : {};
  const says = text("says", "Remark", now.says, { optional: true });
  return [
    origin(
      "actor",
      `A person starts ${names2}…`,
      "a",
      events,
      [
        text("actor", "Who", now.actor, { hint: "Such as Visitor" }),
        text("command", "Command", now.command, { optional: true, hint: "What they ask for, such as Sign up" })
      ],
      ({ actor, command }) => ({ actor, ...command && { command } })
    ),
    origin(
      "external",
      `An outside system starts ${names2}…`,
      "x",
      events,
      [text("external", "System", now.external, { hint: "Such as Zendesk" }), says],
      (answers2) => ({ external: answers2.external, ...answers2.says && { says: answers2.says } })
    ),
    origin(
      "schedule",
      `Time starts ${names2}…`,
      "t",
      events,
      [
        text("schedule", "Schedule", now.schedule, {
          hint: "Every day, rate(12 hours), cron(0 3 * * ? *) or at(2026-03-01T09:00:00)"
        }),
        text("says", "In words", now.says, { optional: true, hint: "Such as: a paid month is over" })
      ],
      (answers2) => ({ schedule: scheduleFrom(answers2.schedule), ...answers2.says && { says: answers2.says } })
    ),
    origin(
      "aws",
      `An AWS service starts ${names2}…`,
      void 0,
      events,
      [
        text("source", "Source", now.aws?.source, { hint: "Such as aws.s3" }),
        text("type", "Detail-type", now.aws?.["detail-type"], { hint: "Such as Object Created" })
      ],
      ({ source, type }) => ({ aws: { source, "detail-type": type } })
    )
  ];
}
function origin(kind, name, keys2, events, ask2, trigger) {
  return { id: `trigger-${kind}`, name, keys: keys2, ask: ask2, edits: (answers2) => triggerEdits(events, trigger(answers2)) };
}
function text(key, label, value, more2) {
  return { key, label, kind: "text", value: value ?? "", ...more2 };
}
function untrigger(doc, events, deleting) {
  const triggered = events.filter((event) => doc.triggers?.[event]);
  if (!triggered.length) return [];
  return [
    {
      id: "untrigger",
      name: triggered.length > 1 ? `Take ${triggered.length} triggers away` : `Take the trigger of ${spoken2([titleOf(doc, `events/${triggered[0]}`)])} away`,
      keys: deleting ? "Delete" : void 0,
      edits: () => triggerEdits(triggered, null)
    }
  ];
}
function link(doc, first, second) {
  const [heard, emitted] = [first, second].map((id2) => spoken2([titleOf(doc, `events/${id2}`)]));
  return {
    id: "policy-link",
    name: `Whenever ${heard}, then ${emitted}`,
    keys: ">",
    edits: () => [newPolicy(doc, { when: [first], emits: [second] })]
  };
}
function addPolicy(doc, events) {
  return {
    id: "policy-add",
    name: events.length ? `Add a policy: whenever ${spoken2(
      events.map((id2) => titleOf(doc, `events/${id2}`)),
      "or"
    )}…` : "Add a policy…",
    keys: "w",
    tool: true,
    ask: policyFields(doc, { when: events }),
    edits: (answers2) => [newPolicy(doc, answers2)]
  };
}
function guessActions(doc, keys2, insight) {
  const guesses = guessesFor(doc, insight);
  if (!guesses.length) return [];
  const chosen3 = new Set(keys2.map((key) => key.split("#")[0]));
  const here = guesses.filter((edit) => chosen3.has(keyOfGuess(edit)));
  return [
    ...here.length ? [
      {
        id: "guess-accept",
        name: here.length > 1 ? `Accept ${here.length} guesses` : "Accept this guess",
        keys: "y",
        edits: () => here.map(accepted)
      }
    ] : [],
    {
      id: "guess-accept-all",
      name: `Accept ${guesses.length > 1 ? `all ${counted(guesses.length, "guess", "guesses")}` : "the guess"} from the order`,
      tool: true,
      edits: () => guesses.map(accepted)
    }
  ];
}

// board/source/steps/bus_tracks.js
var APART2 = 10;
var CORNER = 7;
function assignTracks(runs2) {
  const bent = runs2.filter((run) => Math.abs(run.from - run.to) >= 1);
  for (const run of runs2) run.track = -1;
  bent.sort(
    (a, b) => Math.min(a.from, a.to) - Math.min(b.from, b.to) || Math.abs(a.from - a.to) - Math.abs(b.from - b.to)
  );
  const ends = [];
  for (const run of bent) {
    const start = Math.min(run.from, run.to);
    let track = ends.findIndex((end) => end + APART2 <= start);
    if (track < 0) track = ends.length;
    ends[track] = Math.max(run.from, run.to);
    run.track = track;
  }
  return ends.length;
}
function ports(from, to, count3, { shifted: shifted2 = false, prefer = (from + to) / 2 } = {}) {
  if (!count3) return [];
  const step = Math.max(0, Math.min(16, (to - from) / Math.max(1, count3 - 1)));
  const width = step * (count3 - 1);
  const start = Math.min(Math.max(prefer - width / 2, from), to - width);
  return Array.from({ length: count3 }, (_, index) => {
    const x = start + index * step;
    return shifted2 ? Math.floor(x / 8) * 8 + 4 : Math.round(x / 8) * 8;
  });
}
function roundedPath(points) {
  const corners = points.filter(
    (point, index) => index === 0 || index === points.length - 1 || !inLine(points[index - 1], point, points[index + 1])
  );
  let d = `M ${corners[0].join(" ")}`;
  for (let index = 1; index < corners.length - 1; index++) {
    const [before2, here, after2] = [corners[index - 1], corners[index], corners[index + 1]];
    const radius = Math.min(CORNER, length(before2, here) / 2, length(here, after2) / 2);
    d += ` L ${towards(here, before2, radius)} Q ${here.join(" ")} ${towards(here, after2, radius)}`;
  }
  return `${d} L ${corners[corners.length - 1].join(" ")}`;
}
function inLine(a, b, c) {
  return a[0] === b[0] && b[0] === c[0] || a[1] === b[1] && b[1] === c[1];
}
function length(a, b) {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
}
function towards(from, to, distance2) {
  const x = from[0] + Math.sign(to[0] - from[0]) * distance2;
  const y = from[1] + Math.sign(to[1] - from[1]) * distance2;
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
function grouped(things, by) {
  const groups = /* @__PURE__ */ new Map();
  for (const thing of things) {
    const group = groups.get(by(thing));
    if (group) group.push(thing);
    else groups.set(by(thing), [thing]);
  }
  return groups;
}

// board/source/steps/triggers_notes.js
var POLICY2 = { w: 140, h: 96 };
var ONE_LINE = 54;
var LINE3 = 17;
var SMALL_LINE2 = 15;
var ACTOR_WIDTH = 118;
var WIDE = 13;
var ACTOR_WIDE = 11;
var SMALL_WIDE = 18;
var MOST_TEXT_LINES = 3;
var MOST_REMARK_LINES = 4;
var STUCK = 4;
var MOST_TASKS = 2;
function triggerNotes(doc, event, trigger, guess = false) {
  if (!trigger) return { notes: [], height: 0 };
  const name = doc.events?.[event]?.name ?? event;
  const said3 = `${guess ? "Guess: " : ""}${sayTrigger(trigger)} starts ${name}`;
  let y = 0;
  const notes = partsOf2(trigger).map(({ part: part2, kind, tag: tag2, text: text5, lines: lines2, size }) => {
    y -= size.h - STUCK;
    return (
      /** @type {Note} */
      {
        x: 0,
        y,
        ...size,
        key: guess ? `guess/triggers/${event}#${part2}` : `triggers/${event}#${part2}`,
        ...!guess && { ref: `triggers/${event}` },
        kind,
        shape: "paper",
        tag: tag2,
        text: text5,
        lines: lines2,
        ...guess && { guess: true, fixed: true },
        says: `${tag2[0].toUpperCase()}${tag2.slice(1)} ${text5}: ${said3}`
      }
    );
  });
  return { notes: notes.reverse(), height: -y };
}
function partsOf2(trigger) {
  const lines2 = inLines(trigger.says ?? "");
  switch (originOf(trigger)) {
    case "external":
      return [
        {
          part: "external",
          kind: "external",
          tag: "external system",
          text: trigger.external ?? "",
          lines: lines2,
          size: sizeFor(trigger.external ?? "", lines2)
        }
      ];
    case "schedule":
      return [
        {
          part: "schedule",
          kind: "schedule",
          tag: "schedule",
          text: scheduleWords(trigger.schedule ?? ""),
          lines: lines2,
          size: sizeFor(scheduleWords(trigger.schedule ?? ""), lines2)
        }
      ];
    case "aws":
      return [
        {
          part: "aws",
          kind: "aws",
          tag: "AWS event",
          text: trigger.aws?.["detail-type"] ?? "",
          lines: [trigger.aws?.source ?? ""],
          size: sizeFor(trigger.aws?.["detail-type"] ?? "", [""])
        }
      ];
    default:
      return [
        ...trigger.command !== void 0 ? [
          {
            part: "command",
            kind: "command",
            tag: "command",
            text: trigger.command,
            size: sizeFor(trigger.command)
          }
        ] : [],
        ...trigger.actor !== void 0 ? [
          {
            part: "actor",
            kind: "actor",
            tag: "actor",
            text: trigger.actor,
            size: { ...sizeFor(trigger.actor, [], ACTOR_WIDE), w: ACTOR_WIDTH }
          }
        ] : []
      ];
  }
}
function sizeFor(text5, lines2 = [], wide = WIDE) {
  return { w: NOTE.w, h: ONE_LINE + (textLines(text5, wide) - 1) * LINE3 + lines2.length * SMALL_LINE2 };
}
function textLines(text5, wide) {
  let [lines2, used] = [1, 0];
  for (const { length: length2 } of shortened(text5, wide * (MOST_TEXT_LINES + 1)).split(/\s+/)) {
    if (used && used + 1 + length2 > wide) [lines2, used] = [lines2 + 1, 0];
    else if (used) used += 1;
    used += length2;
    if (used > 1.2 * wide) [lines2, used] = [lines2 + Math.floor(used / (1.2 * wide)), used % wide];
  }
  return Math.min(lines2, MOST_TEXT_LINES);
}
function inLines(text5) {
  const lines2 = [];
  for (const word of shortened(text5, SMALL_WIDE * (MOST_REMARK_LINES + 1)).split(/\s+/).filter(Boolean)) {
    const last = lines2[lines2.length - 1];
    if (last !== void 0 && (last.length + word.length < SMALL_WIDE || lines2.length === MOST_REMARK_LINES))
      lines2[lines2.length - 1] = `${last} ${word}`;
    else lines2.push(word);
  }
  return lines2;
}
function policyNote(doc, id2, policy, title2, guess = false) {
  const tasks = tasksOf(policy);
  const lines2 = tasks.length > MOST_TASKS ? [...tasks.slice(0, MOST_TASKS - 1), `and ${tasks.length - MOST_TASKS + 1} more`] : tasks;
  const tag2 = policy.kind === "standard" ? "policy, may take long" : "policy";
  return {
    x: 0,
    y: 0,
    ...POLICY2,
    key: guess ? `guess/policies/${id2}` : `policies/${id2}`,
    ...!guess && { ref: `policies/${id2}` },
    kind: "policy",
    shape: "paper",
    tag: tag2,
    text: title2,
    lines: lines2,
    ...(guess || /** @type {any} */
    policy["x-guess"]) && { guess: true },
    ...guess && { fixed: true },
    says: `${guess ? "Guessed policy" : "Policy"} ${title2}: ${policySentence(doc, policy)}`
  };
}

// board/source/steps/triggers_lines.js
var ASIDE = 44;
var SLOT = 9;
var TRACK = 9;
var MOST_TRACKS = 14;
var ABOVE_POLICY = 26;
var BELOW_ROW = 22;
var PORTS = { when: [0.02, 0.26], emits: [0.54, 0.2], fails: [0.8, 0.17] };
var GUTTER = 10;
var BELOW_MIDDLE = 0.72;
function linesOf(columns, events, policies, top) {
  const lines2 = policies.flatMap((policy) => linesOfPolicy(policy, events));
  slotsBelowEvents(columns, events, lines2);
  const byPolicy = portsOnPolicies(policies, lines2);
  const count3 = policies.reduce((most, { row: row2 }) => Math.max(most, row2 + 1), 0);
  const perRow = Array.from({ length: count3 }, () => []);
  for (const line3 of lines2) perRow[line3.policy.row].push(line3);
  const rows2 = [];
  let y = top;
  for (const inRow of perRow) {
    const tracks = Math.min(assignTracks(inRow), MOST_TRACKS);
    rows2.push(y + ABOVE_POLICY + tracks * TRACK);
    y = rows2[rows2.length - 1] + POLICY2.h + BELOW_ROW;
  }
  return {
    rows: rows2,
    arrows: lines2.map((line3) => arrowOf(line3, events, rows2[line3.policy.row])),
    labels: policies.flatMap((policy) => labelsOf(byPolicy.get(policy) ?? [], rows2[policy.row]))
  };
}
function linesOfPolicy(policy, events) {
  return (
    /** @type {const} */
    ["when", "emits", "fails"].flatMap(
      (side) => [...new Set(policy[side])].filter((event) => events.has(event)).map((event) => ({
        key: `${side}/${policy.key}/${event}`,
        event,
        policy,
        side,
        from: 0,
        to: 0,
        track: 0,
        turn: 0
      }))
    )
  );
}
function slotsBelowEvents(columns, events, lines2) {
  const byEvent = /* @__PURE__ */ new Map();
  for (const line3 of lines2) {
    const known5 = byEvent.get(line3.event);
    if (known5) known5.push(line3);
    else byEvent.set(line3.event, [line3]);
  }
  for (const { cells } of columns) {
    const stacks = /* @__PURE__ */ new Map();
    for (const { event, x } of cells) stacks.set(x, [...stacks.get(x) ?? [], ...byEvent.get(event) ?? []]);
    for (const [x, stack] of stacks) {
      const width = cells[0].w - 2 * ASIDE;
      const middle2 = x + cells[0].w / 2;
      stack.sort((a, b) => towards2(a, middle2) - towards2(b, middle2) || b.policy.row - a.policy.row);
      const step = Math.min(SLOT * 2, width / Math.max(1, stack.length - 1));
      const lowest = Math.max(...cells.filter((cell2) => cell2.x === x).map((cell2) => cell2.y + cell2.h));
      stack.forEach((line3, index) => {
        line3.from = middle2 + (index - (stack.length - 1) / 2) * step;
        line3.turn = lowest + GUTTER + index % 3 * 5;
      });
    }
  }
}
function towards2(line3, middle2) {
  return line3.policy.x + POLICY2.w / 2 - middle2 + (line3.side === "when" ? 0.1 : 0);
}
function portsOnPolicies(policies, lines2) {
  const byPolicy = new Map(policies.map((policy) => [policy, []]));
  for (const line3 of lines2) byPolicy.get(line3.policy)?.push(line3);
  for (const [policy, own] of byPolicy) {
    for (const [side, [start, room]] of Object.entries(PORTS)) {
      const third = own.filter((line3) => line3.side === side).sort((a, b) => a.from - b.from);
      third.forEach((line3, index) => {
        line3.to = policy.x + POLICY2.w * (start + room * (index + 1) / (third.length + 1));
      });
    }
  }
  return byPolicy;
}
function labelsOf(lines2, top) {
  return SIDES.flatMap(([side, words4]) => {
    const ends = lines2.filter((line3) => line3.side === side).map((line3) => line3.to);
    if (!ends.length) return [];
    const { key } = lines2[0].policy;
    return [{ key: `${side}/${key}`, x: Math.max(...ends) + 5, y: top - 9, text: words4, size: 11, tone: "soft" }];
  });
}
function arrowOf(line3, events, top) {
  const { event, side, from, to, turn, policy } = line3;
  const box = (
    /** @type {Box} */
    events.get(event)
  );
  const y = top - ABOVE_POLICY - Math.max(line3.track, 0) % MOST_TRACKS * TRACK;
  const straight = line3.track < 0;
  const down = straight ? [[to, top]] : [
    [from, y],
    [to, y],
    [to, top]
  ];
  const heard = side === "when";
  const points = [...startOf(box, heard, straight ? to : from, turn), ...down];
  if (!heard) points.reverse();
  return {
    key: line3.key,
    tone: heard ? "hears" : "then",
    dashed: side === "fails" || policy.guess,
    d: roundedPath(points)
  };
}
function startOf(box, heard, slot, turn) {
  if (box.lowest) return [[slot, box.y + box.h]];
  const side = heard ? box.x + box.w : box.x;
  const gutter = heard ? side + GUTTER : side - GUTTER;
  const y = box.y + box.h * BELOW_MIDDLE;
  return [
    [side, y],
    [gutter, y],
    [gutter, turn],
    [slot, turn]
  ];
}

// board/source/steps/bus_live.js
var kept = /* @__PURE__ */ new WeakMap();
function keptFor(board) {
  const found = kept.get(board) ?? { drafts: /* @__PURE__ */ new Map(), problems: /* @__PURE__ */ new Map(), panels: /* @__PURE__ */ new Map() };
  kept.set(board, found);
  return found;
}
function livePanel(board, name, content4) {
  const { panels } = keptFor(board);
  let panel = panels.get(name);
  if (!panel) {
    panel = newPanel(board, name, content4);
    panels.set(name, panel);
  }
  panel.fill();
  return panel.root;
}
function newPanel(board, name, content4) {
  const root = h("section", { class: "b-panel", "aria-label": name });
  let [stale, held] = [false, false];
  const fill2 = () => {
    stale = false;
    refill(root, content4);
  };
  const follow = () => {
    stale = true;
    if (root.isConnected && !held && !inMiddleOfTyping(board, root)) fill2();
  };
  const catchUp = () => setTimeout(() => stale && follow());
  const letGo = () => {
    setTimeout(() => {
      held = false;
    });
    catchUp();
  };
  board.on("draw", follow);
  board.on("selection", follow);
  root.addEventListener("focusout", catchUp);
  root.addEventListener("keydown", ({ key }) => void (["Enter", "Escape"].includes(key) && catchUp()), true);
  root.addEventListener("pointerdown", () => {
    held = true;
    for (const end of ["pointerup", "pointercancel"]) root.ownerDocument.addEventListener(end, letGo, { once: true });
  });
  return { root, fill: fill2 };
}
function refill(root, content4) {
  const active = activeIn(root);
  const focus = active?.getAttribute("data-focus") ?? null;
  const place2 = active ? [...root.querySelectorAll("[data-focus]")].indexOf(active) : -1;
  const caret = isText(active) ? [active.selectionStart ?? 0, active.selectionEnd ?? 0] : null;
  const open = new Set(
    [...root.querySelectorAll("details[data-fold][open]")].map((fold3) => fold3.getAttribute("data-fold"))
  );
  root.replaceChildren(...content4().filter((part2) => part2 !== null));
  for (const fold3 of root.querySelectorAll("details[data-fold]")) {
    if (open.has(fold3.getAttribute("data-fold"))) fold3.setAttribute("open", "");
  }
  if (!active) return;
  const stops = root.querySelectorAll("[data-focus]");
  const again = marked(root, "data-focus", focus) ?? stops[Math.min(Math.max(place2, 0), stops.length - 1)];
  if (!(again instanceof HTMLElement)) return;
  again.focus({ preventScroll: true });
  if (caret && isText(again)) again.setSelectionRange(caret[0], caret[1]);
}
function isText(element2) {
  return element2 instanceof HTMLTextAreaElement || element2 instanceof HTMLInputElement && element2.type === "text";
}
function inMiddleOfTyping(board, root) {
  const active = activeIn(root);
  if (!active || !takesText(active)) return false;
  if (active instanceof HTMLSelectElement) return !active.hasAttribute("data-done");
  return keptFor(board).drafts.has(active.getAttribute("data-focus") ?? "");
}
function activeIn(root) {
  const home = root.getRootNode();
  const active = home instanceof Document || home instanceof ShadowRoot ? home.activeElement : null;
  return active && root.contains(active) ? active : null;
}
function hasDraft(board, key) {
  return keptFor(board).drafts.has(key);
}
function beginDraft(board, key) {
  const { drafts, panels } = keptFor(board);
  drafts.set(key, "");
  for (const { root, fill: fill2 } of panels.values()) {
    if (!root.isConnected) continue;
    fill2();
    marked(root, "data-focus", key)?.focus();
  }
}

// board/source/steps/bus_typed.js
function typedField(board, what) {
  const { drafts, problems } = keptFor(board);
  const id2 = freshId("typed");
  const problem = h("p", { class: "f-problem", id: `${id2}-problem`, role: "alert" });
  const control = h(what.rows ? "textarea" : "input", {
    id: id2,
    class: `f-input${what.code ? " f-code" : ""}`,
    type: what.rows ? null : "text",
    rows: what.rows,
    "data-focus": what.key,
    dir: what.code ? "ltr" : "auto",
    spellcheck: what.code ? "false" : null,
    autocomplete: "off",
    placeholder: what.placeholder,
    readonly: what.readonly,
    "aria-label": what.hideLabel ? what.label : null,
    "aria-describedby": `${id2}-problem${what.hint ? ` ${id2}-hint` : ""}`
  });
  const show2 = () => {
    const words4 = problems.get(what.key);
    problem.textContent = words4 ?? "";
    problem.hidden = !words4;
    if (words4) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  };
  const forget = () => {
    drafts.delete(what.key);
    problems.delete(what.key);
  };
  const finish = () => {
    const text5 = drafts.get(what.key);
    if (text5 === void 0) return;
    forget();
    try {
      if (text5 !== what.value) what.commit(text5);
      else control.value = what.value;
    } catch (error) {
      drafts.set(what.key, text5);
      problems.set(what.key, error instanceof Error ? error.message : String(error));
    }
    show2();
  };
  control.value = drafts.get(what.key) ?? what.value;
  control.addEventListener("input", () => drafts.set(what.key, control.value));
  if (!what.done) control.addEventListener("blur", () => setTimeout(finish));
  control.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || event.isComposing) return;
    if (event.key === "Enter" && (!what.rows || event.ctrlKey || event.metaKey)) finish();
    else if (event.key === "Escape" && drafts.has(what.key)) {
      forget();
      control.value = what.value;
      show2();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  show2();
  return h(
    "div",
    { class: "f-field" },
    what.hideLabel ? null : h("label", { for: id2 }, what.label),
    control,
    what.hint ? h("p", { class: "f-hint", id: `${id2}-hint` }, what.hint) : null,
    problem,
    what.done ? h(
      "div",
      { class: "b-acts" },
      button({ name: what.done, words: what.done, kind: "small", focus: `${what.key} done`, run: finish })
    ) : null
  );
}
function chosenField(what) {
  const control = h(
    "select",
    { class: "f-input", "aria-label": what.label, "data-focus": what.key, disabled: what.disabled },
    what.choices.map(({ value, words: words4 }) => h("option", { value }, words4))
  );
  control.value = what.value;
  control.addEventListener("change", () => {
    control.setAttribute("data-done", "");
    what.commit(control.value);
  });
  return control;
}

// board/source/steps/triggers_policy_fields.js
var MOST_LISTED = 30;
function policyLine(board, doc, id2) {
  const title2 = titleOf(doc, `policies/${id2}`);
  const sentence = shortened(policySentence(doc, doc.policies?.[id2] ?? {}), 240);
  const row2 = button({
    name: `${title2}: ${sentence} Show it`,
    words: title2,
    kind: "row",
    focus: `policy ${id2}`,
    run: () => show(board, `policies/${id2}`)
  });
  row2.classList.add("c-row");
  row2.replaceChildren(
    h(
      "span",
      { class: "c-row-words" },
      h("strong", { dir: "auto" }, shortened(title2)),
      h("span", { class: "c-soft", dir: "auto" }, sentence)
    )
  );
  return row2;
}
function show(board, key) {
  board.select([key]);
  board.focus(key);
}
function aboutPolicy(board, doc, id2) {
  const policy = doc.policies?.[id2] ?? {};
  const title2 = titleOf(doc, `policies/${id2}`);
  const run = (action) => {
    const found = board.actions().find((one) => one.id === action);
    if (found) board.run(found);
  };
  return [
    h("h3", { dir: "auto" }, shortened(title2, 120)),
    h("p", { dir: "auto" }, policySentence(doc, policy)),
    ...SIDES.map(([side, words4]) => sideRow(board, doc, id2, side, words4, () => run(`policy-${side}`))),
    typedField(board, {
      key: `${id2} does`,
      label: "Do, one task a line",
      rows: 4,
      value: tasksOf(policy).join("\n"),
      commit: (text5) => {
        const lines2 = text5.split("\n").map((line3) => line3.trim()).filter(Boolean);
        void board.do([policyList(id2, "does", tasksFrom(policy, lines2))], "Tasks changed.");
      }
    }),
    h(
      "div",
      null,
      h("h4", { "aria-hidden": "true" }, "How long it takes"),
      chosenField({
        key: `${id2} kind`,
        label: "How long it takes",
        value: policy.kind ?? "express",
        choices: [
          { value: "express", words: "at most five minutes" },
          { value: "standard", words: "maybe longer" }
        ],
        commit: (kind) => void board.do(
          [{ kind: "change", of: "policies", id: id2, keys: { kind: kind === "standard" ? kind : null } }],
          "Policy changed."
        )
      })
    )
  ];
}
function sideRow(board, doc, id2, side, words4, choose) {
  const events = doc.policies?.[id2]?.[side] ?? [];
  const label = `${words4[0].toUpperCase()}${words4.slice(1)}`;
  return h(
    "div",
    { role: "group", "aria-label": label },
    h("h4", null, label),
    h(
      "div",
      { class: "b-acts" },
      events.slice(0, MOST_LISTED).map(
        (event) => button({
          name: `${label}: take ${titleOf(doc, `events/${event}`)} off`,
          words: shortened(titleOf(doc, `events/${event}`), 40),
          icon: "close",
          kind: "small",
          focus: `${id2} ${side} ${event}`,
          run: () => void board.do(
            [
              policyList(
                id2,
                side,
                events.filter((one) => one !== event)
              )
            ],
            "Policy changed."
          )
        })
      ),
      button({
        name: `${label}: choose events`,
        words: events.length ? "Change…" : "Choose…",
        kind: "small",
        focus: `${id2} ${side} choose`,
        run: choose
      })
    )
  );
}

// board/source/steps/triggers_event_fields.js
var MOST_LISTED2 = 30;
var ORIGINS = [
  { value: "", words: "nothing yet" },
  { value: "actor", words: "a person" },
  { value: "external", words: "an outside system" },
  { value: "schedule", words: "time" },
  { value: "aws", words: "an AWS service" }
];
var FIRST = {
  actor: { actor: "Somebody" },
  external: { external: "Outside system" },
  schedule: { schedule: "rate(1 day)" },
  aws: { aws: { source: "aws.s3", "detail-type": "Object Created" } }
};
function aboutEvent(board, doc, event) {
  const name = titleOf(doc, `events/${event}`);
  const trigger = doc.triggers?.[event];
  const emitters2 = emittersOf(doc, event);
  const hearers2 = hearersOf(doc, event);
  return [
    h("h3", { dir: "auto" }, shortened(name, 120)),
    h(
      "div",
      null,
      h("h4", { "aria-hidden": "true" }, "Started by"),
      chosenField({
        key: "origin",
        label: `What starts ${shortened(name)}`,
        value: trigger ? originOf(trigger) : "",
        choices: emitters2.length && !trigger ? [{ value: "", words: "a policy" }, ...ORIGINS.slice(1)] : ORIGINS,
        commit: (kind) => void board.do(triggerEdits([event], FIRST[kind] ?? null), "Trigger changed.")
      })
    ),
    ...trigger ? triggerFields(board, event, trigger) : [],
    emitters2.length ? h("h4", null, "Emitted by") : null,
    ...emitters2.slice(0, MOST_LISTED2).map((id2) => policyLine(board, doc, id2)),
    hearers2.length ? h("h4", null, "Heard by") : null,
    ...hearers2.slice(0, MOST_LISTED2).map((id2) => policyLine(board, doc, id2)),
    hearers2.length ? null : h("p", { class: "f-soft" }, "No policy hears it. That is normal: nobody has to care.")
  ];
}
function triggerFields(board, event, trigger) {
  const put2 = (next) => void board.do(triggerEdits([event], next), "Trigger changed.");
  const field = (key, label, optional = false, hint = "") => typedField(board, {
    key: `${event} ${key}`,
    label,
    value: trigger[key] ?? "",
    hint: hint || void 0,
    commit: (text5) => {
      if (!text5.trim() && !optional)
        throw new Error(`“${label}” is empty. Fill it in, or choose another kind of start.`);
      const said3 = key === "schedule" ? scheduleFrom(text5) : text5.trim();
      const { [key]: _, ...others } = trigger;
      put2(said3 ? { ...trigger, [key]: said3 } : others);
    }
  });
  const aws = (key, label) => typedField(board, {
    key: `${event} ${key}`,
    label,
    value: trigger.aws?.[key] ?? "",
    commit: (text5) => {
      if (!text5.trim()) throw new Error(`“${label}” is empty. Fill it in, or choose another kind of start.`);
      put2({ ...trigger, aws: { source: "", "detail-type": "", ...trigger.aws, [key]: text5.trim() } });
    }
  });
  switch (originOf(trigger)) {
    case "external":
      return [field("external", "System"), field("says", "Remark", true)];
    case "schedule":
      return [
        field("schedule", "Schedule", false, "Every day, rate(12 hours), cron(0 3 * * ? *)"),
        field("says", "In words", true)
      ];
    case "aws":
      return [aws("source", "Source"), aws("detail-type", "Detail-type")];
    default:
      return [
        field("actor", "Who", trigger.command !== void 0),
        field("command", "Command", trigger.actor !== void 0)
      ];
  }
}

// board/source/steps/triggers_panel.js
var MOST_LISTED3 = 30;
function triggersPanel(board) {
  return livePanel(board, "What starts what", () => content(board));
}
function content(board) {
  const { doc } = board.session;
  const key = (board.selection.size === 1 ? [...board.selection][0] : board.selection.size ? null : board.focused) ?? "";
  const guess = guessesFor(doc, board.session.insight).find((edit) => keyOfGuess(edit) === key.split("#")[0]);
  if (guess) return aboutGuess(board, doc, guess);
  const [section2, id2 = ""] = key.split("#")[0].split("/");
  if (["events", "triggers"].includes(section2) && doc.events?.[id2]) return aboutEvent(board, doc, id2);
  if (section2 === "policies" && doc.policies?.[id2]) return aboutPolicy(board, doc, id2);
  return aboutAll(board, doc);
}
function aboutAll(board, doc) {
  const guesses = guessesFor(doc, board.session.insight);
  const policies = Object.keys(doc.policies ?? {});
  return [
    guesses.length ? h(
      "div",
      null,
      h("h3", null, "Guesses from the order"),
      h(
        "ul",
        { class: "c-rows" },
        guesses.slice(0, MOST_LISTED3).map((edit) => h("li", null, guessLine(board, doc, edit)))
      ),
      more(guesses.length),
      button({
        name: `Accept all ${counted(guesses.length, "guess", "guesses")}`,
        words: "Accept all",
        kind: "strong",
        focus: "accept-all",
        run: () => void board.do(guesses.map(accepted), "Guesses accepted.")
      })
    ) : null,
    h("h3", null, "Read aloud"),
    policies.length ? h(
      "ul",
      { class: "c-rows" },
      policies.slice(0, MOST_LISTED3).map((id2) => h("li", null, policyLine(board, doc, id2)))
    ) : h("p", { class: "f-soft" }, "No policy yet. Drag one event onto another, or type: whenever this then that."),
    more(policies.length),
    h("p", { class: "f-soft" }, "Choose an event or a policy, and change here what it says.")
  ];
}
function more(count3) {
  return count3 > MOST_LISTED3 ? h("p", { class: "f-soft" }, `and ${count3 - MOST_LISTED3} more`) : null;
}
function guessWords(doc, edit) {
  if (edit.kind === "trigger") return `${sayTrigger(edit.trigger)} starts ${titleOf(doc, `events/${edit.event}`)}.`;
  return policySentence(doc, edit.keys);
}
function guessLine(board, doc, edit) {
  const words4 = guessWords(doc, edit);
  return h(
    "div",
    null,
    h("p", { dir: "auto" }, shortened(words4, 200)),
    h(
      "div",
      { class: "b-acts" },
      button({
        name: `Accept: ${words4}`,
        words: "Accept",
        kind: "small",
        focus: `accept ${keyOfGuess(edit)}`,
        run: () => void board.do([accepted(edit)], "Guess accepted.")
      })
    )
  );
}
function aboutGuess(board, doc, edit) {
  return [
    h("h3", null, "A guess from the order"),
    guessLine(board, doc, edit),
    h("p", { class: "f-soft" }, "Nobody has said so yet. Accept it, or say something else about the event.")
  ];
}

// board/source/steps/triggers_policy_places.js
function statedPolicies(doc, guesses) {
  return [
    ...Object.entries(doc.policies ?? {}).map(([id2, policy]) => ({
      id: id2,
      policy,
      title: titleOf(doc, `policies/${id2}`),
      guess: false
    })),
    ...guesses.filter(({ kind }) => kind === "add").map(({ id: id2, keys: keys2, name }) => ({ id: id2, policy: keys2, title: name, guess: true }))
  ];
}
function placePolicies(columns, policies, between3) {
  const columnOf = /* @__PURE__ */ new Map();
  columns.forEach(({ events }, index) => events.forEach((event) => columnOf.set(event, index)));
  const rows2 = /* @__PURE__ */ new Map();
  return policies.map((stated) => {
    const { when = [], emits = [], fails = [] } = stated.policy;
    const gap = gapOf(columnsWith(columnOf, when), columnsWith(columnOf, [...emits, ...fails]));
    const row2 = rows2.get(gap) ?? 0;
    rows2.set(gap, row2 + 1);
    const left = columns[gap]?.box;
    const middle2 = left ? left.x + left.w + between3 / 2 : -between3 / 2;
    const key = stated.guess ? `guess/policies/${stated.id}` : `policies/${stated.id}`;
    return { ...stated, key, gap, row: row2, x: middle2 - POLICY2.w / 2, when, emits, fails };
  });
}
function columnsWith(columnOf, events) {
  return events.flatMap((event) => columnOf.get(event) ?? []);
}
function gapOf(heard, emitted) {
  if (!heard.length && !emitted.length) return -1;
  if (!emitted.length) return Math.max(...heard);
  const to = Math.min(...emitted);
  if (!heard.length) return to - 1;
  const from = Math.max(...heard);
  return to > from ? Math.floor((from + to - 1) / 2) : from;
}

// board/source/steps/triggers.js
var BETWEEN2 = 60;
var STACKED2 = 34;
var TOP2 = 0;
var AROUND3 = 12;
var LOOSE_ROWS = 6;
var triggers = {
  number: 3,
  short: "Trigger",
  question: "What makes each of these things happen?",
  hint: "Read every policy aloud: whenever …, then …. Who or what starts it, not how it is built.",
  placeholder: "Visitor: Sign up · every day · whenever Account Created then Payment Attempted",
  scene: scene3,
  drops: triggersDrops,
  actions: triggersActions,
  typed: triggersTyped,
  panel: triggersPanel
};
function scene3(doc, insight) {
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  if (!Object.keys(doc.events ?? {}).length) {
    drawn.empty = "There is no event yet. Write down what happens in step 1, Discover, then say here what starts it.";
    drawn.notes.push(...hotspotNotes(doc, drawn));
    return drawn;
  }
  const guesses = guessesFor(doc, insight);
  const stuck = stuckTo(doc, guesses);
  const { columns, loose } = columnsWithTriggers(doc, stuck);
  const all = [...columns, ...loose];
  const events = drawEvents(drawn, doc, all, stuck);
  drawMoments(drawn, columns, stuck);
  drawLoose(drawn, loose);
  const bottom = Math.max(...all.map(({ box }) => box.y + box.h));
  const placed2 = placePolicies(all, statedPolicies(doc, guesses), BETWEEN2);
  const { rows: rows2, arrows, labels } = linesOf(all, events, placed2, bottom + AROUND3);
  for (const one of placed2) {
    drawn.notes.push({ ...policyNote(doc, one.id, one.policy, one.title, one.guess), x: one.x, y: rows2[one.row] });
  }
  drawn.arrows.push(...arrows);
  drawn.labels.push(...labels);
  drawn.notes.push(...hotspotNotes(doc, drawn, groundOfLines(all, placed2, bottom)));
  return drawn;
}
function stuckTo(doc, guesses) {
  const guessed = new Map(guesses.filter(({ kind }) => kind === "trigger").map((edit) => [edit.event, edit.trigger]));
  return new Map(
    Object.keys(doc.events ?? {}).map((event) => {
      const trigger = doc.triggers?.[event];
      return [event, triggerNotes(doc, event, trigger ?? guessed.get(event), !trigger && guessed.has(event))];
    })
  );
}
function columnsWithTriggers(doc, stuck) {
  const moments2 = momentsOf(doc);
  const inTime = new Set(moments2.flatMap(({ events }) => events));
  const rest2 = inOrder(doc).filter((event) => !inTime.has(event));
  const count3 = moments2.length;
  for (let index = 0; index < rest2.length; index += LOOSE_ROWS) {
    moments2.push({ number: -1, events: rest2.slice(index, index + LOOSE_ROWS), how: "and" });
  }
  const heightOf = (event) => stuck.get(event)?.height ?? 0;
  const roof = moments2.reduce((most, { events }) => Math.max(most, heightOf(events[0])), 0);
  const all = columnsOf(moments2, {
    sizeOf: (event, first) => ({ w: NOTE.w, h: NOTE.h + (first ? roof : heightOf(event)) }),
    between: BETWEEN2,
    stacked: STACKED2,
    top: TOP2
  });
  const loose = all.slice(count3).map((column) => shifted(column, count3 ? BETWEEN2 : 0));
  return { columns: all.slice(0, count3), loose };
}
function shifted(column, dx) {
  const cells = column.cells.map((cell2) => ({ ...cell2, x: cell2.x + dx }));
  return { ...column, cells, box: { ...column.box, x: column.box.x + dx } };
}
function drawEvents(drawn, doc, columns, stuck) {
  const boxes2 = /* @__PURE__ */ new Map();
  for (const { cells } of columns) {
    cells.forEach(({ event, x, y, h: h2 }, index) => {
      const box = { x, y: y + h2 - NOTE.h, ...NOTE, lowest: cells[index + 1]?.x !== x };
      boxes2.set(event, box);
      const own = stuck.get(event)?.notes ?? [];
      const started = own.length ? "" : ", started by a policy or by nothing yet";
      const note = noteFor(doc, event);
      drawn.notes.push({ ...note, x: box.x, y: box.y, says: note.says + started });
      drawn.notes.push(...own.map((part2) => ({ ...part2, x: box.x + part2.x, y: box.y + part2.y })));
    });
  }
  return boxes2;
}
function drawMoments(drawn, columns, stuck) {
  columns.forEach(({ events, box, cells, how }) => {
    if (how === "one") return;
    const spare = Math.min(
      ...cells.filter(({ y }) => y === box.y).map(({ event, h: h2 }) => h2 - NOTE.h - (stuck.get(event)?.height ?? 0))
    );
    drawn.regions.push({
      x: box.x - AROUND3,
      y: box.y + spare - AROUND3,
      w: box.w + 2 * AROUND3,
      h: box.h - spare + 2 * AROUND3,
      key: `moment/${events[0]}`,
      kind: how === "and" ? "stream" : "moment",
      dashed: how === "and"
    });
    cells.forEach((cell2, index) => {
      if (!index || cells[index - 1].x !== cell2.x) return;
      drawn.labels.push({
        key: `joint/${cell2.event}`,
        x: cell2.x + cell2.w / 2,
        y: cell2.y - STACKED2 / 2 + 4,
        text: how === "or" ? "or" : "and",
        size: 12.5,
        weight: 600,
        tone: "soft",
        anchor: "middle"
      });
    });
  });
  columns.slice(1).forEach(({ events, box, cells, how }, index) => {
    const before2 = columns[index];
    const y = cells[0].y + cells[0].h - NOTE.h / 2;
    const from = before2.box.x + before2.box.w + (before2.how === "one" ? 0 : AROUND3) + 8;
    const to = box.x - (how === "one" ? 0 : AROUND3) - 8;
    drawn.arrows.push({ key: `then/${events[0]}`, tone: "time", d: path`M ${from} ${y} L ${to} ${y}` });
  });
}
function drawLoose(drawn, loose) {
  if (!loose.length) return;
  const [first, last] = [loose[0], loose[loose.length - 1]];
  const bottom = Math.max(...loose.map(({ box }) => box.y + box.h));
  drawn.regions.push({
    x: first.box.x - GAP,
    y: first.box.y - 44,
    w: last.box.x + last.box.w - first.box.x + 2 * GAP,
    h: bottom - first.box.y + 44 + AROUND3,
    key: "shelf/unplaced",
    kind: "shelf",
    dashed: true,
    title: "Not yet in time"
  });
}
function groundOfLines(columns, policies, bottom) {
  const tied = new Set(policies.flatMap(({ when, emits, fails }) => [...when, ...emits, ...fails]));
  return columns.filter(({ events }) => events.some((event) => tied.has(event))).map(({ box }) => {
    const top = box.y + box.h;
    return { x: box.x, y: top, w: box.w, h: bottom - top + NOTE.h };
  });
}

// board/source/steps/entities_nouns.js
var ARTICLES = /* @__PURE__ */ new Set(["the", "a", "an", "der", "die", "das", "le", "la", "el"]);
var PARTICLES = new Set("up down in out on off over back away through again".split(" "));
var LONGEST3 = 40;
function nounWords(name) {
  const said3 = name.slice(0, 400).split(/[\s_]+/u).filter(Boolean);
  while (said3.length > 2 && ARTICLES.has(said3[0].toLowerCase())) said3.shift();
  while (said3.length > 2 && PARTICLES.has(said3[said3.length - 1].toLowerCase())) said3.pop();
  return said3.length > 1 ? said3.slice(0, -1) : said3;
}
function commonNoun2(names2) {
  const nouns = names2.map(nounWords);
  if (!nouns.length) return null;
  const first = sharedHead(nouns);
  if (first.length) return asTitle(first);
  const last = sharedHead(nouns.map((noun) => [...noun].reverse())).reverse();
  return last.length ? asTitle(last) : null;
}
function nounsToChoose(doc, events, most = 5) {
  const names2 = events.map((event) => doc.events?.[event]?.name ?? event);
  const taken = new Set(
    Object.keys(doc.entities ?? {}).map((id2) => titleOf(doc, `entities/${id2}`).toLocaleLowerCase())
  );
  const shared = commonNoun2(names2);
  const tiers = [
    shared ? [shared] : names2.map((name) => asTitle(nounWords(name).slice(0, 1))),
    names2.map((name) => asTitle(nounWords(name))),
    names2.slice(0, 1).map((name) => asTitle([name]))
  ];
  for (const tier of tiers) {
    const fresh = [...new Set(tier)].filter((name) => name && !taken.has(name.toLocaleLowerCase()));
    if (fresh.length) return fresh.slice(0, most);
  }
  return [`${asTitle([names2[0] ?? ""])} 2`.trim()];
}
function groupedByNoun(doc, events) {
  const groups = /* @__PURE__ */ new Map();
  for (const event of events) {
    const head = nounWords(doc.events?.[event]?.name ?? event)[0]?.toLocaleLowerCase() ?? "";
    if (!head) continue;
    const group = groups.get(head);
    if (group) group.push(event);
    else groups.set(head, [event]);
  }
  return [...groups.values()].map((group) => {
    const names2 = group.map((event) => doc.events?.[event]?.name ?? event);
    const first = nounWords(names2[0]).slice(0, 1);
    return { noun: group.length > 1 && commonNoun2(names2) || asTitle(first), events: group };
  });
}
function sharedHead(lists) {
  const shared = [];
  for (let place2 = 0; place2 < lists[0].length; place2++) {
    const word = lists[0][place2].toLocaleLowerCase();
    if (!lists.every((list) => list[place2]?.toLocaleLowerCase() === word)) break;
    shared.push(lists[0][place2]);
  }
  return shared;
}
function asTitle(said3) {
  const text5 = said3.join(" ").slice(0, LONGEST3).trim();
  return text5.slice(0, 1).toLocaleUpperCase() + text5.slice(1);
}

// board/source/steps/entities_edits.js
function assignEvents(doc, events, to) {
  const here = new Set(to === null ? homeless(doc) : entityEvents(doc, to));
  return events.filter((event) => !here.has(event)).map((event) => ({ kind: "assign", of: "events", id: event, to }));
}
function newEntity(doc, name, events) {
  const called = name.trim();
  if (!called) throw new Error("An entity needs a name: type the noun that the events happen to.");
  const known5 = entityCalled(doc, called);
  if (known5) return assignEvents(doc, events, known5);
  return [{ kind: "add", to: "entities", name: called, keys: events.length ? { events } : {} }];
}
function entityCalled(doc, name) {
  const wanted = name.toLocaleLowerCase();
  return Object.keys(doc.entities ?? {}).find((id2) => titleOf(doc, `entities/${id2}`).toLocaleLowerCase() === wanted);
}
function mergeEntities(doc, keep4, gone, name) {
  const edits = assignEvents(doc, entityEvents(doc, gone), keep4);
  const contexts2 = Object.entries(doc.contexts ?? {});
  const homeOf = (entity) => contexts2.find(([, said3]) => said3.entities?.includes(entity))?.[0];
  const inherited = homeOf(keep4) ? void 0 : homeOf(gone);
  if (inherited) edits.push({ kind: "assign", of: "entities", id: keep4, to: inherited });
  const home = homeOf(keep4) ?? inherited;
  for (const [context2, said3] of contexts2) {
    const takesOver = said3.copies?.includes(gone) && !said3.copies.includes(keep4) && context2 !== home;
    if (takesOver) edits.push({ kind: "copy", entity: keep4, context: context2, keep: true });
  }
  for (
    const section2 of
    /** @type {const} */
    ["hotspots", "decisions"]
  ) {
    for (const [id2, note] of Object.entries(doc[section2] ?? {})) {
      const about = note.about === gone && !doc.events?.[gone];
      if (about) edits.push({ kind: "change", of: section2, id: id2, keys: { about: keep4 } });
    }
  }
  edits.push({ kind: "remove", of: "entities", id: gone });
  if (name !== titleOf(doc, `entities/${keep4}`)) edits.push({ kind: "rename", of: "entities", id: keep4, name });
  return edits;
}
function entitiesFromNouns(doc, events = homeless(doc)) {
  return groupedByNoun(doc, events).flatMap((group) => newEntity(doc, group.noun, group.events));
}

// board/source/steps/entities_drops.js
function entitiesDrops(doc, scene7, keys2) {
  const events = eventsAmong(doc, keys2);
  if (events.length) return dropsOfEvents(doc, scene7, events);
  const chips = keys2.filter((key) => key.startsWith("entities/")).map((key) => key.slice(9));
  return chips.length === 1 ? dropsOfHive(doc, scene7, chips[0]) : hotspotDrops(doc, scene7, keys2);
}
function eventsAmong(doc, keys2) {
  const events = /* @__PURE__ */ new Set();
  for (const key of keys2) {
    const event = key.startsWith("events/") ? key.slice(7).split("#")[0] : "";
    if (doc.events?.[event]) events.add(event);
  }
  return [...events];
}
function dropsOfEvents(doc, scene7, events) {
  const names2 = events.map((event) => doc.events?.[event]?.name ?? event);
  const what = spoken2(names2);
  const drops2 = [];
  for (const region of scene7.regions) {
    const entity = entityOfRegion(region);
    if (entity) {
      const edits = assignEvents(doc, events, entity);
      const words4 = `Put ${what} into ${titled(doc, entity)}`;
      if (edits.length) drops2.push({ key: region.key, box: region, words: words4, edits });
    } else if (region.kind === "shelf") {
      const edits = assignEvents(doc, events, null);
      if (edits.length) drops2.push({ key: region.key, box: region, words: `Leave ${what} without an entity`, edits });
    } else if (region.kind === "hive") {
      drops2.push({ key: region.key, box: region, words: `Make a new entity of ${what}`, ...ofNewName(doc, events) });
    }
  }
  return drops2;
}
function ofNewName(doc, events) {
  const nouns = nounsToChoose(doc, events);
  const choices = nouns.map((noun) => ({
    words: `New entity “${shortened(noun, 40)}”`,
    edits: newEntity(doc, noun, events)
  }));
  return choices.length === 1 ? { edits: choices[0].edits } : { choices };
}
function dropsOfHive(doc, scene7, entity) {
  const own = titled(doc, entity);
  const drops2 = [];
  for (const region of scene7.regions) {
    const other = entityOfRegion(region);
    if (other && other !== entity) {
      drops2.push({ key: region.key, box: region, ...mergeChoices2(doc, other, entity) });
    } else if (region.kind === "shelf") {
      const edits = [{ kind: "remove", of: "entities", id: entity }];
      drops2.push({ key: region.key, box: region, words: `Take “${own}” apart; its events become homeless`, edits });
    }
  }
  return drops2;
}
function mergeChoices2(doc, keep4, gone) {
  const titles2 = [keep4, gone].map((id2) => titleOf(doc, `entities/${id2}`));
  return {
    words: `Merge “${shortened(titles2[1], 40)}” with “${shortened(titles2[0], 40)}”`,
    choices: [...new Set(titles2)].map((name) => ({
      words: `Merge as “${shortened(name, 40)}”`,
      edits: mergeEntities(doc, keep4, gone, name)
    }))
  };
}
function titled(doc, entity) {
  return shortened(titleOf(doc, `entities/${entity}`), 40);
}
function entityOfRegion(region) {
  return region.key.startsWith("hive/") ? region.key.slice("hive/".length) : null;
}
function homelessAmong(doc, events) {
  const without2 = new Set(homeless(doc));
  return events.filter((event) => without2.has(event));
}

// board/source/steps/entities_actions.js
function entitiesActions(doc, keys2) {
  const events = eventsAmong(doc, keys2);
  const chosen3 = entitiesAmong(doc, keys2);
  return [
    addEntity(doc, events),
    ...events.length ? moving(doc, events) : [],
    ...chosen3.length === 1 && !events.length ? ofOneEntity(doc, chosen3[0]) : [],
    ...chosen3.length === 2 ? [mergeTwo(doc, chosen3[0], chosen3[1])] : [],
    ...suggestions(doc, events)
  ];
}
function entitiesAmong(doc, keys2) {
  const chosen3 = [...keys2].filter((key) => key.startsWith("entities/")).map((key) => key.slice(9).split("#")[0]);
  return [...new Set(chosen3)].filter((id2) => doc.entities?.[id2]);
}
function entityChoices(doc, without2 = []) {
  return Object.keys(doc.entities ?? {}).filter((id2) => !without2.includes(id2)).map((id2) => ({ value: id2, words: titleOf(doc, `entities/${id2}`) }));
}
function addEntity(doc, events) {
  const name = events.length ? "Make an entity of the selected events…" : "Add an entity…";
  const value = events.length ? nounsToChoose(doc, events)[0] : "";
  return {
    id: "entity-add",
    name,
    tool: true,
    ...events.length && { keys: "e" },
    ask: [
      {
        key: "name",
        label: "Name of the entity",
        kind: "text",
        value,
        hint: "A noun that the team says, such as Payment"
      }
    ],
    edits: (answers2) => newEntity(doc, String(answers2.name), events)
  };
}
function moving(doc, events) {
  const homes = new Set(events.map((event) => entityOf(doc, event)));
  const here = homes.size === 1 ? [...homes][0] : null;
  const choices = entityChoices(doc, here ? [here] : []);
  const actions = [];
  if (choices.length) {
    actions.push({
      id: "entity-move",
      name: "Move to an entity…",
      ask: [{ key: "to", label: "Entity", kind: "one", choices }],
      edits: (answers2) => assignEvents(doc, events, String(answers2.to))
    });
  }
  if (homelessAmong(doc, events).length < events.length) {
    actions.push({
      id: "entity-leave",
      name: "Take out of the entity",
      keys: "Shift+m",
      edits: () => assignEvents(doc, events, null)
    });
  }
  return actions;
}
function ofOneEntity(doc, entity) {
  const title2 = shortened(titleOf(doc, `entities/${entity}`), 40);
  const events = entityEvents(doc, entity).filter((event) => doc.events?.[event]);
  const others = entityChoices(doc, [entity]);
  const loose = homeless(doc);
  const asChoices = (ids2) => ids2.map((id2) => ({ value: id2, words: doc.events?.[id2]?.name ?? id2 }));
  const actions = [];
  if (loose.length) {
    actions.push({
      id: "entity-take-in",
      name: `Put homeless events into ${title2}…`,
      ask: [{ key: "events", label: "Events", kind: "many", choices: asChoices(loose) }],
      edits: (answers2) => assignEvents(doc, answers2.events, entity)
    });
  }
  if (events.length > 1) {
    actions.push({
      id: "entity-split",
      name: `Split ${title2}…`,
      keys: "s",
      ask: [
        { key: "events", label: "Events that go into a new entity", kind: "many", choices: asChoices(events) },
        { key: "name", label: "Name of the new entity", kind: "text" }
      ],
      edits: (answers2) => answers2.events.length ? newEntity(doc, String(answers2.name), answers2.events) : []
    });
  }
  if (others.length) {
    actions.push({
      id: "entity-merge",
      name: `Merge ${title2} into another entity…`,
      keys: "g",
      ask: [
        { key: "keep", label: "Entity", kind: "one", choices: others },
        {
          key: "name",
          label: "Called from now on",
          kind: "text",
          optional: true,
          hint: "Left out: the name of the other"
        }
      ],
      edits: ({ keep: keep4, name }) => mergeEntities(doc, keep4, entity, name?.trim() || titleOf(doc, `entities/${keep4}`))
    });
  }
  return actions;
}
function mergeTwo(doc, keep4, gone) {
  const titles2 = [keep4, gone].map((id2) => titleOf(doc, `entities/${id2}`));
  return {
    id: "entity-merge-two",
    name: `Merge ${spoken2(titles2)}…`,
    keys: "g",
    ask: [{ key: "name", label: "Called from now on", kind: "text", value: titles2[0] }],
    edits: (answers2) => mergeEntities(doc, keep4, gone, String(answers2.name))
  };
}
function suggestions(doc, events) {
  const chosen3 = homelessAmong(doc, events);
  const loose = chosen3.length > 1 ? chosen3 : homeless(doc);
  if (!loose.length) return [];
  return [
    {
      id: "entity-nouns",
      name: chosen3.length > 1 ? "Group these by their nouns" : "Group the homeless by their nouns",
      tool: true,
      edits: () => entitiesFromNouns(doc, loose)
    }
  ];
}

// board/source/steps/hive.js
var SLIT = 6;
var ACROSS = HEX.w + SLIT;
var DOWN = HEX.h * 0.75 + SLIT * 0.9;
var HIVE_MARGIN = 18;
var TITLE_HEIGHT = 30;
var TITLE_GAP = 12;
var LARGEST_CLUSTER = 48;
var FLATNESS = 1.5;
var MIDDLES = [
  [0.5, 0.25],
  [0, 0],
  [0.5, 0],
  [0, 0.5],
  [0.5, -0.25]
];
var combs = /* @__PURE__ */ new Map();
function comb(count3) {
  let found = combs.get(count3);
  if (!found) {
    found = count3 > LARGEST_CLUSTER ? rowsOfCells(count3, Math.ceil(Math.sqrt(count3 * 1.4))) : cluster(count3);
    combs.set(count3, found);
  }
  return found;
}
function rowsOfCells(count3, columns) {
  const cells = Array.from({ length: count3 }, (_, index) => {
    const row2 = Math.floor(index / columns);
    return { column: index % columns + row2 % 2 / 2, row: row2 };
  });
  return measured(cells);
}
function cluster(count3) {
  const reach = Math.ceil(Math.sqrt(Math.max(count3, 1))) + 1;
  let best = (
    /** @type {{column: number, row: number}[]} */
    []
  );
  let least = Infinity;
  for (const [x, y] of MIDDLES) {
    const around2 = [];
    for (let row2 = -reach; row2 <= reach; row2++) {
      for (let column = -reach; column <= reach; column++) {
        const at2 = { column: column + (row2 & 1) / 2, row: row2 };
        around2.push({ at: at2, far: distance(at2.column - x, row2 * (DOWN / ACROSS) - y) });
      }
    }
    around2.sort((a, b) => a.far - b.far || a.at.row - b.at.row || a.at.column - b.at.column);
    const chosen3 = around2.slice(0, count3).map((one) => one.at);
    const cost = spread(chosen3);
    if (cost < least - 1e-6) [best, least] = [chosen3, cost];
  }
  return measured(best);
}
function distance(x, y) {
  return Math.round((x * x + FLATNESS * y * y) * 1e6);
}
function spread(cells) {
  const mean = (of) => cells.reduce((sum, cell2) => sum + of(cell2), 0) / Math.max(cells.length, 1);
  const [x, y] = [mean((cell2) => cell2.column), mean((cell2) => cell2.row)];
  return cells.reduce((sum, cell2) => sum + (cell2.column - x) ** 2 + FLATNESS * (0.866 * (cell2.row - y)) ** 2, 0);
}
function measured(cells) {
  if (!cells.length) return { cells: [], w: 0, h: 0 };
  const left = cells.reduce((least, cell2) => Math.min(least, cell2.column), Infinity);
  const top = cells.reduce((least, cell2) => Math.min(least, cell2.row), Infinity);
  const corners = [...cells].sort((a, b) => a.row - b.row || a.column - b.column).map((cell2) => ({ x: Math.round((cell2.column - left) * ACROSS), y: Math.round((cell2.row - top) * DOWN) }));
  return {
    cells: corners,
    w: corners.reduce((most, corner) => Math.max(most, corner.x), 0) + HEX.w,
    h: corners.reduce((most, corner) => Math.max(most, corner.y), 0) + HEX.h
  };
}
function roomOfHive(count3, titleWidth) {
  const { w, h: h2 } = comb(Math.max(count3, 1));
  return {
    w: Math.max(w, titleWidth) + 2 * HIVE_MARGIN,
    h: TITLE_HEIGHT + TITLE_GAP + h2 + 2 * HIVE_MARGIN
  };
}
function withinHive(room, count3, titleWidth) {
  const { cells, w } = comb(count3);
  const left = room.x + (room.w - w) / 2;
  const top = room.y + HIVE_MARGIN + TITLE_HEIGHT + TITLE_GAP;
  return {
    title: { x: room.x + (room.w - titleWidth) / 2, y: room.y + HIVE_MARGIN, w: titleWidth, h: TITLE_HEIGHT },
    cells: cells.map((cell2) => ({ x: left + cell2.x, y: top + cell2.y }))
  };
}
function chipWidth(text5, most = 240) {
  let letters = 0;
  for (const letter of text5.slice(0, 60)) letters += /** @type {number} */
  letter.codePointAt(0) > 11903 ? 2 : 1;
  return Math.max(84, Math.min(most, Math.round(letters * 8.6) + 28));
}

// board/source/steps/hive_flow.js
var widthOf = (rung) => 600 * 1.3 ** rung;
function inRows(sizes, { gap, rowGap = gap, aspect = 1.7, fill: fill2 }) {
  const rows2 = chosenRows(sizes, gap, rowGap, aspect);
  const widths2 = rows2.map(
    (row2) => rowWidth(
      row2.map((index) => sizes[index].w),
      gap
    )
  );
  const w = Math.max(0, ...widths2);
  const boxes2 = [];
  let y = 0;
  rows2.forEach((row2, number2) => {
    const h2 = Math.max(...row2.map((index) => sizes[index].h));
    const own = widths2[number2] - gap * (row2.length - 1);
    const share = fill2 === "both" && own > 0 ? (w - widths2[number2]) / own : 0;
    let x = 0;
    for (const index of row2) {
      const width = Math.round(sizes[index].w * (1 + share));
      boxes2[index] = { x, y, w: width, h: fill2 ? h2 : sizes[index].h };
      x += width + gap;
    }
    y += h2 + rowGap;
  });
  return { boxes: boxes2, w, h: Math.max(0, y - rowGap) };
}
function chosenRows(sizes, gap, rowGap, aspect) {
  if (!sizes.length) return [];
  const widest = sizes.reduce((most, size) => Math.max(most, size.w), 0);
  const all = rowWidth(
    sizes.map((size) => size.w),
    gap
  );
  const limits = [all];
  for (let rung = 0; widthOf(rung) < all; rung++) if (widthOf(rung) >= widest) limits.push(widthOf(rung));
  if (widest < all) limits.push(widest);
  let best = { rows: (
    /** @type {number[][]} */
    []
  ), extent: Infinity };
  for (const limit of limits) {
    const rows2 = evened(sizes, gap, limit, widest);
    const w = Math.max(
      ...rows2.map(
        (row2) => rowWidth(
          row2.map((index) => sizes[index].w),
          gap
        )
      )
    );
    const h2 = rows2.reduce((sum, row2) => sum + Math.max(...row2.map((index) => sizes[index].h)) + rowGap, -rowGap);
    const extent = Math.max(w / aspect, h2);
    if (extent < best.extent * 0.98 || extent <= best.extent && rows2.length < best.rows.length)
      best = { rows: rows2, extent };
  }
  return best.rows;
}
function evened(sizes, gap, limit, widest) {
  const most = rowsWithin(sizes, gap, limit).length;
  let [low, high] = [widest, limit];
  while (high - low > 8) {
    const middle2 = (low + high) / 2;
    if (rowsWithin(sizes, gap, middle2).length > most) low = middle2;
    else high = middle2;
  }
  return rowsWithin(sizes, gap, high);
}
function rowsWithin(sizes, gap, limit) {
  const rows2 = [];
  let used = Infinity;
  sizes.forEach((size, index) => {
    if (used + gap + size.w > limit + 0.5) {
      rows2.push([]);
      used = -gap;
    }
    rows2[rows2.length - 1].push(index);
    used += gap + size.w;
  });
  return rows2;
}
function rowWidth(widths2, gap) {
  return widths2.reduce((sum, width) => sum + width + gap, -gap);
}

// board/source/steps/entities.js
var GHOST_SIZE = { w: HEX.w + 2 * GAP + 40, h: HEX.h + 3 * GAP + 24 };
var SHELF_HEAD3 = 64;
var EMPTY_SHELF = 236;
var entities = {
  number: 4,
  short: "Entities",
  question: "Which thing of the business does each event happen to?",
  hint: "Read the nouns: events that share one often share a home. Drag each into its hive.",
  placeholder: "Name an entity, such as Payment, and press Enter",
  scene: scene4,
  drops: entitiesDrops,
  actions: entitiesActions,
  typed(doc, text5, near) {
    const event = near?.startsWith("events/") ? near.slice(7).split("#")[0] : null;
    return newEntity(doc, text5, event && homeless(doc).includes(event) ? [event] : []);
  }
};
function scene4(doc, _insight) {
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  const ids2 = Object.keys(doc.entities ?? {});
  const nothing = !ids2.length && !Object.keys(doc.events ?? {}).length;
  const hives = ids2.map((id2) => hiveOf(doc, id2));
  const { boxes: boxes2 } = inRows([...hives.map((hive) => hive.room), GHOST_SIZE], { gap: GAP, fill: "height" });
  const seen = /* @__PURE__ */ new Set();
  hives.forEach((hive, index) => drawHive(drawn, doc, hive, boxes2[index], seen));
  if (nothing) {
    drawn.empty = "There are no events yet. Write down what happens in step 1, Discover, then group it here.";
    return drawn;
  }
  drawn.regions.push({
    ...boxes2[ids2.length],
    key: "new-hive",
    kind: "hive",
    dashed: true,
    title: "New entity",
    subtitle: "Drop events here"
  });
  drawShelf3(drawn, doc, homeless(doc));
  drawn.notes.push(...hotspotNotes(doc, drawn));
  return drawn;
}
function hiveOf(doc, id2) {
  const events = entityEvents(doc, id2).filter((event) => doc.events?.[event]);
  const title2 = titleOf(doc, `entities/${id2}`);
  return { id: id2, events, title: title2, room: roomOfHive(events.length, chipWidth(title2)) };
}
function drawHive(drawn, doc, hive, room, seen) {
  const { id: id2, events, title: title2 } = hive;
  const ref = `entities/${id2}`;
  const within5 = withinHive(room, events.length, chipWidth(title2));
  drawn.regions.push({ ...room, key: `hive/${id2}`, kind: "hive" });
  drawn.notes.push({
    ...within5.title,
    key: ref,
    ref,
    kind: "aggregate",
    shape: "chip",
    text: title2,
    tag: "entity",
    says: `Entity ${title2}, ${events.length ? counted(events.length, "event") : "no events yet"}`
  });
  events.forEach((event, index) => {
    const twice = seen.has(event);
    seen.add(event);
    const note = hexFor(doc, event);
    drawn.notes.push({
      ...note,
      ...within5.cells[index],
      w: HEX.w,
      h: HEX.h,
      key: twice ? `events/${event}#${id2}` : `events/${event}`,
      ref: `events/${event}`,
      says: `${note.says}, in entity ${title2}${twice ? ", and in another one too" : ""}`
    });
  });
  if (!events.length) {
    drawn.labels.push({
      key: `hive/${id2}/none`,
      x: room.x + room.w / 2,
      y: room.y + room.h / 2 + 20,
      text: "No events yet",
      size: 12.5,
      tone: "soft",
      anchor: "middle"
    });
  }
}
function drawShelf3(drawn, doc, events) {
  const columns = events.length > 120 ? 10 : events.length > 24 ? 6 : 3;
  const { cells, w, h: h2 } = rowsOfCells(Math.max(events.length, 1), columns);
  const width = events.length ? Math.max(w, rowsOfCells(3, 3).w) + 2 * GAP : EMPTY_SHELF;
  const shelf = { x: -width - 2 * GAP, y: 0, w: width, h: (events.length ? h2 : 24) + SHELF_HEAD3 + GAP };
  drawn.regions.push({
    ...shelf,
    key: "shelf",
    kind: "shelf",
    dashed: true,
    title: `Homeless: ${counted(events.length, "event")}`,
    subtitle: events.length ? "Drag each onto what it happens to" : "Every event has an entity"
  });
  events.forEach((event, index) => {
    const note = hexFor(doc, event);
    drawn.notes.push({
      ...note,
      x: shelf.x + GAP + cells[index].x,
      y: shelf.y + SHELF_HEAD3 + cells[index].y,
      w: HEX.w,
      h: HEX.h,
      key: `events/${event}`,
      ref: `events/${event}`,
      says: `${note.says}, in no entity`
    });
  });
}

// board/source/steps/contexts_edits.js
function takenAtContexts(doc, keys2) {
  const entities2 = /* @__PURE__ */ new Set();
  const taken = { entities: [], copies: [], contexts: [] };
  for (const key of keys2) {
    const [name, suffix = ""] = key.split("#");
    const [section2, id2] = [name.slice(0, name.indexOf("/")), name.slice(name.indexOf("/") + 1)];
    if (section2 === "contexts" && doc.contexts?.[id2]) taken.contexts.push(id2);
    else if (suffix.startsWith("copy:")) taken.copies.push({ entity: id2, context: suffix.slice(5) });
    else if (section2 === "entities" && doc.entities?.[id2]) entities2.add(id2);
    else if (section2 === "events") {
      const entity = doc.entities?.[suffix] ? suffix : entityOf(doc, id2);
      if (entity) entities2.add(entity);
    }
  }
  taken.entities = [...entities2];
  return taken;
}
function assignEntities(doc, entities2, to) {
  return entities2.filter((entity) => contextOf(doc, entity) !== to || claims(doc, entity) > 1).map((entity) => ({ kind: "assign", of: "entities", id: entity, to }));
}
function claims(doc, entity) {
  return Object.values(doc.contexts ?? {}).filter((context2) => context2.entities?.includes(entity)).length;
}
function copyEntities(doc, entities2, context2) {
  const said3 = doc.contexts?.[context2];
  return entities2.filter((entity) => {
    const home = contextOf(doc, entity);
    return home && !said3?.entities?.includes(entity) && !said3?.copies?.includes(entity);
  }).map((entity) => ({ kind: "copy", entity, context: context2, keep: true }));
}
function newContext(name, entities2, owner = "") {
  const called = name.trim();
  if (!called) throw new Error("A context needs a name: type what its team calls this part of the business.");
  const keys2 = { ...entities2.length && { entities: entities2 }, ...owner.trim() && { owner: owner.trim() } };
  return [{ kind: "add", to: "contexts", name: called, keys: keys2 }];
}
function mergeContexts(doc, keep4, gone, name) {
  const [kept4, left] = [doc.contexts?.[keep4] ?? {}, doc.contexts?.[gone] ?? {}];
  const moving2 = (left.entities ?? []).filter((entity) => doc.entities?.[entity]);
  const home = /* @__PURE__ */ new Set([...kept4.entities ?? [], ...moving2]);
  const edits = moving2.map((entity) => ({ kind: "assign", of: "entities", id: entity, to: keep4 }));
  for (const entity of left.copies ?? []) {
    const needed = doc.entities?.[entity] && !home.has(entity) && !kept4.copies?.includes(entity);
    if (needed) edits.push({ kind: "copy", entity, context: keep4, keep: true });
  }
  if (!kept4.owner && left.owner) edits.push({ kind: "change", of: "contexts", id: keep4, keys: { owner: left.owner } });
  edits.push(...mergedServices(doc, keep4, gone));
  for (
    const section2 of
    /** @type {const} */
    ["hotspots", "decisions"]
  ) {
    for (const [id2, note] of Object.entries(doc[section2] ?? {})) {
      const about = note.about === gone && !doc.events?.[gone] && !doc.entities?.[gone];
      if (about) edits.push({ kind: "change", of: section2, id: id2, keys: { about: keep4 } });
    }
  }
  edits.push({ kind: "remove", of: "contexts", id: gone });
  if (name !== titleOf(doc, `contexts/${keep4}`)) edits.push({ kind: "rename", of: "contexts", id: keep4, name });
  return edits;
}
function mergedServices(doc, keep4, gone) {
  const [staying, leaving2] = [serviceOf(doc, keep4), serviceOf(doc, gone)];
  if (!leaving2) return [];
  if (!staying) return [{ kind: "change", of: "services", id: leaving2, keys: { context: keep4 } }];
  return [
    ...Object.entries(doc.policies ?? {}).filter(([, policy]) => policy.service === leaving2).map(([id2]) => ({ kind: "change", of: "policies", id: id2, keys: { service: staying } })),
    { kind: "remove", of: "services", id: leaving2 }
  ];
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
    const rest2 = events.filter((other) => other !== event);
    return rest2.length ? [momentFrom(rest2, isAlternatives(moment))] : [];
  });
}
function placedIn(timeline, edit) {
  const left = withoutEvent(timeline, edit.event);
  const neighbour = edit.after ?? edit.before ?? edit.instead_of ?? edit.parallel_to;
  const here = neighbour === void 0 ? -1 : left.findIndex((moment) => eventsIn(moment).includes(neighbour));
  if (here < 0) return [...left, edit.event];
  if (edit.after) return [...left.slice(0, here + 1), edit.event, ...left.slice(here + 1)];
  if (edit.before) return [...left.slice(0, here), edit.event, ...left.slice(here)];
  const joined3 = momentFrom([...eventsIn(left[here]), edit.event], Boolean(edit.instead_of));
  return left.map((moment, index) => index === here ? joined3 : moment);
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
    doc = withEach(doc, "contexts", (context2) => changedLists(context2, ["entities", "copies"], others));
  } else if (name === "contexts") {
    doc = cleared(doc, "services", "context", gone);
  } else if (name === "services") {
    doc = cleared(doc, "policies", "service", gone);
  }
  doc = cleared(cleared(doc, "hotspots", "about", gone), "decisions", "about", gone);
  return withoutNote(doc, `${name}/${gone}`);
}
function withEventReplaced(doc, gone, keep4) {
  const replaced = (ids2) => [...new Set(ids2.map((one) => one === gone ? keep4 : one))];
  const timeline = doc.timeline ?? [];
  const meant = momentOf(doc, keep4) >= 0 ? withoutEvent(timeline, gone) : timeline.map((moment) => momentFrom(replaced(eventsIn(moment)), isAlternatives(moment)));
  doc = withLists({ ...doc, timeline: meant }, replaced);
  doc = withOneEntityOf(doc, keep4);
  for (const part2 of ["hotspots", "decisions"]) {
    doc = withEach(doc, part2, (thing) => thing.about === gone ? { ...thing, about: keep4 } : thing);
  }
  for (const part2 of ["triggers", "contracts"]) doc = moved(doc, part2, gone, keep4);
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
      return same2(after2, thing) ? thing : after2;
    });
  }
  return doc;
}
function changedLists(thing, keys2, change) {
  for (const key of keys2) {
    if (!Array.isArray(thing[key])) continue;
    const after2 = change(thing[key]);
    if (!same2(after2, thing[key])) thing = { ...thing, [key]: after2 };
  }
  return thing;
}
function same2(one, other) {
  return one === other || one.length === other.length && one.every((id2, index) => id2 === other[index]);
}
function cleared(doc, name, key, gone) {
  return withEach(doc, name, (thing) => thing[key] === gone ? withoutKey(thing, key) : thing);
}
function moved(doc, name, gone, keep4) {
  const entries = section(doc, name);
  if (!Object.hasOwn(entries, gone) || Object.hasOwn(entries, keep4)) return withoutEntry(doc, name, gone);
  const renamed = Object.entries(entries).map(([id2, thing]) => [id2 === gone ? keep4 : id2, thing]);
  return { ...doc, [name]: Object.fromEntries(renamed) };
}
function withoutNote(doc, key) {
  const notes = doc.board?.notes;
  if (!notes || !Object.hasOwn(notes, key)) return doc;
  return { ...doc, board: { ...doc.board, notes: withoutKey(notes, key) } };
}

// board/source/model/parts.js
var text2 = (value) => typeof value === "string";
var flag = (value) => typeof value === "boolean";
var id = (value) => text2(value) && ID.test(value);
var ids = (value) => Array.isArray(value) && value.every(id);
var texts = (value) => Array.isArray(value) && value.every(text2);
var keys = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
var count2 = (value) => Number.isSafeInteger(value) && value > 0;
var orNull = (check) => (value) => value === null || check(value);
var oneOf = (...words4) => (value) => words4.includes(value);
var TASK = { do: text2, run: orNull(text2) };
var AWS = { source: text2, "detail-type": text2 };
var KEYS = {
  events: { name: text2, pivotal: flag },
  triggers: {
    actor: orNull(text2),
    command: orNull(text2),
    external: orNull(text2),
    schedule: orNull(text2),
    says: orNull(text2),
    aws: orNull((value) => said2(AWS, ["source", "detail-type"], value))
  },
  policies: {
    name: orNull(text2),
    when: ids,
    does: (value) => Array.isArray(value) && value.every((task) => text2(task) || said2(TASK, ["do"], task)),
    emits: ids,
    fails: ids,
    service: orNull(id),
    kind: oneOf("express", "standard")
  },
  entities: { name: orNull(text2), events: ids },
  contexts: { name: orNull(text2), entities: ids, copies: ids, owner: orNull(text2), votes: texts },
  services: { name: orNull(text2), context: orNull(id), source: orNull(text2) },
  listeners: {
    name: orNull(text2),
    for: orNull(text2),
    hears: (value) => value === "all" || ids(value),
    where: orNull(keys),
    to: oneOf("topic", "queue", "log")
  },
  contracts: {
    version: count2,
    published: orNull(count2),
    "detail-type": orNull((value) => text2(value) && value.length <= 128),
    fields: (value) => keys(value) && Object.values(value).every((field) => fits("fields", field)),
    example: orNull(keys)
  },
  fields: {
    type: oneOf("string", "number", "integer", "boolean", "object", "array"),
    personal: flag,
    risk: orNull(text2),
    optional: flag
  },
  hotspots: { text: text2, about: orNull(id), votes: texts, owner: orNull(text2) },
  decisions: { text: text2, because: orNull(text2), about: orNull(id) },
  bus: {
    name: orNull((value) => text2(value) && /^[A-Za-z0-9._-]{1,100}$/.test(value)),
    kind: oneOf("classic", "v2")
  }
};
var NEEDED = { events: ["name"], hotspots: ["text"], decisions: ["text"] };
function said2(known5, needed, thing) {
  if (!keys(thing) || !needed.every((key) => Object.hasOwn(thing, key))) return false;
  return Object.entries(thing).every(
    ([key, value]) => Object.hasOwn(known5, key) ? known5[key](value) : key.startsWith("x-")
  );
}
function fits(section2, thing) {
  if (!Object.hasOwn(KEYS, section2) || !said2(KEYS[section2], NEEDED[section2] ?? [], thing)) return false;
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
var BLANK2 = /^[\s\x1c-\x1f\x85]*$/;
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
    if (given === null || BLANK2.test(name) || entry(doc, to, given) !== void 0) return null;
    if (to === "contracts") known2(doc, "events", given);
    const document2 = { ...firstWords(to, given, name), ...keys2 };
    if (!fits(to, document2)) return null;
    if (to === "entities") doc = leaving(doc, to, "events", keys2.events ?? []);
    if (to === "contexts") doc = leaving(doc, to, "entities", keys2.entities ?? []);
    return withEntry(doc, to, given, shortest(to, document2));
  },
  rename(doc, { of, id: id2, name }) {
    const before2 = known2(doc, of, id2);
    if (of === "contracts" || BLANK2.test(name)) return null;
    const renamed = withEntry(doc, of, id2, { ...spelled(before2), [TEXTUAL.includes(of) ? "text" : "name"]: name });
    const contract = of === "events" ? entry(doc, "contracts", id2) : void 0;
    if (!contract?.["detail-type"] || contract.published) return renamed;
    const [was, will] = [certainSlug(before2.name), certainSlug(name)];
    if (was === null || will === null) return null;
    if (contract["detail-type"] !== was || !will) return renamed;
    return withEntry(renamed, "contracts", id2, { ...contract, "detail-type": will.slice(0, 128) });
  },
  change(doc, { of, id: id2, keys: keys2 }) {
    const merged = Object.entries({ ...spelled(known2(doc, of, id2)), ...keys2 });
    const document2 = Object.fromEntries(merged.filter(([, value]) => value !== null));
    return fits(of, document2) ? withEntry(doc, of, id2, shortest(of, document2)) : null;
  },
  remove(doc, { of, id: id2 }) {
    known2(doc, of, id2);
    const left = withoutEntry(doc, of, id2);
    return of === "contracts" ? left : withoutMentions(left, of, id2);
  },
  merge(doc, { keep: keep4, gone, name }) {
    const kept4 = known2(doc, "events", keep4);
    known2(doc, "events", gone);
    if (keep4 === gone) return null;
    const replaced = withEventReplaced(doc, gone, keep4);
    return withoutEntry(name ? withEntry(replaced, "events", keep4, { ...kept4, name }) : replaced, "events", gone);
  },
  place(doc, edit) {
    known2(doc, "events", edit.event);
    const said3 = [edit.after, edit.before, edit.instead_of, edit.parallel_to];
    const neighbours = said3.filter((one) => one !== void 0 && one !== null);
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
    known2(doc, "events", event);
    if (trigger === null) return withoutEntry(doc, "triggers", event);
    return fits("triggers", trigger) ? withEntry(doc, "triggers", event, trigger) : null;
  },
  assign(doc, { of, id: id2, to }) {
    known2(doc, of, id2);
    const [homes, key] = of === "events" ? ["entities", "events"] : ["contexts", "entities"];
    if (to !== null && (spelled(known2(doc, homes, to))[key] ?? []).includes(id2)) return doc;
    const left = leaving(doc, homes, key, [id2]);
    if (to === null) return left;
    const home = spelled(entry(left, homes, to));
    const copies = home.copies?.includes(id2) ? { copies: without(home.copies, id2) } : {};
    return withEntry(left, homes, to, shortest(homes, { ...home, [key]: [...home[key] ?? [], id2], ...copies }));
  },
  copy(doc, { entity, context: context2, keep: keep4 = true }) {
    known2(doc, "entities", entity);
    const home = known2(doc, "contexts", context2);
    if (keep4 && home.entities?.includes(entity)) return null;
    const others = without(home.copies ?? [], entity);
    return withEntry(doc, "contexts", context2, { ...home, copies: keep4 ? [...others, entity] : others });
  },
  field(doc, { event, field, is }) {
    known2(doc, "events", event);
    if (is !== null && !fits("fields", is)) return null;
    const contract = entry(doc, "contracts", event) ?? {};
    const before2 = contract.fields ?? {};
    const fields = is === null ? withoutKey(before2, field) : { ...before2, [field]: is };
    return withEntry(doc, "contracts", event, { ...contract, fields });
  },
  publish(doc, { event }) {
    const contract = known2(doc, "contracts", event);
    const certain = contract["detail-type"] || Object.values(section(doc, "events")).every(isWrittenCertainly);
    if (!certain) return null;
    const frozen = { published: contract.version ?? 1, "detail-type": detailType(doc, event) };
    return withEntry(doc, "contracts", event, { ...contract, ...frozen });
  },
  vote(doc, { hotspot, context: context2, who, up = true }) {
    if ((hotspot ?? null) !== null && (context2 ?? null) !== null) return null;
    const [of, id2] = (context2 ?? null) === null ? ["hotspots", hotspot] : ["contexts", context2];
    const thing = known2(doc, of, id2);
    const others = without(thing.votes ?? [], who);
    return withEntry(doc, of, id2, { ...thing, votes: up ? [...others, who] : others });
  },
  park(doc, { event }) {
    const note = known2(doc, "events", event);
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
  dismiss(doc, { finding, because: because2 }) {
    const others = withoutKey(doc.dismissed ?? {}, finding);
    return { ...doc, dismissed: because2 === null ? others : { ...others, [finding]: because2 } };
  },
  settings(doc, { keys: keys2 }) {
    const said3 = { ...keys2 };
    for (const key of Object.keys(said3)) {
      if (said3[key] === null) said3[key] = key === "name" ? doc.name : DEFAULTS[
        /** @type {'bus'} */
        key
      ];
      else if (key === "bus" && !fits("bus", said3.bus)) return null;
      else if (key !== "bus" && typeof said3[key] !== (key === "technical" ? "boolean" : "string")) return null;
    }
    return { ...doc, ...said3 };
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
function known2(doc, name, id2) {
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

// board/source/steps/contexts_words.js
var SAME = 5e-3;
function crossingEvents(coupling) {
  return [...new Set(Object.values(coupling?.crossings ?? {}).map((crossing) => crossing.event))];
}
function scoreWords(score) {
  return score.toFixed(2);
}
function changeWords(change) {
  if (Math.abs(change) < SAME) return { number: "±0", word: "the same", tone: "same" };
  const size = Math.abs(change).toFixed(2);
  return change < 0 ? { number: `−${size}`, word: "looser", tone: "good" } : { number: `+${size}`, word: "tighter", tone: "bad" };
}
function crossingChange(doc, before2, after2) {
  const [had, has2] = [new Set(crossingEvents(before2)), new Set(crossingEvents(after2))];
  const names2 = (some, others) => [...some].filter((event) => !others.has(event)).map((event) => shortened(titleOf(doc, `events/${event}`), 40));
  return { fewer: names2(had, has2), more: names2(has2, had) };
}
function changeSentence({ fewer, more: more2 }) {
  if (!fewer.length && !more2.length) return "The same events cross";
  if (!more2.length) return `${counted(fewer.length, "crossing")} fewer`;
  if (!fewer.length) return `${counted(more2.length, "crossing")} more`;
  return `${counted(fewer.length, "crossing")} fewer, ${more2.length} more`;
}

// board/source/steps/contexts_trial.js
var coupledAs = /* @__PURE__ */ new WeakMap();
var trials = /* @__PURE__ */ new WeakMap();
function trialOf(board) {
  let trial = trials.get(board);
  if (!trial) {
    trial = { suggestions: null, asking: false, refusal: "", redraw: () => {
    } };
    trials.set(board, trial);
  }
  return trial;
}
function couplingOf(doc, insight) {
  return coupledAs.get(doc) ?? insight.coupling;
}
async function askForSuggestions(board) {
  const trial = trialOf(board);
  if (trial.asking) return;
  Object.assign(trial, { asking: true, refusal: "" });
  trial.redraw();
  try {
    trial.suggestions = await board.session.ask("suggestions", {});
    const count3 = trial.suggestions?.length ?? 0;
    board.say(count3 ? `${count3} suggested boundaries are in the panel.` : "No boundaries were found that couple less.");
  } catch (error) {
    trial.refusal = error instanceof Error ? error.message : String(error);
    board.say(trial.refusal);
  }
  trial.asking = false;
  trial.redraw();
}
function trySuggestion(board, suggestion) {
  const { session } = board;
  const doc = suggestion.edits.reduce((storm, edit) => predict(storm, edit), session.doc);
  if (doc !== session.doc) coupledAs.set(doc, suggestion.coupling);
  board.look(session.revision, doc);
  const { number: number2, word } = changeWords(suggestion.coupling.score - session.insight.coupling.score);
  const [why = ""] = suggestion.why;
  board.notice(
    "note",
    `On trial: ${suggestion.words} (${number2}, ${word}). Nothing is changed yet. ${shortened(why, 120)}`.trim(),
    [
      { name: "Keep these boundaries", run: () => void keep(board, suggestion) },
      { name: "Throw away", run: () => throwAway(board) }
    ]
  );
}
async function keep(board, suggestion) {
  board.look(null, null);
  trialOf(board).suggestions = null;
  await board.do(suggestion.edits, `Kept: ${suggestion.words}`);
}
function throwAway(board) {
  board.look(null, null);
  board.say("Thrown away. The borders are as they were.");
}

// board/source/steps/contexts_actions.js
var suggest = {
  id: "context-suggest",
  name: "Suggest boundaries",
  tool: true,
  run: (board) => void askForSuggestions(board)
};
function contextsActions(doc, keys2) {
  const { entities: entities2, copies, contexts: contexts2 } = takenAtContexts(doc, keys2);
  return [
    addContext(doc, entities2),
    ...Object.keys(doc.entities ?? {}).length ? [suggest] : [],
    ...entities2.length ? ofEntities(doc, entities2) : [],
    ...copies.length ? [giveUp(copies)] : [],
    ...contexts2.length === 1 && !entities2.length ? ofOneContext(doc, contexts2[0]) : [],
    ...contexts2.length === 2 ? [mergeTwo2(doc, contexts2[0], contexts2[1])] : []
  ];
}
function contextChoices(doc, fits3 = () => true) {
  return Object.keys(doc.contexts ?? {}).filter(fits3).map((id2) => ({ value: id2, words: titleOf(doc, `contexts/${id2}`) }));
}
function entityChoices2(doc, ids2) {
  return ids2.map((id2) => ({ value: id2, words: titleOf(doc, `entities/${id2}`) }));
}
function addContext(doc, entities2) {
  const loose = Object.keys(doc.entities ?? {}).filter((entity) => contextOf(doc, entity) === null);
  const some = loose.length > 0 && !entities2.length;
  const value = entities2.length === 1 ? titleOf(doc, `entities/${entities2[0]}`) : "";
  const ask2 = [
    {
      key: "name",
      label: "Name of the context",
      kind: "text",
      value,
      hint: "What its team calls this part of the business"
    },
    ...some ? [
      /** @type {Question} */
      {
        key: "entities",
        label: "Entities in it",
        kind: "many",
        optional: true,
        choices: entityChoices2(doc, loose)
      }
    ] : [],
    { key: "owner", label: "Owner", kind: "text", optional: true, hint: "The team that answers for it" }
  ];
  return {
    id: "context-add",
    name: entities2.length ? "Make a context of the selected entities…" : "Add a context…",
    ...entities2.length && { keys: "c" },
    tool: true,
    ask: ask2,
    edits: (answers2) => newContext(String(answers2.name), some ? answers2.entities ?? [] : entities2, answers2.owner ?? "")
  };
}
function ofEntities(doc, entities2) {
  const homes = new Set(entities2.map((entity) => contextOf(doc, entity)));
  const elsewhere = contextChoices(doc, (id2) => homes.size > 1 || !homes.has(id2));
  const copyable = contextChoices(doc, (id2) => copyEntities(doc, entities2, id2).length > 0);
  const actions = [];
  if (elsewhere.length) {
    actions.push({
      id: "context-move",
      name: "Move to a context…",
      ask: [{ key: "to", label: "Context", kind: "one", choices: elsewhere }],
      edits: (answers2) => assignEntities(doc, entities2, String(answers2.to))
    });
  }
  if (copyable.length) {
    actions.push({
      id: "context-copy",
      name: "Keep a copy in…",
      keys: "k",
      ask: [
        {
          key: "in",
          label: "Contexts that keep a copy",
          kind: "many",
          choices: copyable,
          hint: "A copy spares its context asking back, and must be kept in step."
        }
      ],
      edits: (answers2) => answers2.in.flatMap((id2) => copyEntities(doc, entities2, id2))
    });
  }
  if (homes.size > 1 || !homes.has(null)) {
    actions.push({
      id: "context-leave",
      name: "Take out of the context",
      keys: "Shift+m",
      edits: () => assignEntities(doc, entities2, null)
    });
  }
  return actions;
}
function giveUp(copies) {
  return {
    id: "context-uncopy",
    name: copies.length > 1 ? "Give the copies up" : "Give the copy up",
    keys: "Delete",
    edits: () => copies.map(({ entity, context: context2 }) => ({ kind: "copy", entity, context: context2, keep: false }))
  };
}
function ofOneContext(doc, context2) {
  const said3 = doc.contexts?.[context2] ?? {};
  const title2 = shortened(titleOf(doc, `contexts/${context2}`), 40);
  const inside = (said3.entities ?? []).filter((entity) => doc.entities?.[entity]);
  const outside = Object.keys(doc.entities ?? {}).filter((entity) => !inside.includes(entity));
  const others = contextChoices(doc, (id2) => id2 !== context2);
  const actions = [
    {
      id: "context-owner",
      name: `Say who owns ${title2}…`,
      keys: "o",
      ask: [
        {
          key: "owner",
          label: "Owner",
          kind: "text",
          value: said3.owner ?? "",
          optional: true,
          hint: "The team that answers for it; left empty: nobody yet"
        }
      ],
      edits: ({ owner }) => [{ kind: "change", of: "contexts", id: context2, keys: { owner: owner?.trim() || null } }]
    }
  ];
  if (outside.length) {
    actions.push({
      id: "context-take-in",
      name: `Put entities into ${title2}…`,
      ask: [{ key: "entities", label: "Entities", kind: "many", choices: entityChoices2(doc, outside) }],
      edits: (answers2) => assignEntities(doc, answers2.entities, context2)
    });
  }
  if (inside.length > 1) {
    actions.push({
      id: "context-split",
      name: `Split ${title2}…`,
      keys: "s",
      ask: [
        {
          key: "entities",
          label: "Entities that go into a new context",
          kind: "many",
          choices: entityChoices2(doc, inside)
        },
        { key: "name", label: "Name of the new context", kind: "text" },
        { key: "owner", label: "Its owner", kind: "text", optional: true }
      ],
      edits: ({ entities: entities2, name, owner }) => entities2.length ? newContext(String(name), entities2, owner ?? "") : []
    });
  }
  if (others.length) {
    actions.push({
      id: "context-merge",
      name: `Merge ${title2} into another context…`,
      keys: "g",
      ask: [
        { key: "keep", label: "Context", kind: "one", choices: others },
        {
          key: "name",
          label: "Called from now on",
          kind: "text",
          optional: true,
          hint: "Left out: the name of the other"
        }
      ],
      edits: ({ keep: keep4, name }) => mergeContexts(doc, keep4, context2, name?.trim() || titleOf(doc, `contexts/${keep4}`))
    });
  }
  return actions;
}
function mergeTwo2(doc, keep4, gone) {
  const titles2 = [keep4, gone].map((id2) => titleOf(doc, `contexts/${id2}`));
  return {
    id: "context-merge-two",
    name: `Merge ${spoken2(titles2)}…`,
    keys: "g",
    ask: [{ key: "name", label: "Called from now on", kind: "text", value: titles2[0] }],
    edits: (answers2) => mergeContexts(doc, keep4, gone, String(answers2.name))
  };
}

// board/source/steps/contexts_obstacles.js
var CELL2 = 96;
var ENDS = 2;
var HEADING = 66;
function gridOf(layout) {
  const grid = /* @__PURE__ */ new Map();
  for (const obstacle of obstaclesOf(layout)) enter(grid, obstacle);
  return grid;
}
function obstaclesOf(layout) {
  const obstacles = [];
  for (const place2 of layout.places) {
    const heading2 = { x: place2.box.x, y: place2.box.y, w: Math.min(place2.box.w, place2.titleWidth + 60), h: HEADING };
    obstacles.push({ box: place2.box, weight: 5 }, { box: heading2, weight: 12 });
    for (const hive of place2.hives) {
      obstacles.push({ box: hive.chip, weight: 20 });
      for (const cell2 of hive.cells) {
        obstacles.push({ box: { x: cell2.x + 8, y: cell2.y + 26, w: HEX.w - 16, h: HEX.h - 52 }, weight: 16 });
        obstacles.push({ box: { x: cell2.x + 6, y: cell2.y + 12, w: HEX.w - 12, h: HEX.h - 24 }, weight: 7 });
      }
    }
    for (const copy of place2.copies) obstacles.push({ box: copy.chip, weight: 20 });
  }
  return obstacles;
}
function enter(grid, obstacle) {
  const { x, y, w, h: h2 } = obstacle.box;
  for (let column = Math.floor(x / CELL2); column <= Math.floor((x + w) / CELL2); column++) {
    for (let row2 = Math.floor(y / CELL2); row2 <= Math.floor((y + h2) / CELL2); row2++) {
      const key = cellOf(column, row2);
      const list = grid.get(key);
      if (list) list.push(obstacle);
      else grid.set(key, [obstacle]);
    }
  }
}
function cellOf(column, row2) {
  return column * 65536 + row2;
}
function keepClear(grid, points) {
  for (const { x, y } of points) enter(grid, { box: { x: x - 7, y: y - 7, w: 14, h: 14 }, weight: 5 });
}
function hidden(grid, points, from, to) {
  let cost = 0;
  for (const [index, point] of points.entries()) {
    const own = index < ENDS ? from.hex : index >= points.length - ENDS ? to.chip : void 0;
    for (const { box, weight } of grid.get(cellOf(Math.floor(point.x / CELL2), Math.floor(point.y / CELL2))) ?? []) {
      if (point.x < box.x || point.x > box.x + box.w || point.y < box.y || point.y > box.y + box.h) continue;
      if (box !== from.place && box !== to.place && !(own && within3(box, own))) cost += weight;
    }
  }
  return cost / points.length;
}
function within3(box, around2) {
  return box.x >= around2.x && box.y >= around2.y && box.x + box.w <= around2.x + around2.w && box.y + box.h <= around2.y + around2.h;
}
function covered(grid, box) {
  const met = /* @__PURE__ */ new Set();
  let cost = 0;
  for (let column = Math.floor(box.x / CELL2); column <= Math.floor((box.x + box.w) / CELL2); column++) {
    for (let row2 = Math.floor(box.y / CELL2); row2 <= Math.floor((box.y + box.h) / CELL2); row2++) {
      for (const obstacle of grid.get(cellOf(column, row2)) ?? []) {
        if (met.has(obstacle)) continue;
        met.add(obstacle);
        const across = Math.min(box.x + box.w, obstacle.box.x + obstacle.box.w) - Math.max(box.x, obstacle.box.x);
        const down = Math.min(box.y + box.h, obstacle.box.y + obstacle.box.h) - Math.max(box.y, obstacle.box.y);
        if (across > 0 && down > 0) cost += across * down * obstacle.weight / 100;
      }
    }
  }
  return cost;
}

// board/source/steps/contexts_routes.js
var SAMPLES = 22;
var MOST_TRIED = 90;
var INSIDE = 16;
var PILL_HEIGHT = 24;
var HEAD2 = 12;
var HEAD_HIDDEN = 400;
var PILL_PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
function makeRouter(layout, others) {
  const grid = gridOf(layout);
  for (const box of others) enter(grid, { box, weight: 20 });
  const used = [];
  return (from, to, words4) => {
    const starts = from.hex ? hexPorts(from.hex) : sidePorts(from.place, 0);
    const ends = to.chip ? sidePorts(to.chip, -2) : sidePorts(to.place, INSIDE);
    const far = ends.map((end) => to.near ? Math.hypot(end.x - to.near.x, end.y - to.near.y) / 26 : 0);
    const room = pillWidth(words4) + 48;
    const ways = [];
    for (const start of starts) {
      for (const [index, end] of ends.entries()) {
        const reach = Math.hypot(end.x - start.x, end.y - start.y);
        const cost = shortCost(start, end, reach) + crowding(used, start, end) + Math.max(0, room - reach) * 0.6 + far[index];
        ways.push({ start, end, reach, cost });
      }
    }
    ways.sort((a, b) => a.cost - b.cost);
    let best = { cost: Infinity, start: starts[0], end: ends[0], points: (
      /** @type {Point[]} */
      []
    ) };
    for (const { start, end, reach, cost: least } of ways.slice(0, MOST_TRIED)) {
      if (least >= best.cost) break;
      const points = sampled(start, end, reach);
      const cost = least + SAMPLES * hidden(grid, points, from, to);
      if (cost < best.cost) best = { cost, start, end, points };
    }
    used.push(best.start, best.end);
    keepClear(grid, best.points);
    const at2 = pillPlace(grid, best.points, words4);
    return { d: pathOf(best.start, best.end), at: at2 };
  };
}
function hexPorts(hex2) {
  const [x, y] = [hex2.x + hex2.w / 2, hex2.y + hex2.h / 2];
  return [0, 60, 120, 180, 240, 300].map((degrees) => {
    const [dx, dy] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
    return { x: x + dx * hex2.w / 2, y: y + dy * hex2.w / 2, dx, dy };
  });
}
function sidePorts(box, inside) {
  return [0.5, 0.3, 0.7, 0.14, 0.86].flatMap((share) => {
    const [x, y] = [box.x + box.w * share, box.y + box.h * Math.max(share, 0.24)];
    return [
      { x: box.x + inside, y, dx: -1, dy: 0 },
      { x: box.x + box.w - inside, y, dx: 1, dy: 0 },
      { x, y: box.y + inside, dx: 0, dy: -1 },
      { x, y: box.y + box.h - inside, dx: 0, dy: 1 }
    ];
  });
}
function shortCost(start, end, reach) {
  const [ux, uy] = [(end.x - start.x) / (reach || 1), (end.y - start.y) / (reach || 1)];
  const turns = 2 - (start.dx * ux + start.dy * uy) + (end.dx * ux + end.dy * uy);
  return reach / 14 + turns * 9 + (reach < 60 ? 20 : 0);
}
function crowding(used, start, end) {
  let cost = 0;
  for (const port of used) {
    if (Math.abs(port.x - end.x) + Math.abs(port.y - end.y) < 34) cost += 24;
    if (Math.abs(port.x - start.x) + Math.abs(port.y - start.y) < 34) cost += 12;
  }
  return cost;
}
function controls(start, end) {
  const reach = Math.max(36, Math.min(180, Math.hypot(end.x - start.x, end.y - start.y) * 0.42));
  return [start.x + start.dx * reach, start.y + start.dy * reach, end.x + end.dx * reach, end.y + end.dy * reach];
}
function pathOf(start, end) {
  const [a, b, c, d] = controls(start, end);
  return path`M ${start.x} ${start.y} C ${a} ${b} ${c} ${d} ${end.x} ${end.y}`;
}
function sampled(start, end, reach) {
  const [a, b, c, d] = controls(start, end);
  const count3 = Math.max(SAMPLES, Math.min(60, Math.round(reach / 24)));
  return Array.from({ length: count3 + 1 }, (_, index) => {
    const t = index / count3;
    const s = 1 - t;
    const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    return { x: p * start.x + q * a + r * c + u * end.x, y: p * start.y + q * b + r * d + u * end.y };
  });
}
function pillWidth(words4) {
  return words4.length * 7 + 22;
}
function holds(box, head) {
  const [x, y] = [Math.abs(head.x - box.x - box.w / 2), Math.abs(head.y - box.y - box.h / 2)];
  return x < box.w / 2 + HEAD2 && y < box.h / 2 + HEAD2;
}
function pillPlace(grid, points, words4) {
  const w = pillWidth(words4);
  let best = points[Math.floor(points.length / 2)];
  let least = Infinity;
  const head = points[points.length - 1];
  for (const share of PILL_PLACES) {
    const at2 = points[Math.round(share * (points.length - 1))];
    const box = { x: at2.x - w / 2, y: at2.y - PILL_HEIGHT / 2, w, h: PILL_HEIGHT };
    const cost = covered(grid, box) + Math.abs(share - 0.5) * 200 + (holds(box, head) ? HEAD_HIDDEN : 0);
    if (cost < least) [best, least] = [at2, cost];
  }
  enter(grid, {
    box: { x: best.x - w / 2 - 4, y: best.y - PILL_HEIGHT / 2 - 4, w: w + 8, h: PILL_HEIGHT + 8 },
    weight: 20
  });
  return best;
}

// board/source/steps/contexts_crossings.js
var NAMED = 2;
var MOST_NAMED = 24;
var MOST_WAYS = 60;
var drawnWith = /* @__PURE__ */ new WeakMap();
function waysBetween(doc, coupling) {
  const found = /* @__PURE__ */ new Map();
  if (!drawnWith.has(coupling)) drawnWith.set(coupling, doc);
  const old = drawnWith.get(coupling) !== doc;
  for (const crossing of Object.values(coupling.crossings ?? {})) {
    const { event, taker } = crossing;
    const giver = old ? contextOfEvent(doc, event) : crossing.giver;
    if (!giver || giver === taker || !doc.contexts?.[giver] || !doc.contexts[taker]) continue;
    const way = `${giver}>${taker}`;
    const known5 = found.get(way);
    if (known5) known5.push({ ...crossing, giver });
    else found.set(way, [{ ...crossing, giver }]);
  }
  return [...found.values()].map((crossings) => ({
    giver: crossings[0].giver,
    taker: crossings[0].taker,
    events: [...new Set(crossings.map((crossing) => crossing.event))],
    policies: [...new Set(crossings.map((crossing) => crossing.policy))],
    copied: crossings.every((crossing) => crossing.copied),
    crossings
  })).sort((a, b) => b.events.length - a.events.length);
}
function crossingArrows(doc, layout, ways, others = []) {
  const shown = ways.slice(0, MOST_WAYS);
  const named3 = shown.reduce((sum, way) => sum + Math.min(way.events.length, NAMED), 0) <= MOST_NAMED;
  const boxes2 = boxesOf(layout);
  const router = makeRouter(layout, others);
  return shown.flatMap((way) => {
    const [from, to] = [boxes2.place.get(way.giver), boxes2.place.get(way.taker)];
    if (!from || !to) return [];
    if (!named3 || way.events.length > NAMED) {
      const words4 = `${way.events.length} ${way.events.length === 1 ? "event" : "events"}`;
      const near = reactionOf(doc, way.policies, way.taker, boxes2.hex);
      return [arrow(router, `${way.giver}>${way.taker}`, { place: from }, { place: to, near }, words4, way.copied)];
    }
    return way.events.map((event) => {
      const own = way.crossings.filter((crossing) => crossing.event === event);
      const copied = own.every((crossing) => crossing.copied);
      const chip = copied ? boxes2.copy.get(`${way.taker}/${boxes2.entityOf.get(event)}`) : void 0;
      const name = shortened(titleOf(doc, `events/${event}`), 32);
      const key = `${way.giver}>${way.taker}/${event}`;
      const near = reactionOf(
        doc,
        own.map((crossing) => crossing.policy),
        way.taker,
        boxes2.hex
      );
      const hex2 = contextOfEvent(doc, event) === way.giver ? boxes2.hex.get(event) : void 0;
      return arrow(router, key, { place: from, hex: hex2 }, { place: to, chip, near }, name, copied);
    });
  });
}
function reactionOf(doc, policies, taker, hexes) {
  for (const policy of policies) {
    const { emits = [], fails = [] } = doc.policies?.[policy] ?? {};
    const put2 = [...emits, ...fails].find((event) => contextOfEvent(doc, event) === taker && hexes.has(event));
    if (put2) return centre(
      /** @type {Box} */
      hexes.get(put2)
    );
  }
  return void 0;
}
function boxesOf(layout) {
  const place2 = /* @__PURE__ */ new Map();
  const hex2 = /* @__PURE__ */ new Map();
  const copy = /* @__PURE__ */ new Map();
  const entityOf2 = /* @__PURE__ */ new Map();
  for (const one of layout.places) {
    place2.set(one.context, one.box);
    for (const hive of one.hives) {
      hive.events.forEach((event, index) => {
        if (hex2.has(event)) return;
        hex2.set(event, { ...hive.cells[index], w: HEX.w, h: HEX.h });
        entityOf2.set(event, hive.entity);
      });
    }
    for (const { entity, chip } of one.copies) copy.set(`${one.context}/${entity}`, chip);
  }
  return { place: place2, hex: hex2, copy, entityOf: entityOf2 };
}
function arrow(router, key, from, to, words4, copied) {
  const { d, at: at2 } = router(from, to, words4);
  return { key: `crossing/${key}`, d, at: at2, tone: "crossing", label: words4, ...copied && { dashed: true } };
}

// board/source/steps/contexts_carries.js
function contextsCarries(scene7, keys2) {
  const carried = new Set(keys2);
  for (const note of scene7.notes.filter((one) => keys2.includes(one.key))) {
    const room = roomAround(scene7, note);
    if (!room) continue;
    for (const other of scene7.notes) if (other.kind !== "hotspot" && within4(other, room)) carried.add(other.key);
  }
  return [...carried];
}
function roomAround(scene7, note) {
  if (note.kind === "hotspot") return void 0;
  if (note.key.startsWith("contexts/")) return scene7.regions.find(({ key }) => key === `context/${note.key.slice(9)}`);
  return scene7.regions.find((region) => region.kind === "hive" && within4(note, region));
}
function within4(box, around2) {
  const [x, y] = [box.x + box.w / 2, box.y + box.h / 2];
  return x > around2.x && x < around2.x + around2.w && y > around2.y && y < around2.y + around2.h;
}

// board/source/steps/contexts_drops.js
var FOOT = 56;
function contextsDrops(doc, scene7, keys2) {
  const taken = takenAtContexts(doc, keys2);
  const { contexts: contexts2 } = taken;
  const entities2 = taken.entities.filter((entity) => !contexts2.includes(contextOf(doc, entity) ?? ""));
  const copies = taken.copies.filter(({ context: context2 }) => !contexts2.includes(context2));
  if (contexts2.length === 1 && !entities2.length) return dropsOfContext(doc, scene7, contexts2[0]);
  if (copies.length && !entities2.length) return dropsOfCopies(doc, scene7, copies);
  return entities2.length ? dropsOfEntities(doc, scene7, entities2) : hotspotDrops(doc, scene7, keys2);
}
function title(doc, section2, id2) {
  return shortened(titleOf(doc, `${section2}/${id2}`), 40);
}
function dropsOfEntities(doc, scene7, entities2) {
  const names2 = entities2.map((entity) => title(doc, "entities", entity));
  const what = spoken2(names2);
  const drops2 = [];
  for (const region of scene7.regions) {
    const context2 = contextOfRegion(region);
    if (context2) {
      const where = title(doc, "contexts", context2);
      const edits = assignEntities(doc, entities2, context2);
      if (edits.length) drops2.push({ key: region.key, box: region, words: `Move ${what} to ${where}`, edits });
      const copies = copyEntities(doc, entities2, context2);
      const foot = footOf(region);
      if (copies.length) {
        drops2.push({
          key: `${region.key}/copy`,
          box: foot,
          words: `Keep a copy of ${what} in ${where}`,
          edits: copies
        });
      }
    } else if (region.kind === "shelf") {
      const edits = assignEntities(doc, entities2, null);
      if (edits.length) drops2.push({ key: region.key, box: region, words: `Leave ${what} without a context`, edits });
    } else if (region.kind === "context") {
      drops2.push({
        key: region.key,
        box: region,
        words: `Draw a new context around ${what}`,
        ...ofNewName2(names2, entities2)
      });
    }
  }
  return drops2;
}
function ofNewName2(names2, entities2) {
  const choices = [...new Set(names2)].slice(0, 5).map((name) => ({ words: `New context “${name}”`, edits: newContext(name, entities2) }));
  return choices.length === 1 ? { edits: choices[0].edits } : { choices };
}
function dropsOfCopies(doc, scene7, copies) {
  const names2 = copies.map(({ entity }) => title(doc, "entities", entity));
  const what = spoken2(names2);
  const given = copies.map(({ entity, context: context2 }) => ({ kind: "copy", entity, context: context2, keep: false }));
  const drops2 = [];
  for (const region of scene7.regions) {
    const context2 = contextOfRegion(region);
    if (region.kind === "shelf") {
      drops2.push({ key: region.key, box: region, words: `Give the copy of ${what} up`, edits: given });
    } else if (context2 && !copies.some((copy) => copy.context === context2)) {
      const kept4 = copyEntities(
        doc,
        copies.map(({ entity }) => entity),
        context2
      );
      const where = title(doc, "contexts", context2);
      const home = copies.every(({ entity }) => contextOf(doc, entity) === context2);
      const words4 = home ? `Give the copy up: ${what} is at home in ${where}` : `Keep the copy of ${what} in ${where} instead`;
      if (kept4.length || home) drops2.push({ key: region.key, box: region, words: words4, edits: [...given, ...kept4] });
    }
  }
  return drops2;
}
function dropsOfContext(doc, scene7, context2) {
  const own = title(doc, "contexts", context2);
  const drops2 = [];
  for (const region of scene7.regions) {
    const other = contextOfRegion(region);
    if (other && other !== context2) {
      drops2.push({ key: region.key, box: region, ...contextMerges(doc, other, context2) });
    } else if (region.kind === "shelf") {
      const words4 = `Remove the context “${own}”; its entities become homeless`;
      drops2.push({ key: region.key, box: region, words: words4, edits: [{ kind: "remove", of: "contexts", id: context2 }] });
    }
  }
  return drops2;
}
function contextMerges(doc, keep4, gone) {
  const titles2 = [keep4, gone].map((id2) => titleOf(doc, `contexts/${id2}`));
  return {
    words: `Merge “${shortened(titles2[1], 40)}” with “${shortened(titles2[0], 40)}”`,
    choices: [...new Set(titles2)].map((name) => ({
      words: `Merge as “${shortened(name, 40)}”`,
      edits: mergeContexts(doc, keep4, gone, name)
    }))
  };
}
function contextOfRegion(region) {
  return region.key.startsWith("context/") ? region.key.slice("context/".length) : null;
}
function footOf(box) {
  return { x: box.x, y: box.y + box.h - FOOT, w: box.w, h: FOOT };
}

// board/source/steps/contexts_flat.js
function flatHiveRoom(count3, titleWidth) {
  const one = roomOfHive(1, titleWidth);
  const margin = roomOfHive(1, 0).w - comb(1).w;
  return { w: Math.max(one.w, rowsOfCells(count3, count3).w + margin), h: one.h };
}
function flatHive(room, count3, titleWidth) {
  const { title: title2, cells } = withinHive(room, 1, titleWidth);
  const row2 = rowsOfCells(count3, count3);
  const left = room.x + (room.w - row2.w) / 2;
  return { title: title2, cells: row2.cells.map((cell2) => ({ x: left + cell2.x, y: cells[0].y })) };
}

// board/source/steps/contexts_layout.js
var PADDING2 = 24;
var HEAD3 = 72;
var HEAD_TITLE = 34;
var BETWEEN3 = { x: 116, y: 72 };
var LEAST = { w: 420, h: 230 };
var GHOST = { w: 268, h: 200 };
var EMPTY_SHELF2 = 212;
var SHELF_HEAD4 = 64;
var MOST_IN_A_ROW = 3;
var COPY_ROW = TITLE_HEIGHT + 12;
function layoutOfContexts(doc) {
  const drawn = /* @__PURE__ */ new Set();
  const inner = Object.keys(doc.contexts ?? {}).map((context2, hue) => innerOf(doc, context2, hue, drawn));
  const flow2 = inRows([...inner, GHOST], { gap: BETWEEN3.x, rowGap: BETWEEN3.y, aspect: 1.75, fill: "both" });
  const places = inner.map((one, index) => placed(one, flow2.boxes[index]));
  return { places, ghost: flow2.boxes[inner.length], ...shelfOf2(doc) };
}
function hiveOf2(doc, entity, again) {
  const events = entityEvents(doc, entity).filter((event) => doc.events?.[event]);
  const title2 = titleOf(doc, `entities/${entity}`);
  const room = isFlat(doc) ? flatHiveRoom : roomOfHive;
  return { entity, title: title2, again, events, size: room(events.length, chipWidth(title2)), lay: isFlat(doc) ? flatHive : withinHive };
}
var flat = /* @__PURE__ */ new WeakMap();
function isFlat(doc) {
  let known5 = flat.get(doc);
  if (known5 === void 0) {
    known5 = Object.keys(doc.entities ?? {}).every((entity) => entityEvents(doc, entity).length <= MOST_IN_A_ROW);
    flat.set(doc, known5);
  }
  return known5;
}
function innerOf(doc, context2, hue, drawn) {
  const said3 = doc.contexts?.[context2] ?? {};
  const hives = (said3.entities ?? []).filter((entity) => doc.entities?.[entity]).map((entity) => {
    const again = drawn.has(entity);
    drawn.add(entity);
    return hiveOf2(doc, entity, again);
  });
  const flow2 = inRows(
    hives.map((hive) => hive.size),
    { gap: GAP / 2, aspect: 1.6 }
  );
  const copies = [...new Set(said3.copies ?? [])].filter((entity) => doc.entities?.[entity]).map((entity) => ({ entity, title: titleOf(doc, `entities/${entity}`) }));
  const title2 = titleOf(doc, `contexts/${context2}`);
  const titleWidth = Math.round(chipWidth(title2, 300) * 1.4);
  const w = Math.max(LEAST.w, flow2.w + 2 * PADDING2, titleWidth + 2 * PADDING2);
  const rows2 = copyRows(copies, w - 2 * PADDING2);
  const h2 = Math.max(LEAST.h, HEAD3 + flow2.h + PADDING2 + (rows2.length ? rows2.length * COPY_ROW + 8 : 0));
  return { context: context2, title: title2, hue, hives, flow: flow2, copies, titleWidth, w, h: h2 };
}
function copyRows(copies, width) {
  const rows2 = [];
  let x = Infinity;
  for (const copy of copies) {
    const w = copyWidth(copy.title);
    if (x + w > width) {
      rows2.push([]);
      x = 0;
    }
    rows2[rows2.length - 1].push({ copy, x, w });
    x += w + 10;
  }
  return rows2;
}
function copyWidth(title2) {
  return chipWidth(`Copy of ${title2}`);
}
function placed(inner, box) {
  const left = box.x + (box.w - inner.flow.w) / 2;
  const rows2 = copyRows(inner.copies, box.w - 2 * PADDING2);
  const foot = box.y + box.h - PADDING2 - rows2.length * COPY_ROW + 12;
  const free = box.h - HEAD3 - PADDING2 - inner.flow.h - (rows2.length ? rows2.length * COPY_ROW + 8 : 0);
  const top = box.y + HEAD3 + Math.max(0, Math.min(free / 2, 48));
  return {
    context: inner.context,
    title: inner.title,
    hue: inner.hue,
    box,
    titleWidth: inner.titleWidth,
    head: { x: box.x + PADDING2 - 8, y: box.y + 12, w: box.w - 2 * PADDING2 + 16, h: HEAD_TITLE },
    hives: inner.hives.map((hive, index) => standing(hive, inner.flow.boxes[index], left, top)),
    copies: rows2.flatMap(
      (row2, number2) => row2.map(({ copy, x, w }) => ({
        ...copy,
        chip: { x: box.x + PADDING2 + x, y: foot + number2 * COPY_ROW, w, h: TITLE_HEIGHT }
      }))
    )
  };
}
function standing(hive, at2, left, top) {
  const room = { x: Math.round(left + at2.x), y: Math.round(top + at2.y), w: at2.w, h: at2.h };
  const { title: title2, cells } = hive.lay(room, hive.events.length, chipWidth(hive.title));
  return { entity: hive.entity, title: hive.title, again: hive.again, events: hive.events, room, chip: title2, cells };
}
function shelfOf2(doc) {
  const loose = Object.keys(doc.entities ?? {}).filter((entity) => contextOf(doc, entity) === null).map((entity) => hiveOf2(doc, entity, false));
  const flow2 = inRows(
    loose.map((hive) => hive.size),
    { gap: GAP / 2, aspect: 0.8 }
  );
  const w = loose.length ? Math.max(flow2.w, 220) + 2 * GAP : EMPTY_SHELF2;
  const shelf = { x: -w - 2 * GAP, y: 0, w, h: SHELF_HEAD4 + (loose.length ? flow2.h + GAP : 24) };
  const homeless2 = loose.map((hive, index) => standing(hive, flow2.boxes[index], shelf.x + GAP, SHELF_HEAD4));
  return { shelf, homeless: homeless2 };
}

// board/source/steps/contexts_change.js
function changePart(doc, before2, after2, words4) {
  const { number: number2, word, tone } = changeWords(after2.score - before2.score);
  const { fewer, more: more2 } = crossingChange(doc, before2, after2);
  const list = (title2, names2) => names2.length ? h("p", { class: "c-names" }, h("span", { class: "c-soft" }, title2), h("bdi", null, names2.join(", "))) : null;
  return h(
    "div",
    { class: `c-change is-${tone}` },
    h("p", { class: "c-words", dir: "auto" }, words4),
    h(
      "p",
      { class: "c-scores" },
      h("span", { class: "c-soft" }, "Score "),
      scoreWords(before2.score),
      " → ",
      h("strong", null, scoreWords(after2.score)),
      h("span", { class: "c-delta" }, `${number2} ${word}`)
    ),
    list("No longer crosses: ", fewer),
    list("Begins to cross: ", more2),
    fewer.length + more2.length ? null : h("p", { class: "c-names c-soft" }, "The same events cross."),
    because(before2, after2) ? h("p", { class: "c-names c-soft" }, because(before2, after2)) : null
  );
}
function because(before2, after2) {
  const change = after2.score - before2.score;
  const parts2 = [
    [after2.communication - before2.communication, "", ""],
    [2 * (after2.size - before2.size), "More would sit in one context.", "It would be spread more evenly."],
    [0.5 * (after2.copies - before2.copies), "A copy has to be kept in step.", "A copy less has to be kept in step."]
  ];
  if (changeWords(change).tone === "same") return "";
  const [most] = parts2.sort(([one], [other]) => (other - one) * Math.sign(change));
  return change > 0 ? most[1] : most[2];
}

// board/source/steps/contexts_suggestions.js
function suggestionsPart(board) {
  const trial = trialOf(board);
  const section2 = h("div", { class: "c-part-of" }, h("h4", null, "Other boundaries"));
  if (trial.asking) section2.append(h("p", { class: "f-soft" }, "Looking for looser boundaries …"));
  else if (trial.suggestions?.length) {
    section2.append(
      h(
        "ul",
        { class: "c-rows" },
        trial.suggestions.map((one, index) => h("li", null, row(board, one, index)))
      )
    );
    section2.append(ask(board, "Look again"));
  } else {
    const words4 = trial.refusal || (trial.suggestions ? "None was found that couples less than these." : "Let the board propose borders: try them on the wall, keep them or throw them away.");
    section2.append(
      h("p", { class: "f-soft" }, words4),
      ask(board, trial.suggestions ? "Look again" : "Suggest boundaries")
    );
  }
  return section2;
}
function ask(board, words4) {
  return button({ name: words4, words: words4, kind: "small", focus: "suggest", run: () => void askForSuggestions(board) });
}
function row(board, suggestion, index) {
  const { doc, insight } = board.session;
  const change = changeWords(suggestion.coupling.score - insight.coupling.score);
  const sentence = changeSentence(crossingChange(doc, insight.coupling, suggestion.coupling));
  const tryIt = button({
    name: suggestion.words,
    words: suggestion.words,
    kind: "row",
    focus: `suggestion-${index}`,
    run: () => trySuggestion(board, suggestion)
  });
  tryIt.classList.add("c-row", `is-${change.tone}`);
  tryIt.replaceChildren(
    unseen("Try: "),
    h(
      "span",
      { class: "c-row-words" },
      h("strong", { dir: "auto" }, suggestion.words),
      h("span", { class: "c-soft" }, sentence)
    ),
    h("span", { class: "c-delta" }, change.number, h("span", { class: "c-delta-word" }, change.word))
  );
  return tryIt;
}

// board/source/steps/contexts_whatif.js
var MOST = 12;
var answers = /* @__PURE__ */ new WeakMap();
function whatIfPart(board) {
  const { doc } = board.session;
  const chosen3 = board.selection.size ? board.selection : board.focused ? [board.focused] : [];
  const { entities: entities2 } = takenAtContexts(doc, chosen3);
  const contexts2 = Object.keys(doc.contexts ?? {});
  if (contexts2.length < 2) return null;
  const section2 = h("div", { class: "c-part-of" }, h("h4", null, "What if"));
  if (!entities2.length) {
    section2.append(h("p", { class: "f-soft" }, "Choose an entity, and read here what moving it would do."));
    return section2;
  }
  const moves = movesOf(doc, entities2, contexts2);
  const list = h("ul", { class: "c-rows" });
  section2.append(list);
  for (const move of moves.slice(0, MOST)) {
    const row2 = h("li", null);
    list.append(row2);
    showMove(board, row2, move);
  }
  return section2;
}
function movesOf(doc, entities2, contexts2) {
  const what = entities2.length > 2 ? `${entities2.length} entities` : entities2.map((id2) => shortened(titleOf(doc, `entities/${id2}`), 24)).join(" and ");
  return contexts2.filter((context2) => entities2.some((entity) => contextOf(doc, entity) !== context2)).map((context2) => ({
    context: context2,
    words: `${what} → ${shortened(titleOf(doc, `contexts/${context2}`), 28)}`,
    edits: assignEntities(doc, entities2, context2)
  }));
}
async function showMove(board, row2, move) {
  const { doc, insight } = board.session;
  const key = JSON.stringify(move.edits);
  row2.replaceChildren(
    h(
      "div",
      { class: "c-row is-waiting" },
      h(
        "span",
        { class: "c-row-words" },
        h("strong", { dir: "auto" }, move.words),
        h("span", { class: "c-soft" }, "weighing …")
      )
    )
  );
  try {
    const after2 = await weighed(board, doc, key, move.edits);
    const change = changeWords(after2.score - insight.coupling.score);
    const crossings = crossingChange(doc, insight.coupling, after2);
    const tip = [
      crossings.fewer.length ? `No longer crosses: ${spoken2(crossings.fewer)}.` : "",
      crossings.more.length ? `Begins to cross: ${spoken2(crossings.more)}.` : ""
    ].join(" ").trim();
    const doIt = button({
      name: move.words,
      words: move.words,
      kind: "row",
      focus: `what-if-${move.context}`,
      run: () => void board.do(move.edits, `Moved: ${move.words}`)
    });
    doIt.classList.add("c-row", `is-${change.tone}`);
    if (tip) doIt.title = tip;
    doIt.replaceChildren(
      unseen("Move: "),
      h(
        "span",
        { class: "c-row-words" },
        h("strong", { dir: "auto" }, move.words),
        h("span", { class: "c-soft" }, changeSentence(crossings))
      ),
      h("span", { class: "c-delta" }, change.number, h("span", { class: "c-delta-word" }, change.word))
    );
    row2.replaceChildren(doIt);
  } catch (error) {
    row2.replaceChildren(h("p", { class: "f-soft" }, error instanceof Error ? error.message : String(error)));
  }
}
function weighed(board, doc, key, edits) {
  const known5 = answers.get(doc) ?? /* @__PURE__ */ new Map();
  answers.set(doc, known5);
  const found = known5.get(key);
  if (found) return found;
  const asked = board.session.ask("what-if", { edits });
  known5.set(key, asked);
  asked.catch(() => known5.delete(key));
  return asked;
}

// board/source/steps/contexts_panel.js
var MOST_WAYS2 = 30;
function contextsPanel(board) {
  const element2 = h("section", { class: "c-panel", "aria-label": "Coupling" });
  const fill2 = () => {
    const active = element2.ownerDocument.activeElement;
    const focus = active && element2.contains(active) ? active.getAttribute("data-focus") : null;
    element2.replaceChildren(...parts(board).filter((part2) => part2 !== null));
    if (focus)
      (marked(element2, "data-focus", focus) ?? element2.querySelector("button"))?.focus({ preventScroll: true });
  };
  fill2();
  trialOf(board).redraw = fill2;
  return element2;
}
function parts(board) {
  const { doc, insight } = board.session;
  const now = insight?.coupling;
  if (!now || isBlank2(insight)) return [h("h3", null, "Coupling"), h("p", { class: "f-soft" }, "Counting what crosses a border …")];
  const entities2 = Object.keys(doc.entities ?? {}).length;
  if (Object.keys(doc.contexts ?? {}).length < 2) {
    const words4 = "Two contexts make a border. Then it is counted here what crosses it, and what moving an entity would do.";
    const start = h("p", { class: "f-soft" }, words4);
    return [h("h3", null, "Coupling"), start, entities2 ? suggestionsPart(board) : null];
  }
  const held = board.preview?.coupling ?? null;
  return [
    h("h3", null, "Coupling"),
    numberPart(doc, held ?? now),
    held ? changePart(doc, now, held, board.preview?.words ?? "") : scorePart(now),
    held ? null : whatIfPart(board),
    suggestionsPart(board),
    waysPart(board, doc, held ?? now)
  ];
}
function isBlank2({ coupling, progress }) {
  return !coupling.score && !coupling.reactions && !Object.keys(progress).length;
}
function numberPart(doc, coupling) {
  const crossing = crossingEvents(coupling).length;
  const all = Object.keys(doc.events ?? {}).length;
  const served = new Set(
    Object.values(coupling.crossings).filter((one) => one.copied).map((one) => one.event)
  ).size;
  const verb = crossing === 1 ? "event crosses a border" : "events cross a border";
  return h(
    "div",
    { class: "c-count" },
    h("span", { class: `c-number${crossing ? " is-crossing" : ""}` }, String(crossing)),
    h(
      "p",
      null,
      `${verb} of ${all}`,
      served ? h("span", { class: "c-more" }, `${served} of them served by a copy`) : null,
      coupling.guessed ? h("span", { class: "c-more" }, "Guessed from the order; step 3 says who reacts.") : null
    )
  );
}
function scorePart(coupling) {
  const crossed = Object.keys(coupling.crossings).length;
  const rows2 = [
    [
      "Communication",
      coupling.communication,
      `${crossed} of ${counted(coupling.reactions, "reaction")} ${crossed === 1 ? "crosses" : "cross"} a border`
    ],
    ["Size", 2 * coupling.size, "how much sits in one context; counts double"],
    ["Copies", 0.5 * coupling.copies, "copies that must be kept in step; count half"]
  ];
  const most = Math.max(2, coupling.score);
  return h(
    "details",
    { class: "f-fold", "data-fold": "coupling-score" },
    h(
      "summary",
      { "data-focus": "coupling-score" },
      "Score ",
      h("strong", null, scoreWords(coupling.score)),
      h("span", { class: "c-soft" }, ", the lower the looser")
    ),
    h(
      "ul",
      { class: "c-score" },
      rows2.map(
        ([name, value, words4]) => h(
          "li",
          null,
          h("span", { class: "c-part" }, name),
          h("span", { class: "c-value" }, scoreWords(value)),
          h(
            "span",
            { class: "c-bar", "aria-hidden": "true" },
            h("span", { style: `inline-size:${Math.round(value / most * 100)}%` })
          ),
          h("span", { class: "c-soft" }, words4)
        )
      )
    ),
    h("p", { class: "c-soft" }, "Coupling advises; the organization’s own words decide.")
  );
}
function waysPart(board, doc, coupling) {
  const ways = waysBetween(doc, coupling);
  if (!ways.length) return null;
  const name = (ref) => shortened(titleOf(doc, ref), 40);
  return h(
    "details",
    { class: "f-fold", "data-fold": "coupling-ways" },
    h("summary", { "data-focus": "coupling-ways" }, "What crosses, by name"),
    ways.slice(0, MOST_WAYS2).map(
      (way) => h(
        "div",
        { class: "c-way" },
        h(
          "p",
          null,
          h("bdi", null, name(`contexts/${way.giver}`)),
          " → ",
          h("bdi", null, name(`contexts/${way.taker}`)),
          way.copied ? h("span", { class: "c-soft" }, ", served by a copy") : null
        ),
        h(
          "ul",
          null,
          way.events.map(
            (event) => h(
              "li",
              null,
              button({
                name: name(`events/${event}`),
                words: name(`events/${event}`),
                kind: "small",
                focus: `way-${way.taker}-${event}`,
                run: () => {
                  board.select([`events/${event}`]);
                  board.focus(`events/${event}`, { reveal: true });
                }
              })
            )
          )
        )
      )
    ),
    ways.length > MOST_WAYS2 ? h("p", { class: "c-soft" }, `and ${ways.length - MOST_WAYS2} more ways`) : null
  );
}

// board/source/steps/contexts.js
var contexts = {
  number: 5,
  short: "Contexts",
  question: "Which of these belong together, so that nobody has to ask another team?",
  hint: "Drag an entity into a context, or onto a context’s foot to keep a copy. What crosses a border couples you.",
  placeholder: "Name a context, such as Billing, and press Enter",
  scene: scene5,
  drops: contextsDrops,
  carries: contextsCarries,
  actions: contextsActions,
  typed(doc, text5, near) {
    const { entities: entities2 } = takenAtContexts(doc, near ? [near] : []);
    return newContext(
      text5,
      entities2.filter((entity) => contextOf(doc, entity) === null)
    );
  },
  panel: contextsPanel
};
function scene5(doc, insight) {
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  if (!Object.keys(doc.entities ?? {}).length && !Object.keys(doc.contexts ?? {}).length) {
    drawn.empty = "There are no entities yet. Group the events by what they happen to in step 4, Entities, then draw borders here.";
    return drawn;
  }
  const layout = layoutOfContexts(doc);
  const ways = waysBetween(doc, couplingOf(doc, insight));
  const heard = hearersAbroad(ways);
  for (const { context: context2, hue, box } of layout.places) {
    drawn.regions.push({ ...box, key: `context/${context2}`, kind: "context", hue });
  }
  for (const place2 of layout.places) drawPlace(drawn, doc, place2, heard, ways);
  drawn.regions.push({
    ...layout.ghost,
    key: "new-context",
    kind: "context",
    dashed: true,
    title: "New context",
    subtitle: "Drop entities here, or type its name"
  });
  drawShelf4(drawn, doc, layout);
  const hotspots = hotspotNotes(doc, besideTitles(drawn, layout));
  drawn.notes.push(...hotspots);
  drawn.arrows.push(...crossingArrows(doc, layout, ways, hotspots));
  return drawn;
}
function besideTitles(drawn, layout) {
  const widths2 = new Map(layout.places.map(({ context: context2, titleWidth }) => [`contexts/${context2}`, titleWidth]));
  const notes = drawn.notes.map((note) => {
    const width = widths2.get(note.key);
    return width === void 0 ? note : { ...note, w: Math.min(note.w, width) };
  });
  return { ...drawn, notes };
}
function hearersAbroad(ways) {
  const heard = /* @__PURE__ */ new Map();
  for (const way of ways) {
    for (const event of way.events) heard.set(event, [...heard.get(event) ?? [], way.taker]);
  }
  return heard;
}
function drawPlace(drawn, doc, place2, heard, ways) {
  const { context: context2, title: title2, hue, box, head } = place2;
  const owner = doc.contexts?.[context2]?.owner;
  const ref = `contexts/${context2}`;
  const voted = doc.contexts?.[context2]?.votes?.length;
  const dots = voted ? `${counted(voted, "vote")}, ` : "";
  const inside = place2.hives.map((hive) => shortened(hive.title, 40)).join(", ") || "no entity";
  const out = new Set(ways.filter((way) => way.giver === context2).flatMap((way) => way.events)).size;
  const back = new Set(ways.filter((way) => way.taker === context2).flatMap((way) => way.events)).size;
  drawn.notes.push({
    ...head,
    key: ref,
    ref,
    kind: "aggregate",
    shape: "chip",
    text: title2,
    hue,
    ...voted && { votes: voted },
    says: `Context ${title2}, ${dots}${owner ? `owner ${owner}` : "no owner yet"}, with ${inside}; ${counted(out, "event")} heard by others, ${counted(back, "event")} heard from others`
  });
  drawn.labels.push({
    key: `${ref}/owner`,
    x: box.x + 24,
    y: head.y + head.h + 14,
    size: 12.5,
    tone: "soft",
    text: shortened(owner ?? "No owner yet", 48)
  });
  for (const hive of place2.hives) drawHive2(drawn, doc, hive, title2, heard, context2);
  for (const copy of place2.copies) {
    const home = contextOf(doc, copy.entity);
    const at2 = home ? `, at home in ${titleOf(doc, `contexts/${home}`)}` : "";
    drawn.notes.push({
      ...copy.chip,
      key: `entities/${copy.entity}#copy:${context2}`,
      ref: `entities/${copy.entity}`,
      kind: "aggregate",
      shape: "chip",
      text: `Copy of ${copy.title}`,
      tag: "copy",
      copy: true,
      says: `Copy of entity ${copy.title}${at2}, kept in ${title2}`
    });
  }
  if (!place2.hives.length) {
    drawn.labels.push({
      key: `${ref}/none`,
      x: box.x + box.w / 2,
      y: box.y + box.h / 2 + 12,
      anchor: "middle",
      text: "Drag an entity here",
      size: 12.5,
      tone: "soft"
    });
  }
}
function drawHive2(drawn, doc, hive, where, heard, context2) {
  const { entity, title: title2, again, events, cells, chip } = hive;
  const suffix = again ? `#in:${context2}` : "";
  drawn.regions.push({ ...hive.room, key: `hive/${entity}${suffix}`, kind: "hive" });
  drawn.notes.push({
    ...chip,
    key: `entities/${entity}${suffix}`,
    ref: `entities/${entity}`,
    kind: "aggregate",
    shape: "chip",
    text: title2,
    tag: "entity",
    says: `Entity ${title2}, ${counted(events.length, "event")}, ${where ? `in ${where}` : "in no context"}`
  });
  events.forEach((event, index) => {
    const note = hexFor(doc, event);
    const takers = !again && entityOf(doc, event) === entity ? heard.get(event) : void 0;
    const twice = again || entityOf(doc, event) !== entity;
    drawn.notes.push({
      ...note,
      ...cells[index],
      w: HEX.w,
      h: HEX.h,
      key: twice ? `events/${event}#${entity}${suffix}` : `events/${event}`,
      ...takers && { crossing: true },
      says: `${note.says}, of ${title2}${where ? ` in ${where}` : ""}` + (takers ? `, crosses into ${takers.map((taker) => titleOf(doc, `contexts/${taker}`)).join(" and ")}` : "")
    });
  });
}
function drawShelf4(drawn, doc, layout) {
  const loose = layout.homeless;
  const outside = Object.keys(doc.events ?? {}).filter((event) => entityOf(doc, event) === null).length;
  const advice = loose.length ? "Drag each to those who answer for it" : "Every entity has a context";
  drawn.regions.push({
    ...layout.shelf,
    key: "shelf",
    kind: "shelf",
    dashed: true,
    title: `Homeless: ${counted(loose.length, "entity", "entities")}`,
    subtitle: outside ? `${counted(outside, "event")} in no entity yet: see step 4` : advice
  });
  for (const hive of loose) drawHive2(drawn, doc, hive, "", /* @__PURE__ */ new Map(), null);
}

// board/source/steps/bus_rules.js
var MOST_RULES = 300;
var TARGETS = (
  /** @type {Record<string, string>} */
  {
    topic: "a topic, many may subscribe",
    queue: "a queue, one reader",
    log: "a log"
  }
);
function busName2(doc) {
  return doc.bus?.name || trimmed2(slug(doc.name ?? "")) || "storm";
}
function stormSource(doc) {
  return doc.source || `com.${trimmed2(slug(doc.name ?? "")) || "storm"}`;
}
function serviceSource(doc, service) {
  return doc.services?.[service]?.source || `${stormSource(doc)}.${service}`;
}
function sourceOf(doc, event) {
  const owner = ownerOf(doc, event);
  return owner ? serviceSource(doc, owner) : stormSource(doc);
}
function hueOfService(doc, service) {
  const services2 = Object.keys(doc.services ?? {});
  const contexts2 = Object.keys(doc.contexts ?? {});
  const context2 = doc.services?.[service]?.context ?? "";
  const first = services2.find((other) => doc.services?.[other].context === context2);
  return contexts2.includes(context2) && first === service ? contexts2.indexOf(context2) : contexts2.length + services2.indexOf(service);
}
function heardBy(doc, listener) {
  const hears = doc.listeners?.[listener]?.hears ?? [];
  return (hears === "all" ? Object.keys(doc.events ?? {}) : hears).filter((event) => doc.events?.[event]);
}
function heardByPolicy(doc, policy) {
  return [...new Set(doc.policies?.[policy]?.when ?? [])].filter((event) => doc.events?.[event]);
}
function countRules(doc) {
  const hearing2 = (ids2, heard) => ids2.filter((id2) => heard(doc, id2).length).length;
  return hearing2(Object.keys(doc.policies ?? {}), heardByPolicy) + hearing2(Object.keys(doc.listeners ?? {}), heardBy);
}
function unheard(doc) {
  const heard = /* @__PURE__ */ new Set([
    ...Object.keys(doc.policies ?? {}).flatMap((id2) => heardByPolicy(doc, id2)),
    ...Object.keys(doc.listeners ?? {}).flatMap((id2) => heardBy(doc, id2))
  ]);
  return Object.keys(doc.events ?? {}).filter((event) => !heard.has(event));
}
function spelledElsewhere(doc, events) {
  return events.find(
    (event) => /[^\x00-\x7f]/.test(doc.events?.[event]?.name ?? "") && !doc.contracts?.[event]?.["detail-type"]
  );
}
function ruleOf(doc, section2, id2) {
  if (section2 === "triggers") return ruleOfAws(doc, id2);
  const hears = section2 === "policies" ? heardByPolicy(doc, id2) : heardBy(doc, id2);
  if (!hears.length) return null;
  if (section2 === "policies") {
    const home2 = serviceOfPolicy(doc, id2) ?? null;
    return { section: section2, id: id2, home: home2, hears, pattern: patternFor(doc, hears), target: "workflow", bus: "own" };
  }
  const said3 = doc.listeners?.[id2];
  const home = said3?.for ?? null;
  return { section: section2, id: id2, home, hears, pattern: listeningPattern(doc, id2), target: said3?.to ?? "topic", bus: "own" };
}
function patternFor(doc, events) {
  const bySource = /* @__PURE__ */ new Map();
  for (const event of events) {
    const source = sourceOf(doc, event);
    bySource.set(source, (bySource.get(source) ?? /* @__PURE__ */ new Set()).add(detailType(doc, event)));
  }
  const sources = [...bySource.keys()].sort();
  const names2 = sorted(new Set(sources.flatMap((source) => [...bySource.get(source) ?? []])));
  const exact = bySource.size < 2 || !othersMatch(doc, bySource, names2);
  if (exact) return { source: sources, "detail-type": names2 };
  return {
    $or: sources.map((source) => ({ source: [source], "detail-type": sorted(bySource.get(source) ?? /* @__PURE__ */ new Set()) }))
  };
}
function listeningPattern(doc, listener) {
  const said3 = doc.listeners?.[listener];
  const pattern = said3?.hears === "all" ? { source: [{ prefix: "" }] } : patternFor(doc, heardBy(doc, listener));
  const filtered = said3?.where && Object.keys(said3.where).length ? { ...pattern, detail: said3.where } : pattern;
  return { ...filtered, "replay-name": [{ exists: false }] };
}
function ruleOfAws(doc, event) {
  const aws = doc.triggers?.[event]?.aws;
  if (!aws || !doc.events?.[event]) return null;
  const pattern = { source: [aws.source], "detail-type": [aws["detail-type"]] };
  return {
    section: "triggers",
    id: event,
    home: ownerOf(doc, event) ?? null,
    hears: [event],
    pattern,
    target: "workflow",
    bus: "default"
  };
}
function othersMatch(doc, wanted, names2) {
  const listed = new Set(names2);
  return Object.keys(doc.events ?? {}).some((event) => {
    const name = detailType(doc, event);
    const own = listed.has(name) ? wanted.get(sourceOf(doc, event)) : void 0;
    return own !== void 0 && !own.has(name);
  });
}
function sorted(texts2) {
  return [...texts2].sort();
}
function trimmed2(text5) {
  return text5.slice(0, 48).replace(/^-+|-+$/g, "");
}

// board/source/steps/services_reading.js
var known3 = /* @__PURE__ */ new WeakMap();
function lanesOf(doc) {
  const found = known3.get(doc) ?? readLanes(doc);
  known3.set(doc, found);
  return found;
}
function readLanes(doc) {
  const contexts2 = Object.entries(doc.contexts ?? {});
  const byContext = /* @__PURE__ */ new Map();
  contexts2.forEach(([context2, said3], hue) => {
    byContext.set(context2, {
      key: `lane/${context2}`,
      context: context2,
      title: titleOf(doc, `contexts/${context2}`),
      owner: said3.owner ?? "",
      hue,
      services: [],
      policies: [],
      events: []
    });
  });
  const lanes = [...byContext.values()];
  const byService = /* @__PURE__ */ new Map();
  Object.entries(doc.services ?? {}).forEach(([service, said3], index) => {
    let lane = said3.context ? byContext.get(said3.context) : void 0;
    if (!lane) {
      lane = {
        key: `lane#${service}`,
        context: null,
        title: "In no context yet",
        owner: "",
        hue: contexts2.length + index,
        services: [],
        policies: [],
        events: []
      };
      lanes.push(lane);
    }
    lane.services.push(service);
    byService.set(service, lane);
  });
  for (const event of inOrder(doc)) {
    const context2 = contextOfEvent(doc, event);
    if (context2) byContext.get(context2)?.events.push(event);
  }
  const read = { lanes, homeless: [], laneOfPolicy: /* @__PURE__ */ new Map() };
  for (const policy of Object.keys(doc.policies ?? {})) {
    const lane = laneFor(doc, policy, byService, byContext);
    if (!lane) read.homeless.push(policy);
    else {
      lane.policies.push(policy);
      read.laneOfPolicy.set(policy, lane);
    }
  }
  return read;
}
function laneFor(doc, policy, byService, byContext) {
  const { emits = [], fails = [], when = [], service: said3 } = doc.policies?.[policy] ?? {};
  const service = serviceOfPolicy(doc, policy);
  const lane = service && byService.get(service) || null;
  const homes = (events) => events.map((event) => contextOfEvent(doc, event)).filter((home) => home !== null);
  const put2 = homes([...emits, ...fails]);
  if (lane && (!put2.length || said3 === service || put2.includes(lane.context ?? ""))) return lane;
  return byContext.get(put2[0] ?? homes(when)[0] ?? "") ?? lane;
}
function heardAcross(doc) {
  const { lanes, laneOfPolicy } = lanesOf(doc);
  const laneOfContext = new Map(lanes.map((lane) => [lane.context, lane]));
  const heard = /* @__PURE__ */ new Map();
  for (const [policy, taker] of laneOfPolicy) {
    for (const event of doc.policies?.[policy]?.when ?? []) {
      const context2 = contextOfEvent(doc, event);
      const giver = context2 ? laneOfContext.get(context2) : void 0;
      if (!giver || giver === taker || !doc.events?.[event]) continue;
      const givers = heard.get(taker) ?? /* @__PURE__ */ new Map();
      heard.set(taker, givers);
      const events = givers.get(giver) ?? [];
      if (!events.includes(event)) events.push(event);
      givers.set(giver, events);
    }
  }
  return heard;
}
function mainService(lane) {
  return lane?.services[0] ?? null;
}
function laneName(doc, lane) {
  const service = mainService(lane);
  return service ? titleOf(doc, `services/${service}`) : lane.title;
}

// board/source/steps/services_edits.js
function unserved(doc) {
  return Object.keys(doc.contexts ?? {}).filter((context2) => !serviceOf(doc, context2));
}
function newService(name, context2, source = "") {
  const called = name.trim();
  if (!called) throw new Error("A service needs a name: type the word that its team says on the phone.");
  return [
    {
      kind: "add",
      to: "services",
      name: called,
      keys: { ...context2 && { context: context2 }, ...source.trim() && { source: source.trim() } }
    }
  ];
}
function servicesFromContexts(doc) {
  return unserved(doc).flatMap((context2) => newService(titleOf(doc, `contexts/${context2}`), context2));
}
function movePolicies(doc, policies, lane) {
  const service = mainService(lane);
  const { laneOfPolicy } = lanesOf(doc);
  const moving2 = policies.filter(
    (policy) => laneOfPolicy.get(policy) !== lane || doc.policies?.[policy]?.service !== void 0 && doc.policies[policy].service !== service
  );
  if (!service || !moving2.length) return null;
  const where = shortened(laneName(doc, lane), 40);
  const words4 = `Run ${spoken2(moving2.map((policy) => titleOf(doc, `policies/${policy}`)))} in ${where}`;
  const said3 = moving2.map((policy) => ({ kind: "change", of: "policies", id: policy, keys: { service } }));
  const foreign = entitiesPut(doc, moving2).filter((one) => one.context !== lane.context);
  if (!foreign.length) return { words: words4, edits: said3 };
  if (lane.context === null) return { words: `${words4} (a finding: others own what it puts)`, edits: said3 };
  const entities2 = foreign.map((one) => one.entity);
  const names2 = spoken2(entities2.map((entity) => titleOf(doc, `entities/${entity}`)));
  const along2 = followers(doc, entities2, moving2);
  const others = along2 ? `, and ${counted(along2, "other workflow")}` : "";
  const cleared2 = moving2.filter((policy) => doc.policies?.[policy]?.service && doc.policies[policy].service !== service).map((policy) => ({ kind: "change", of: "policies", id: policy, keys: { service: null } }));
  return {
    words: words4,
    choices: [
      {
        words: `Move ${names2} to ${shortened(lane.title, 40)}: the events go along${others}`,
        edits: [...assignEntities(doc, entities2, lane.context), ...cleared2]
      },
      { words: `Only say that it runs in ${where}: a finding, as another service owns what it puts`, edits: said3 }
    ]
  };
}
function entitiesPut(doc, policies) {
  const put2 = /* @__PURE__ */ new Map();
  for (const policy of policies) {
    const said3 = doc.policies?.[policy] ?? {};
    for (const event of [...said3.emits ?? [], ...said3.fails ?? []]) {
      const [entity, context2] = [entityOf(doc, event), contextOfEvent(doc, event)];
      if (entity && context2 && serviceOf(doc, context2)) put2.set(entity, context2);
    }
  }
  return [...put2].map(([entity, context2]) => ({ entity, context: context2 }));
}
function followers(doc, entities2, moving2) {
  return Object.entries(doc.policies ?? {}).filter(
    ([policy, said3]) => !moving2.includes(policy) && [...said3.emits ?? [], ...said3.fails ?? []].some((event) => entities2.includes(entityOf(doc, event) ?? ""))
  ).length;
}
function moveService(doc, service, lane) {
  const from = doc.services?.[service]?.context ?? null;
  if (!lane.context || lane.context === from) return null;
  const title2 = shortened(titleOf(doc, `services/${service}`), 40);
  const there = mainService(lane);
  const edits = [{ kind: "change", of: "services", id: service, keys: { context: lane.context } }];
  if (!there) return { words: `Let “${title2}” be the service of ${shortened(lane.title, 40)}`, edits };
  edits.push({ kind: "change", of: "services", id: there, keys: { context: from } });
  const other = shortened(titleOf(doc, `services/${there}`), 40);
  return { words: `Let “${title2}” and “${other}” change places`, edits };
}

// board/source/steps/services_actions.js
function servicesActions(doc, keys2) {
  const policies = idsOf(keys2, "policies").filter((id2) => doc.policies?.[id2]);
  const services2 = idsOf(keys2, "services").filter((id2) => doc.services?.[id2]);
  const open = unserved(doc);
  return [
    ...nameOne(doc, keys2, open),
    ...open.length ? [nameAll(doc, open.length)] : [],
    ...services2.length === 1 && !policies.length ? ofOneService(doc, services2[0]) : [],
    ...policies.length ? ofPolicies(doc, policies) : []
  ];
}
function nameOne(doc, keys2, open) {
  if (!open.length) return [];
  const chosen3 = keys2.map((key) => key.split("#")[0].replace(/^contexts\//, "")).find((id2) => open.includes(id2)) ?? open[0];
  return [
    {
      id: "service-add",
      name: "Name a service…",
      tool: true,
      ask: [
        {
          key: "context",
          label: "Context",
          kind: "one",
          value: chosen3,
          choices: contextChoices(doc, (id2) => open.includes(id2))
        },
        {
          key: "name",
          label: "Name of its service",
          kind: "text",
          value: titleOf(doc, `contexts/${chosen3}`),
          hint: "The word that the owner’s team would say on the phone"
        },
        {
          key: "source",
          label: "Source on the bus",
          kind: "text",
          optional: true,
          hint: "Left out: made from the name"
        }
      ],
      edits: ({ context: context2, name, source }) => newService(String(name), String(context2), source ?? "")
    }
  ];
}
function nameAll(doc, count3) {
  return {
    id: "service-name-all",
    name: count3 > 1 ? `Name all ${count3} services after their contexts` : "Name it after its context",
    tool: true,
    edits: () => servicesFromContexts(doc)
  };
}
function ofOneService(doc, service) {
  const title2 = shortened(titleOf(doc, `services/${service}`), 40);
  const { lanes } = lanesOf(doc);
  const elsewhere = contextChoices(doc, (id2) => id2 !== doc.services?.[service]?.context);
  const actions = [
    {
      id: "service-source",
      name: `Set the source of ${title2}…`,
      keys: "s",
      ask: [
        {
          key: "source",
          label: "Source on the bus",
          kind: "text",
          value: serviceSource(doc, service),
          optional: true,
          hint: "What its events carry, such as com.anycompany.billing. Left empty: made from the name"
        }
      ],
      edits: ({ source }) => [
        { kind: "change", of: "services", id: service, keys: { source: source?.trim() || null } }
      ]
    }
  ];
  if (elsewhere.length) {
    actions.push({
      id: "service-context",
      name: `Give ${title2} to another context…`,
      ask: [
        {
          key: "context",
          label: "Context",
          kind: "one",
          choices: elsewhere,
          hint: "If it has a service, the two change places."
        }
      ],
      edits: (answers2) => {
        const lane = lanes.find((one) => one.context === answers2.context);
        return lane && moveService(doc, service, lane)?.edits || [];
      }
    });
  }
  return actions;
}
function ofPolicies(doc, policies) {
  const ways = /* @__PURE__ */ new Map();
  const choices = [];
  for (const lane of lanesOf(doc).lanes) {
    const move = mainService(lane) ? movePolicies(doc, policies, lane) : null;
    const some = !move ? [] : "choices" in move ? move.choices : [{ words: laneName(doc, lane), edits: move.edits }];
    some.forEach((one, index) => {
      const value = `${lane.key} ${index}`;
      ways.set(value, one.edits);
      choices.push({ value, words: one.words });
    });
  }
  const said3 = policies.filter((id2) => doc.policies?.[id2].service);
  const actions = [];
  if (choices.length) {
    actions.push({
      id: "policy-service",
      name: policies.length > 1 ? "Run these policies in…" : "Run this policy in…",
      ask: [
        {
          key: "way",
          label: "Service",
          kind: "one",
          choices,
          hint: "A policy belongs to the service that owns the events it puts."
        }
      ],
      edits: (answers2) => ways.get(answers2.way) ?? []
    });
  }
  for (const lane of lanesOf(doc).lanes) {
    const service = mainService(lane);
    const staying = policies.filter((id2) => service && followsWhatItHears(doc, id2) && serviceOfPolicy(doc, id2) === service);
    if (!staying.length) continue;
    actions.push({
      id: "policy-stay",
      name: `Keep it in ${shortened(laneName(doc, lane), 40)}, whatever it hears`,
      edits: () => staying.map((id2) => ({ kind: "change", of: "policies", id: id2, keys: { service } }))
    });
  }
  if (said3.length) {
    actions.push({
      id: "policy-follow",
      name: "Let it follow its events again",
      keys: "Shift+m",
      edits: () => said3.map((id2) => ({ kind: "change", of: "policies", id: id2, keys: { service: null } }))
    });
  }
  return actions;
}
function followsWhatItHears(doc, id2) {
  const { emits = [], fails = [], service } = doc.policies?.[id2] ?? {};
  return !service && !emits.length && !fails.length;
}

// board/source/steps/services_drops.js
function servicesDrops(doc, scene7, keys2) {
  const policies = idsOf(keys2, "policies").filter((id2) => doc.policies?.[id2]);
  const services2 = idsOf(keys2, "services").filter((id2) => doc.services?.[id2]);
  if (!policies.length && services2.length !== 1) return hotspotDrops(doc, scene7, keys2);
  const lanes = new Map(lanesOf(doc).lanes.map((lane) => [lane.key, lane]));
  const drops2 = [];
  for (const region of scene7.regions) {
    const lane = lanes.get(region.key);
    if (lane) {
      const drop2 = policies.length ? movePolicies(doc, policies, lane) : moveService(doc, services2[0], lane);
      if (drop2) drops2.push({ key: region.key, box: region, ...drop2 });
    } else if (region.kind === "shelf" && policies.some((id2) => doc.policies?.[id2].service)) {
      const said3 = policies.filter((id2) => doc.policies?.[id2].service);
      drops2.push({
        key: region.key,
        box: region,
        words: `Let ${spoken2(said3.map((id2) => titleOf(doc, `policies/${id2}`)))} follow the events again`,
        edits: said3.map((id2) => ({ kind: "change", of: "policies", id: id2, keys: { service: null } }))
      });
    }
  }
  return drops2;
}

// board/source/steps/services_words.js
var LETTERS3 = 24;
var known4 = /* @__PURE__ */ new WeakMap();
function workflowLines(doc, policy) {
  const all = known4.get(doc) ?? /* @__PURE__ */ new Map();
  known4.set(doc, all);
  const found = all.get(policy) ?? linesOf2(doc, policy);
  all.set(policy, found);
  return found;
}
function linesOf2(doc, policy) {
  const said3 = doc.policies?.[policy] ?? {};
  const foreign = new Set(heardFromOthers(doc, policy));
  return [
    ...lines(doc, "hears", said3.when ?? [], foreign),
    ...lines(doc, "puts", said3.emits ?? []),
    ...lines(doc, "or", said3.fails ?? [])
  ];
}
function lines(doc, verb, events, foreign) {
  const there = events.filter((event) => doc.events?.[event]);
  const shown = there.length > 2 ? there.slice(0, 1) : there;
  const said3 = shown.map((event) => {
    const owner = foreign?.has(event) ? ` (${shortened(ownerName(doc, event), 13)})` : "";
    return `${verb} ${shortened(titleOf(doc, `events/${event}`), owner ? LETTERS3 - 6 : LETTERS3)}${owner}`;
  });
  return there.length > 2 ? [...said3, `and ${there.length - 1} more`] : said3;
}
function ownerName(doc, event) {
  const context2 = contextOfEvent(doc, event);
  const lane = lanesOf(doc).lanes.find((one) => one.context === context2);
  return lane ? laneName(doc, lane) : "";
}
function heardFromOthers(doc, policy) {
  const lane = lanesOf(doc).laneOfPolicy.get(policy);
  return (doc.policies?.[policy]?.when ?? []).filter((event) => {
    const context2 = contextOfEvent(doc, event);
    return context2 !== null && lane !== void 0 && context2 !== lane.context;
  });
}
function sayWorkflow(doc, policy) {
  const said3 = doc.policies?.[policy] ?? {};
  const lane = lanesOf(doc).laneOfPolicy.get(policy);
  const names2 = (events) => spoken2((events ?? []).map((event) => titleOf(doc, `events/${event}`)));
  const foreign = heardFromOthers(doc, policy);
  return [
    `Workflow ${titleOf(doc, `policies/${policy}`)}`,
    lane ? `of ${laneName(doc, lane)}` : "in no service",
    said3.when?.length ? `hears ${names2(said3.when)}` : "hears nothing",
    said3.emits?.length ? `puts ${names2(said3.emits)}` : "puts nothing",
    said3.fails?.length ? `or ${names2(said3.fails)} if it fails` : "",
    foreign.length ? `hears ${foreign.length} of another service` : ""
  ].filter(Boolean).join(", ");
}

// board/source/steps/services_layout.js
var CARD = { w: 244, h: 130 };
var WORKFLOW = { w: 226, h: 62 };
var SECOND_LINE = { letters: 25, h: 17 };
var LINE4 = 15;
var CHIP = { h: 28, gap: 8 };
var PADDING3 = 24;
var HEAD4 = 72;
var SHELF_HEAD5 = 64;
var LEAST_COLUMNS = 2;
var MOST_COLUMNS = 8;
var RIGHT = PADDING3 + CARD.w + GAP;
function layoutOfServices(doc) {
  const { lanes, homeless: homeless2 } = lanesOf(doc);
  const sizes = lanes.map((lane) => laneBox(doc, lane, { x: 0, y: 0, w: widthOf2(lane), h: 0 }).box);
  const { boxes: boxes2 } = inRows(sizes, { gap: GAP, aspect: 1.5, fill: "both" });
  return { lanes: stacked(doc, lanes, boxes2), ...shelfOf3(doc, homeless2) };
}
function stacked(doc, lanes, boxes2) {
  const laid = [];
  let y = 0;
  for (let first = 0; first < lanes.length; ) {
    const end = boxes2.findIndex((box, index) => index > first && box.y > boxes2[first].y);
    const row2 = lanes.slice(first, end < 0 ? lanes.length : end);
    const heights = row2.map((lane, index) => laneBox(doc, lane, { ...boxes2[first + index], y, h: 0 }).box.h);
    const h2 = Math.max(...heights);
    for (const [index, lane] of row2.entries()) laid.push(laneBox(doc, lane, { ...boxes2[first + index], y, h: h2 }));
    first += row2.length;
    y += h2 + GAP;
  }
  return laid;
}
function widthOf2(lane) {
  const many = lane.policies.length + lane.events.length / 4;
  const columns = Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, Math.ceil(Math.sqrt(many * 1.4))));
  return RIGHT + columns * (WORKFLOW.w + GAP) - GAP + PADDING3;
}
function laneBox(doc, lane, at2) {
  const [left, right, edge, inside] = [at2.x + PADDING3, at2.x + RIGHT, at2.x + at2.w - PADDING3, at2.y + HEAD4];
  const cards2 = lane.services.map((id2, index) => ({
    id: id2,
    box: { x: left, y: inside + index * (CARD.h + GAP / 2), ...CARD }
  }));
  const missing = cards2.length ? null : { x: left, y: inside, ...CARD };
  const { lying: policies, bottom } = inColumns(doc, lane.policies, { x: right, y: inside }, edge);
  const first = lane.policies.length ? bottom + GAP * 0.75 : inside;
  const chips = chipRows(doc, lane.events, { x: right + 44, y: first }, edge);
  const foot = Math.max(chips.bottom, inside + Math.max(1, cards2.length) * (CARD.h + GAP / 2) - GAP / 2);
  const owns = lane.events.length ? { x: right, y: first + 19 } : null;
  const box = { ...at2, h: Math.max(at2.h, foot - at2.y + PADDING3) };
  return { lane, box, cards: cards2, missing, policies, events: chips.lying, owns };
}
function inColumns(doc, policies, at2, edge) {
  const columns = Math.max(1, Math.floor((edge - at2.x + GAP) / (WORKFLOW.w + GAP)));
  const lying = [];
  let y = at2.y;
  for (let start = 0; start < policies.length; start += columns) {
    const row2 = policies.slice(start, start + columns);
    const h2 = Math.max(...row2.map((id2) => workflowHeight(doc, id2)));
    row2.forEach(
      (id2, column) => lying.push({ id: id2, box: { x: at2.x + column * (WORKFLOW.w + GAP), y, w: WORKFLOW.w, h: h2 } })
    );
    y += h2 + GAP / 2;
  }
  return { lying, bottom: policies.length ? y - GAP / 2 : at2.y };
}
function workflowHeight(doc, policy) {
  const second = titleOf(doc, `policies/${policy}`).length > SECOND_LINE.letters ? SECOND_LINE.h : 0;
  return WORKFLOW.h + second + LINE4 * workflowLines(doc, policy).length;
}
function chipRows(doc, events, at2, edge) {
  const lying = [];
  let { x, y } = at2;
  for (const id2 of events) {
    const w = chipWidth(titleOf(doc, `events/${id2}`), 220);
    if (x > at2.x && x + w > edge) {
      x = at2.x;
      y += CHIP.h + CHIP.gap;
    }
    lying.push({ id: id2, box: { x, y, w, h: CHIP.h } });
    x += w + CHIP.gap;
  }
  return { lying, bottom: events.length ? y + CHIP.h : at2.y };
}
function shelfOf3(doc, homeless2) {
  const columns = homeless2.length > 60 ? 4 : homeless2.length > 12 ? 2 : 1;
  const w = columns * (WORKFLOW.w + GAP) + GAP;
  const shelf = { x: -w - 2 * GAP, y: 0, w, h: SHELF_HEAD5 + 24 };
  const { lying, bottom } = inColumns(doc, homeless2, { x: shelf.x + GAP, y: SHELF_HEAD5 }, shelf.x + w - GAP);
  if (homeless2.length) shelf.h = bottom + GAP;
  return { shelf, homeless: lying };
}

// board/source/steps/services_panel.js
var MOST2 = 40;
function servicesPanel(board) {
  const { doc } = board.session;
  const { lanes } = lanesOf(doc);
  if (!lanes.length) return null;
  const heard = heardAcross(doc);
  const chosen3 = chosenLane(board, lanes);
  return h(
    "section",
    { class: "c-panel", "aria-label": "Services" },
    h("h3", null, "Services"),
    acrossPart(doc, heard),
    chosen3 ? lanePart(board, chosen3, heard) : waysPart2(doc, heard),
    chosen3 ? null : h("p", { class: "f-soft" }, "Choose a service, and read here what it owns and hears.")
  );
}
function chosenLane(board, lanes) {
  const { doc } = board.session;
  const key = [...board.selection][0] ?? board.focused ?? "";
  const [section2, rest2 = ""] = [key.slice(0, key.indexOf("/")), key.slice(key.indexOf("/") + 1)];
  const id2 = rest2.split("#")[0];
  if (section2 === "services") return lanes.find((lane) => lane.services.includes(id2));
  if (section2 === "policies") return lanesOf(doc).laneOfPolicy.get(id2);
  const context2 = section2 === "contexts" ? id2 : section2 === "events" ? contextOfEvent(doc, id2) : null;
  return context2 ? lanes.find((lane) => lane.context === context2) : void 0;
}
function acrossPart(doc, heard) {
  const events = new Set([...heard.values()].flatMap((givers) => [...givers.values()].flat())).size;
  return h(
    "div",
    { class: "c-count" },
    h("span", { class: `c-number${events ? " is-crossing" : ""}` }, String(events)),
    h(
      "p",
      null,
      `${events === 1 ? "event is" : "events are"} heard by another service`,
      h(
        "span",
        { class: "c-more" },
        `of ${Object.keys(doc.events ?? {}).length}; nobody calls anybody, they listen on the bus`
      )
    )
  );
}
function waysPart2(doc, heard) {
  const ways = [...heard].flatMap(
    ([taker, givers]) => [...givers].map(([giver, events]) => ({ taker, giver, events }))
  );
  if (!ways.length) return null;
  ways.sort((a, b) => b.events.length - a.events.length);
  return h(
    "ul",
    { class: "c-list" },
    ways.slice(0, MOST2).map(
      ({ taker, giver, events }) => h(
        "li",
        null,
        h("bdi", null, shortened(laneName(doc, taker), 40)),
        ` hears ${counted(events.length, "event")} of `,
        h("bdi", null, shortened(laneName(doc, giver), 40))
      )
    )
  );
}
function lanePart(board, lane, heard) {
  const { doc } = board.session;
  const service = mainService(lane);
  const takers = [...heard].flatMap(
    ([taker, givers]) => givers.has(lane) ? [{ taker, events: givers.get(lane) ?? [] }] : []
  );
  return h(
    "div",
    { class: "c-part-of" },
    h("h4", { dir: "auto" }, shortened(laneName(doc, lane), 60)),
    h(
      "dl",
      { class: "c-facts" },
      fact("Context", lane.context ? lane.title : "none yet"),
      fact("Owner", lane.owner || "nobody yet"),
      service ? fact("Source", serviceSource(doc, service)) : null
    ),
    named(board, "Workflows", lane.policies, "policies"),
    named(board, "Owns", lane.events, "events"),
    [...heard.get(lane) ?? []].map(
      ([giver, events]) => named(board, `Hears from ${shortened(laneName(doc, giver), 40)}`, events, "events")
    ),
    takers.map(
      ({ taker, events }) => named(board, `Is heard by ${shortened(laneName(doc, taker), 40)}`, events, "events")
    )
  );
}
function fact(term, text5) {
  return [h("dt", null, term), h("dd", { dir: "auto" }, shortened(text5, 120))];
}
function named(board, title2, ids2, section2) {
  const { doc } = board.session;
  if (!ids2.length) return null;
  return h(
    "details",
    { class: "f-fold", "data-fold": `services-${title2}` },
    h("summary", { "data-focus": `services-${title2}`, dir: "auto" }, `${title2}: ${ids2.length}`),
    h(
      "ul",
      { class: "c-names-list" },
      ids2.slice(0, MOST2).map(
        (id2) => h(
          "li",
          null,
          button({
            name: shortened(titleOf(doc, `${section2}/${id2}`), 60),
            words: shortened(titleOf(doc, `${section2}/${id2}`), 60),
            kind: "small",
            focus: `services-${title2}-${id2}`,
            run: () => {
              board.select([`${section2}/${id2}`]);
              board.focus(`${section2}/${id2}`, { reveal: true });
            }
          })
        )
      )
    ),
    ids2.length > MOST2 ? h("p", { class: "c-soft" }, `and ${ids2.length - MOST2} more`) : null
  );
}

// board/source/steps/services.js
var MISSING = "#service";
var services = {
  number: 6,
  short: "Services",
  question: "What do we call the service of each context?",
  hint: "Use the word that the owner’s team would say on the phone. Drag a policy to where it should run.",
  placeholder: "Name the service of the chosen context, and press Enter",
  scene: scene6,
  drops: servicesDrops,
  actions: servicesActions,
  typed(doc, text5, near) {
    const chosen3 = near?.startsWith("contexts/") && near.endsWith(MISSING) ? near.slice(9, -MISSING.length) : null;
    const open = unserved(doc);
    return newService(text5, chosen3 && open.includes(chosen3) ? chosen3 : open[0] ?? null);
  },
  panel: servicesPanel
};
function scene6(doc) {
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  const nothing = ![doc.contexts, doc.services, doc.policies].some((section2) => Object.keys(section2 ?? {}).length);
  if (nothing) {
    drawn.empty = "There are no contexts yet. Draw borders in step 5, Contexts; each of them gets a service here.";
    return drawn;
  }
  const layout = layoutOfServices(doc);
  const heard = heardAcross(doc);
  for (const lane of layout.lanes) {
    const foreign = new Set([...heard.get(lane.lane)?.values() ?? []].flat()).size;
    drawLane(drawn, doc, lane, foreign);
  }
  const many = layout.homeless.length;
  const noPolicies = Object.keys(doc.policies ?? {}).length === 0;
  drawn.regions.push({
    ...layout.shelf,
    key: "shelf",
    kind: "shelf",
    dashed: true,
    title: `Homeless: ${counted(many, "policy", "policies")}`,
    subtitle: many ? "Drag each to where it runs" : noPolicies ? "No policy yet: see step 3" : "Every policy runs somewhere"
  });
  for (const { id: id2, box } of layout.homeless) drawn.notes.push(workflowNote(doc, id2, box));
  drawn.notes.push(...hotspotNotes(doc, drawn));
  return drawn;
}
function drawLane(drawn, doc, laid, foreign) {
  const { lane } = laid;
  drawn.regions.push({
    ...laid.box,
    key: lane.key,
    kind: "lane",
    hue: lane.hue,
    title: lane.title,
    subtitle: lane.owner || (lane.context ? "No owner yet" : "Drag the service onto its context"),
    ...lane.context === null && { dashed: true }
  });
  for (const { id: id2, box } of laid.cards) drawn.notes.push(serviceNote(doc, laid, id2, box, foreign));
  if (laid.missing && lane.context) {
    drawn.notes.push({
      ...laid.missing,
      key: `contexts/${lane.context}${MISSING}`,
      kind: "aggregate",
      shape: "card",
      text: "No name yet",
      tag: "service",
      lines: ["Choose this card and type its name"],
      hue: lane.hue,
      guess: true,
      fixed: true,
      says: `${lane.title} has no service yet. Type its name and press Enter`
    });
  }
  for (const { id: id2, box } of laid.policies) drawn.notes.push(workflowNote(doc, id2, box, lane.hue));
  if (laid.owns) {
    drawn.labels.push({ key: `${lane.key}/owns`, ...laid.owns, text: "Owns", size: 12.5, tone: "soft" });
  }
  for (const { id: id2, box } of laid.events) {
    const note = noteFor(doc, id2);
    drawn.notes.push({
      ...note,
      ...box,
      shape: "chip",
      tag: "",
      pivotal: false,
      fixed: true,
      says: `${note.says}, owned by ${laneName(doc, lane)}`
    });
  }
}
function serviceNote(doc, { lane }, id2, box, foreign) {
  const title2 = titleOf(doc, `services/${id2}`);
  const first = lane.services[0] === id2;
  const [runs2, owns] = first ? [lane.policies.length, lane.events.length] : [0, 0];
  const counts2 = `${counted(runs2, "workflow")}, owns ${counted(owns, "event")}`;
  const hears = foreign && first ? `hears ${counted(foreign, "event")} of others` : "hears nobody else";
  const source = serviceSource(doc, id2);
  const context2 = lane.context ? `context ${lane.title}` : "no context";
  return {
    ...box,
    key: `services/${id2}`,
    ref: `services/${id2}`,
    kind: "aggregate",
    shape: "card",
    text: title2,
    tag: "service",
    hue: lane.hue,
    lines: [shortened(source, 34), counts2, hears],
    says: `Service ${title2} of ${context2}, source ${source}, ${counts2}, ${hears}`
  };
}
function workflowNote(doc, id2, box, hue) {
  const foreign = hue !== void 0 && heardFromOthers(doc, id2).length > 0;
  return {
    ...box,
    key: `policies/${id2}`,
    ref: `policies/${id2}`,
    kind: "workflow",
    shape: "paper",
    text: titleOf(doc, `policies/${id2}`),
    tag: "workflow",
    lines: workflowLines(doc, id2),
    ...foreign && { crossing: true },
    says: sayWorkflow(doc, id2)
  };
}

// board/source/steps/bus_edits.js
function listenerHears(listener, hears) {
  return { kind: "change", of: "listeners", id: listener, keys: { hears } };
}
function letListener(doc, listener, events, hear) {
  const before2 = doc.listeners?.[listener]?.hears ?? [];
  if (hear && before2 === "all") return [];
  const heard = heardBy(doc, listener);
  const after2 = withOrWithout(heard, events, hear);
  return after2.length === heard.length ? [] : [listenerHears(listener, after2)];
}
function letPolicy(doc, policy, key, events, wanted) {
  const before2 = doc.policies?.[policy]?.[key] ?? [];
  const after2 = withOrWithout(before2, events, wanted);
  return after2.length === before2.length ? [] : [{ kind: "change", of: "policies", id: policy, keys: { [key]: after2 } }];
}
function letHear(doc, event, hearers2) {
  const wanted = new Set(hearers2);
  return [
    ...Object.keys(doc.policies ?? {}).flatMap(
      (id2) => letPolicy(doc, id2, "when", [event], wanted.has(`policies/${id2}`))
    ),
    ...Object.keys(doc.listeners ?? {}).flatMap((id2) => letListener(doc, id2, [event], wanted.has(`listeners/${id2}`)))
  ];
}
function newListener(said3) {
  const keys2 = {
    ...said3.for && { for: said3.for },
    hears: said3.all ? "all" : said3.hears ?? [],
    ...said3.where && { where: said3.where },
    to: said3.to || "topic"
  };
  return { kind: "add", to: "listeners", name: said3.name, keys: keys2 };
}
function nameTheBus(doc, name, kind = doc.bus?.kind) {
  const typed = name.trim();
  if (typed && !/^[A-Za-z0-9._-]{1,100}$/.test(typed)) {
    throw new Error(
      "The name of a bus is made of letters, digits, “.”, “-” and “_”, at most 100 of them. Leave it empty and it follows the name of the storm."
    );
  }
  const bus2 = { ...typed && { name: typed }, ...kind && { kind } };
  return { kind: "settings", keys: { bus: Object.keys(bus2).length ? bus2 : null } };
}
function checkedSource(source) {
  const typed = source.trim();
  if (typed.startsWith("aws."))
    throw new Error("A source that begins with “aws.” belongs to AWS. Take your own domain: com.anycompany.");
  if (typed.length > 256) throw new Error("A source has at most 256 characters.");
  return typed || null;
}
function withOrWithout(list, some, wanted) {
  return wanted ? [.../* @__PURE__ */ new Set([...list, ...some])] : list.filter((one) => !some.includes(one));
}

// board/source/steps/bus_filter.js
var MOST_PARTS = 3;
function filterWords(where) {
  const parts2 = partsOf3(where, "").slice(0, MOST_PARTS + 1);
  return parts2.length > MOST_PARTS ? `${parts2.slice(0, MOST_PARTS).join(", ")}, …` : parts2.join(", ");
}
function checkedFilter(where) {
  if (where === null || where === void 0 || where === "") return null;
  if (!isObject(where)) throw new Error('A filter is a JSON object, such as {"amount": [{"numeric": [">", 100]}]}.');
  if (!Object.keys(where).length) return null;
  checkInner(where);
  return where;
}
function checkInner(where) {
  for (const [name, condition] of Object.entries(where)) {
    if (isObject(condition)) {
      checkInner(condition);
    } else if (!Array.isArray(condition)) {
      throw new Error(
        `In an event pattern “${name}” takes a list of values: write {"${name}": [${JSON.stringify(condition)}]}.`
      );
    } else if (!condition.length) {
      throw new Error(
        `“${name}” has an empty list, which nothing matches. Say what it may be, or leave “${name}” out.`
      );
    }
  }
}
function partsOf3(where, path2) {
  if (!isObject(where)) return [];
  return Object.entries(where).flatMap(([name, condition]) => {
    if (name === "$or") {
      const ways = Array.isArray(condition) ? condition.map((one) => partsOf3(one, path2).join(" and ")) : [];
      return ways.length ? [ways.join(" or ")] : [];
    }
    const field = path2 ? `${path2}.${name}` : name;
    return Array.isArray(condition) ? [`${field} ${conditionWords(condition)}`] : partsOf3(condition, field);
  });
}
function conditionWords(conditions) {
  const literal = conditions.every((one) => !isObject(one));
  if (literal) return `is ${conditions.slice(0, 4).map(text3).join(" or ")}${conditions.length > 4 ? " or …" : ""}`;
  return conditions.slice(0, 3).map(oneCondition).join(" or ");
}
function oneCondition(condition) {
  if (!isObject(condition)) return `is ${text3(condition)}`;
  const [operator, operand] = Object.entries(condition)[0] ?? ["", ""];
  if (operator === "numeric" && Array.isArray(operand)) {
    const bounds = [];
    for (let index = 0; index < operand.length; index += 2)
      bounds.push(`${operand[index]} ${text3(operand[index + 1])}`);
    return bounds.join(" and ");
  }
  if (operator === "exists") return operand ? "is there" : "is missing";
  const verbs = (
    /** @type {Record<string, string>} */
    {
      prefix: "begins with",
      suffix: "ends with",
      "anything-but": "is not",
      "equals-ignore-case": "is",
      wildcard: "is like",
      cidr: "is within"
    }
  );
  return `${verbs[operator] ?? operator} ${Array.isArray(operand) ? operand.map(text3).join(" or ") : text3(operand)}`;
}
function text3(value) {
  return typeof value === "string" ? `“${value.slice(0, 40)}”` : JSON.stringify(value)?.slice(0, 40) ?? "";
}
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// board/source/steps/bus_listener_actions.js
function eventChoices2(doc) {
  return inOrder(doc).map((event) => ({ value: event, words: titleOf(doc, `events/${event}`) }));
}
function aboutListener(doc, now = {}) {
  return [
    {
      key: "for",
      label: "For",
      kind: "text",
      value: now.for ?? "",
      optional: true,
      hint: "Who listens: Audit, Security, Analytics"
    },
    { key: "all", label: "Hears everything", kind: "tick", value: now.hears === "all" },
    {
      key: "hears",
      label: "Or hears these events",
      kind: "many",
      choices: eventChoices2(doc),
      optional: true,
      value: now.hears === "all" ? [] : now.hears ?? []
    },
    {
      key: "where",
      label: "Only where",
      kind: "json",
      value: now.where ?? null,
      optional: true,
      hint: 'An event pattern over the detail, such as {"amount": [{"numeric": [">", 10000]}]}'
    },
    {
      key: "to",
      label: "Goes to",
      kind: "one",
      value: now.to ?? "topic",
      choices: Object.entries(TARGETS).map(([value, words4]) => ({ value, words: words4 }))
    }
  ];
}
function addListener(doc, events) {
  return {
    id: "listener-add",
    name: events.length ? "Add a listener that hears this…" : "Add a listener…",
    keys: "l",
    tool: true,
    ask: [
      { key: "name", label: "Name", kind: "text", hint: "What it is there to hear, such as High-value payments" },
      ...aboutListener(doc, { hears: events })
    ],
    edits: ({ name, where, ...rest2 }) => [newListener({ name, ...rest2, where: checkedFilter(where) })]
  };
}
function changeListener(doc, listener) {
  const now = doc.listeners?.[listener] ?? {};
  return {
    id: "listener-change",
    name: "Change what it hears…",
    keys: "e",
    tool: true,
    ask: aboutListener(doc, now),
    edits: (answers2) => {
      const keys2 = {
        for: answers2.for || null,
        hears: answers2.all ? "all" : answers2.hears,
        where: checkedFilter(answers2.where),
        to: answers2.to || null
      };
      return [{ kind: "change", of: "listeners", id: listener, keys: keys2 }];
    }
  };
}
function hearEverything(listeners) {
  return { id: "listener-all", name: "Hear everything", edits: () => listeners.map((id2) => listenerHears(id2, "all")) };
}

// board/source/steps/bus_settings.js
function nameBus(doc) {
  return {
    id: "bus-name",
    name: "Name the bus…",
    tool: true,
    ask: [
      {
        key: "name",
        label: "Name of the bus",
        kind: "text",
        value: doc.bus?.name ?? "",
        optional: true,
        hint: `Letters, digits, “.”, “-” and “_”. Left out, it is called ${busName2({ ...doc, bus: {} })}.`
      },
      {
        key: "kind",
        label: "Kind",
        kind: "one",
        value: doc.bus?.kind ?? "classic",
        choices: [
          { value: "classic", words: "Classic: rules on the bus" },
          { value: "v2", words: "v2" }
        ]
      }
    ],
    edits: ({ name, kind }) => [nameTheBus(doc, name, kind === "classic" && !doc.bus?.kind ? void 0 : kind)]
  };
}
function setSource(doc) {
  return {
    id: "storm-source",
    name: "Change the source of events…",
    ask: [
      {
        key: "source",
        label: "Source above all services",
        kind: "text",
        value: doc.source ?? "",
        optional: true,
        hint: `Your domain turned round. Left out, it is ${stormSource({ ...doc, source: void 0 })}.`
      }
    ],
    edits: ({ source }) => [{ kind: "settings", keys: { source: checkedSource(source) } }]
  };
}
function serviceSources(doc, keys2, policies) {
  const all = Object.keys(doc.services ?? {});
  if (!all.length) return [];
  const near = idsOf(keys2, "services")[0] ?? (policies.length ? serviceOfPolicy(doc, policies[0]) : void 0);
  const service = near && all.includes(near) ? near : all[0];
  return [
    {
      id: "service-source",
      name: "Change the source of a service…",
      ask: [
        {
          key: "service",
          label: "Service",
          kind: "one",
          value: service,
          choices: all.map((id2) => ({ value: id2, words: titleOf(doc, `services/${id2}`) }))
        },
        {
          key: "source",
          label: "Source of its events",
          kind: "text",
          value: near ? doc.services?.[service].source ?? "" : "",
          optional: true,
          hint: `Left out, it is ${serviceSource({ ...doc, services: { [service]: {} } }, service)}.`
        }
      ],
      edits: ({ service: id2, source }) => [
        { kind: "change", of: "services", id: id2, keys: { source: checkedSource(source) } }
      ]
    }
  ];
}

// board/source/steps/bus_actions.js
function busActions(doc, keys2, insight) {
  const events = idsOf(keys2, "events").filter((id2) => doc.events?.[id2]);
  const listeners = idsOf(keys2, "listeners").filter((id2) => doc.listeners?.[id2]);
  const policies = [
    ...new Set(keys2.filter((key) => key.startsWith("policies/")).map((key) => key.slice(9).split("#")[0]))
  ].filter((id2) => doc.policies?.[id2]);
  return [
    addListener(doc, events),
    ...events.length === 1 ? ofOneEvent(doc, events[0]) : [],
    ...events.length > 1 && Object.keys(doc.listeners ?? {}).length ? [letListen(doc, events)] : [],
    ...listeners.length === 1 ? [changeListener(doc, listeners[0])] : [],
    ...listeners.length ? [hearEverything(listeners)] : [],
    ...policies.length === 1 ? [changeWorkflow(doc, policies[0])] : [],
    nameBus(doc),
    setSource(doc),
    ...serviceSources(doc, keys2, policies),
    ...everybodyActions(doc, keys2, insight)
  ];
}
function ofOneEvent(doc, event) {
  const title2 = titleOf(doc, `events/${event}`);
  const hearers2 = hearersAndListeners(doc, event);
  const choices = ["policies", "listeners"].flatMap(
    (section2) => Object.keys(
      /** @type {any} */
      doc[section2] ?? {}
    ).map((id2) => ({
      value: `${section2}/${id2}`,
      words: `${section2 === "policies" ? "Workflow" : "Listener"} ${titleOf(doc, `${section2}/${id2}`)}`
    }))
  );
  const found = [
    {
      id: "event-heard-by",
      name: "What hears this event?",
      keys: "w",
      run: (board) => {
        board.select([`events/${event}`, ...hearers2]);
        board.say(
          hearers2.length ? `${title2} is heard by ${spoken2(hearers2.map((ref) => titleOf(doc, ref)))}.` : `Nothing hears ${title2}.`
        );
      }
    }
  ];
  if (choices.length) {
    found.unshift({
      id: "event-hearers",
      name: "Say what hears this event…",
      keys: "e",
      tool: true,
      ask: [
        { key: "hearers", label: `Hears “${shortened(title2)}”`, kind: "many", choices, value: hearers2, optional: true }
      ],
      edits: ({ hearers: chosen3 }) => letHear(doc, event, chosen3)
    });
  }
  return found;
}
function hearersAndListeners(doc, event) {
  const listeners = Object.keys(doc.listeners ?? {}).filter((id2) => heardBy(doc, id2).includes(event));
  return [...hearersOf(doc, event).map((id2) => `policies/${id2}`), ...listeners.map((id2) => `listeners/${id2}`)];
}
function letListen(doc, events) {
  return {
    id: "events-listener",
    name: "Let a listener hear these…",
    keys: "e",
    ask: [
      {
        key: "listener",
        label: "Listener",
        kind: "one",
        choices: Object.keys(doc.listeners ?? {}).map((id2) => ({ value: id2, words: titleOf(doc, `listeners/${id2}`) }))
      }
    ],
    edits: ({ listener }) => letListener(doc, listener, events, true)
  };
}
function changeWorkflow(doc, policy) {
  const now = doc.policies?.[policy] ?? {};
  const events = (key, label) => ({
    key,
    label,
    kind: "many",
    choices: eventChoices2(doc),
    value: now[key] ?? [],
    optional: true
  });
  return {
    id: "workflow-change",
    name: "Change what it hears and puts…",
    keys: "e",
    tool: true,
    ask: [
      events("when", "Hears"),
      events("emits", "Puts when the work succeeds"),
      events("fails", "Puts when the work fails")
    ],
    edits: ({ when, emits, fails }) => {
      const keys2 = Object.fromEntries(
        Object.entries({ when, emits, fails }).filter(
          ([key, chosen3]) => !sameList(
            chosen3,
            /** @type {any} */
            now[key] ?? []
          )
        )
      );
      return Object.keys(keys2).length ? [{ kind: "change", of: "policies", id: policy, keys: keys2 }] : [];
    }
  };
}
function sameList(one, other) {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

// board/source/steps/bus_above.js
var LISTENER = { w: 168, h: 90 };
var BETWEEN4 = 20;
var TRACK2 = 10;
var PADDING4 = 20;
var BRACKET = 14;
var SHELF_HEAD6 = 50;
var FIRST2 = LISTENER.w + 2 * BETWEEN4;
var EMPTY_SHELF3 = 60;
var LONELY_SHELF = 460;
function layAbove(doc, bar) {
  const all = Object.keys(doc.listeners ?? {});
  const everything2 = all.filter((id2) => doc.listeners?.[id2].hears === "all");
  const some = all.filter((id2) => !everything2.includes(id2) && heardBy(doc, id2).length > 0);
  const idle = all.filter((id2) => !everything2.includes(id2) && !some.includes(id2));
  const lefts = spread2([
    ...everything2.map((id2) => ({ id: id2, wish: FIRST2 })),
    ...some.map((id2) => ({ id: id2, wish: middleOf2(heardBy(doc, id2), bar) - LISTENER.w / 2 }))
  ]);
  bar.box.w = Math.max(bar.box.w, ...[...lefts.values()].map((x) => x + LISTENER.w + 2 * BETWEEN4));
  const lines2 = linesOf3(doc, bar, some, lefts);
  const tracks = assignTracks(lines2);
  const floor = bar.box.y - PADDING4 - (everything2.length ? BRACKET : 0);
  const y = floor - Math.max(0, tracks - 1) * TRACK2 - PADDING4 - LISTENER.h;
  const cards2 = new Map([...lefts].map(([id2, x]) => [id2, { x, y, ...LISTENER }]));
  const shelf = layShelf(idle, cards2, y);
  const arrows = lines2.map((line3) => arrowOf2(line3, bar, y + LISTENER.h, floor));
  if (everything2.length) arrows.push(...bracket(everything2, cards2, bar));
  return { cards: cards2, arrows, shelf };
}
function middleOf2(events, bar) {
  const xs = events.flatMap((event) => bar.places.get(event)?.up[0] ?? []);
  return xs.length ? xs.reduce((sum, x) => sum + x, 0) / xs.length : FIRST2;
}
function spread2(wishes) {
  const pitch = LISTENER.w + BETWEEN4;
  const order2 = [...wishes].sort((a, b) => a.wish - b.wish);
  const clusters = [];
  for (const { id: id2, wish } of order2) {
    let cluster2 = { start: Math.max(FIRST2, wish), ids: [id2], sum: wish };
    for (let before2 = clusters[clusters.length - 1]; before2 && before2.start + before2.ids.length * pitch > cluster2.start; before2 = clusters[clusters.length - 1]) {
      clusters.pop();
      const sum = before2.sum + cluster2.sum - cluster2.ids.length * before2.ids.length * pitch;
      const ids2 = [...before2.ids, ...cluster2.ids];
      cluster2 = { start: Math.max(FIRST2, sum / ids2.length), ids: ids2, sum };
    }
    clusters.push(cluster2);
  }
  return new Map(
    clusters.flatMap(
      ({ start, ids: ids2 }) => ids2.map((id2, index) => (
        /** @type {[string, number]} */
        [id2, Math.round(start + index * pitch)]
      ))
    )
  );
}
function linesOf3(doc, bar, listeners, lefts) {
  const byEvent = /* @__PURE__ */ new Map();
  const lines2 = listeners.flatMap(
    (listener) => [...new Set(heardBy(doc, listener))].map((event) => {
      const line3 = { listener, event, from: 0, to: 0, track: -1 };
      byEvent.set(event, [...byEvent.get(event) ?? [], line3]);
      return line3;
    })
  );
  for (const [event, own] of byEvent) {
    const place2 = bar.places.get(event);
    if (!place2) continue;
    own.sort((a, b) => (lefts.get(a.listener) ?? 0) - (lefts.get(b.listener) ?? 0));
    ports(...place2.up, own.length).forEach((x, index) => {
      own[index].from = x;
    });
  }
  for (const listener of listeners) {
    const left = lefts.get(listener) ?? 0;
    const own = lines2.filter((line3) => line3.listener === listener).sort((a, b) => a.from - b.from);
    const found = ports(left + 12, left + LISTENER.w - 12, own.length, { shifted: true });
    const straight = own.length === 1 && own[0].from > left + 12 && own[0].from < left + LISTENER.w - 12;
    own.forEach((line3, index) => {
      line3.to = straight ? line3.from : found[index];
    });
  }
  return lines2;
}
function arrowOf2(line3, bar, bottom, floor) {
  const top = bar.places.get(line3.event)?.box.y ?? bar.box.y;
  const y = floor - Math.max(0, line3.track) * TRACK2;
  return {
    key: `listens/${line3.event}>${line3.listener}`,
    tone: "listens",
    dashed: true,
    d: roundedPath([
      [line3.from, top],
      [line3.from, y],
      [line3.to, y],
      [line3.to, bottom]
    ])
  };
}
function bracket(listeners, cards2, bar) {
  const [left, right, y] = [16, bar.box.w - 16, bar.box.y - BRACKET];
  const span = {
    key: "listens/everything",
    tone: "listens",
    dashed: true,
    ends: false,
    d: roundedPath([
      [left, bar.box.y],
      [left, y],
      [right, y],
      [right, bar.box.y]
    ])
  };
  return [
    span,
    ...listeners.map((listener, index) => {
      const card2 = (
        /** @type {Box} */
        cards2.get(listener)
      );
      const x = Math.floor((card2.x + card2.w / 2) / 8) * 8 + 4;
      const stem = {
        key: `listens/*>${listener}`,
        tone: "listens",
        dashed: true,
        d: roundedPath([
          [x, y],
          [x, card2.y + card2.h]
        ])
      };
      return index ? stem : { ...stem, label: "everything", at: { x, y } };
    })
  ];
}
function layShelf(listeners, cards2, y) {
  const w = cards2.size || listeners.length ? LISTENER.w + 16 : LONELY_SHELF;
  const bottom = y + LISTENER.h + 8;
  if (!listeners.length) return { x: 0, y: bottom - 8 - EMPTY_SHELF3, w, h: EMPTY_SHELF3 };
  const pitch = LISTENER.h + 8;
  listeners.forEach((id2, index) => cards2.set(id2, { x: 8, y: y - index * pitch, ...LISTENER }));
  const top = y - (listeners.length - 1) * pitch - SHELF_HEAD6;
  return { x: 0, y: top, w, h: bottom - top };
}

// board/source/steps/bus_columns.js
var EVENT = { w: 128, h: 70 };
var WORKFLOW2 = { w: 168, h: 90 };
var STAIR = 48;
var LEFT = { least: 112, most: 208 };
var LETTER = { title: 10.8, source: 6.8 };
var MOST_STAIRS = 4;
var BETWEEN5 = 24;
var AROUND_WORKFLOW = 8;
function columnsOf2(doc) {
  const columns = momentsOf2(doc);
  const waiting = policiesByColumn(doc, columns);
  const slots = [];
  const left = leftOf(doc);
  let free = left;
  let x = left;
  columns.forEach((column, index) => {
    column.x = x = Math.max(x, free - inset(column));
    const policies = waiting.get(index) ?? [];
    let at2 = Math.max(free, column.x + column.w - inset(column));
    for (const policy of policies) {
      slots.push({ policy, service: serviceOfPolicy(doc, policy) ?? null, x: at2 });
      at2 += WORKFLOW2.w + AROUND_WORKFLOW;
    }
    if (policies.length) free = at2;
    x += column.w + BETWEEN5;
  });
  const last = columns[columns.length - 1];
  return { columns, slots, right: Math.max(free, last ? last.x + last.w : left) };
}
function leftOf(doc) {
  const widths2 = Object.keys(doc.services ?? {}).map(
    (service) => Math.max(
      titleOf(doc, `services/${service}`).length * LETTER.title,
      serviceSource(doc, service).length * LETTER.source
    )
  );
  const wanted = Math.max(0, ...widths2) + 28 - EVENT.w / 2;
  return Math.ceil(Math.min(LEFT.most, Math.max(LEFT.least, wanted)) / 8) * 8;
}
function lettersBefore(x) {
  return Math.max(8, Math.floor((x - 28) / LETTER.title));
}
function inset(column) {
  return column.events.length > 1 ? STAIR + 8 : EVENT.w / 2;
}
function momentsOf2(doc) {
  const seen = /* @__PURE__ */ new Set();
  const columns = [];
  const put2 = (events, word) => {
    for (let start = 0; start < events.length; start += MOST_STAIRS) {
      const part2 = events.slice(start, start + MOST_STAIRS);
      columns.push({ events: part2, word, x: 0, w: EVENT.w + (part2.length - 1) * STAIR });
    }
  };
  for (const moment of doc.timeline ?? []) {
    const events = eventsIn(moment).filter((event) => doc.events?.[event] && !seen.has(event) && seen.add(event));
    const word = events.length < 2 ? "" : Array.isArray(moment) ? "and" : "or";
    put2(events, word);
  }
  put2(
    inOrder(doc).filter((event) => doc.events?.[event] && !seen.has(event)),
    "unplaced"
  );
  return columns;
}
function policiesByColumn(doc, columns) {
  const column = /* @__PURE__ */ new Map();
  columns.forEach(({ events }, index) => events.forEach((event) => column.set(event, index)));
  const first = (events) => Math.min(...(events ?? []).map((event) => column.get(event) ?? Infinity));
  const services2 = [...Object.keys(doc.services ?? {}), null];
  const placed2 = Object.keys(doc.policies ?? {}).map((policy) => {
    const { emits = [], fails = [] } = doc.policies?.[policy] ?? {};
    const [heard, put2] = [first(heardByPolicy(doc, policy)), first([...emits, ...fails])];
    const below = Number.isFinite(heard) ? heard : Number.isFinite(put2) ? Math.max(0, put2 - 1) : 0;
    return { policy, below, put: put2, lane: services2.indexOf(serviceOfPolicy(doc, policy) ?? null) };
  });
  placed2.sort((a, b) => a.below - b.below || order(a.put, b.put) || a.lane - b.lane);
  const found = /* @__PURE__ */ new Map();
  for (const { policy, below } of placed2) found.set(below, [...found.get(below) ?? [], policy]);
  return found;
}
function order(one, other) {
  return one === other ? 0 : one < other ? -1 : 1;
}

// board/source/steps/bus_bar.js
var ORIGIN = { w: 96, h: 22 };
var STAIR_GAP = 12;
var PADDING5 = 20;
var END = 32;
function layBar(doc, columns, right) {
  const bar = {
    box: { x: 0, y: 0, w: Math.max(right + END, leftOf(doc) + 480), h: 0 },
    places: /* @__PURE__ */ new Map(),
    origins: /* @__PURE__ */ new Map(),
    stacks: /* @__PURE__ */ new Map()
  };
  let [top, bottom] = [-EVENT.h / 2, EVENT.h / 2];
  for (const column of columns) {
    const stack = layColumn(bar, doc, column);
    bar.stacks.set(column, stack);
    top = Math.min(top, stack.y);
    bottom = Math.max(bottom, stack.y + stack.h);
  }
  bar.box.y = top - PADDING5;
  bar.box.h = bottom - top + 2 * PADDING5;
  return bar;
}
function layColumn(bar, doc, column) {
  const { events } = column;
  const started = events.map((event) => Boolean(doc.triggers?.[event]));
  const gaps = events.map((_, index) => index === 0 ? 0 : STAIR_GAP + (started[index] ? ORIGIN.h : 0));
  const height = events.length * EVENT.h + gaps.reduce((sum, gap) => sum + gap, 0);
  let y = -height / 2;
  events.forEach((event, index) => {
    y += gaps[index];
    const x = column.x + index * STAIR;
    const last = index === events.length - 1;
    bar.places.set(event, {
      box: { x, y, ...EVENT },
      down: last ? [x + 12, x + EVENT.w - 12] : [x + 8, x + STAIR - 8],
      up: [x + EVENT.w - 24, x + EVENT.w - 8],
      alone: last
    });
    if (started[index]) bar.origins.set(event, { x, y: y - ORIGIN.h + 4, ...ORIGIN });
    y += EVENT.h;
  });
  const above2 = started[0] ? ORIGIN.h : 0;
  return { x: column.x, y: -height / 2 - above2, w: column.w, h: height + above2 };
}

// board/source/steps/bus_below.js
var RULE = { w: 124, h: 22 };
var CHANNEL_PADDING = 16;
var TRACK3 = 10;
var LANE_PADDING = 14;
var RULE_GAP = 16;
var BETWEEN_LANES = 12;
var EMPTY_LANE = 56;
var ASIDE2 = 32;
function layBelow(doc, bar, slots) {
  const lines2 = linesOf4(doc, bar, slots);
  placeOnBus(lines2, bar, slots);
  placeOnWorkflows(lines2, slots);
  const tracks = assignTracks(lines2);
  const channel = bar.box.y + bar.box.h + CHANNEL_PADDING;
  const lanes = lanesOf2(doc, bar, slots, channel + Math.max(0, tracks - 1) * TRACK3 + CHANNEL_PADDING);
  const laneOf = new Map(lanes.map((lane) => [lane.service, lane]));
  const workflows = slots.map((slot) => workflowAt(
    doc,
    slot,
    /** @type {Lane} */
    laneOf.get(slot.service)
  ));
  const byPolicy = new Map(workflows.map((workflow) => [workflow.policy, workflow]));
  const arrows = lines2.map((line3) => arrowOf3(
    line3,
    bar,
    /** @type {Workflow} */
    byPolicy.get(line3.policy),
    channel
  ));
  const last = lanes[lanes.length - 1];
  return {
    workflows,
    lanes,
    arrows: [...arrows, ...workflows.flatMap(throughRule)],
    bottom: last ? last.box.y + last.box.h : bar.box.y + bar.box.h
  };
}
function linesOf4(doc, bar, slots) {
  return slots.flatMap(({ policy }) => {
    const { emits = [], fails = [] } = doc.policies?.[policy] ?? {};
    const lines2 = (events, how) => [...new Set(events)].filter((event) => bar.places.has(event)).map((event) => ({ policy, event, how, from: 0, to: 0, track: -1 }));
    return [...lines2(heardByPolicy(doc, policy), "hears"), ...lines2(emits, "puts"), ...lines2(fails, "fails")];
  });
}
function placeOnBus(lines2, bar, slots) {
  const x = new Map(slots.map((slot) => [slot.policy, slot.x]));
  const aim = (line3) => (x.get(line3.policy) ?? 0) + (line3.how === "hears" ? RULE.w / 2 : WORKFLOW2.w - 24);
  for (const [event, own] of grouped(lines2, (line3) => line3.event)) {
    const place2 = bar.places.get(event);
    if (!place2) continue;
    own.sort((a, b) => aim(a) - aim(b));
    const [left, right] = place2.down;
    const middle2 = (left + right) / 2;
    const leftwards = own.filter((line3) => aim(line3) < middle2);
    const rightwards = own.filter((line3) => aim(line3) >= middle2);
    const aside = place2.alone ? ASIDE2 : 8;
    const split = leftwards.length && rightwards.length && own.length <= (right - left) / 8;
    const xs = split ? [
      ...ports(left, middle2 - 4, leftwards.length, { prefer: middle2 - aside }),
      ...ports(middle2 + 4, right, rightwards.length, { prefer: middle2 + aside })
    ] : ports(left, right, own.length, { prefer: middle2 + (place2.alone ? leftwards.length ? -aside : aside : 0) });
    [...leftwards, ...rightwards].forEach((line3, index) => {
      line3.from = xs[index];
    });
  }
}
function placeOnWorkflows(lines2, slots) {
  const x = new Map(slots.map((slot) => [slot.policy, slot.x]));
  for (const [policy, own] of grouped(lines2, (line3) => line3.policy)) {
    const left = x.get(policy) ?? 0;
    placeOnEdge(
      own.filter((line3) => line3.how === "hears"),
      left + 8,
      left + RULE.w - 8
    );
    placeOnEdge(
      own.filter((line3) => line3.how !== "hears"),
      left + RULE.w + 8,
      left + WORKFLOW2.w - 8
    );
  }
}
function placeOnEdge(lines2, left, right) {
  const bent = lines2.filter((line3) => line3.from < left || line3.from > right);
  for (const line3 of lines2) line3.to = line3.from;
  for (const side of [bent.filter((line3) => line3.from < left), bent.filter((line3) => line3.from > right)]) {
    const fromLeft = side.length > 0 && side[0].from < left;
    side.sort((a, b) => a.from - b.from);
    const others = lines2.length - side.length;
    const prefer = others ? fromLeft ? left : right : (left + right) / 2;
    const found = ports(left, right, side.length, { shifted: true, prefer });
    side.forEach((line3, index) => {
      line3.to = found[index];
    });
  }
}
function lanesOf2(doc, bar, slots, top) {
  const homeless2 = slots.some((slot) => slot.service === null);
  let y = top;
  return [...Object.keys(doc.services ?? {}), ...homeless2 ? [null] : []].map((service) => {
    const workflows = slots.filter((slot) => slot.service === service).length;
    const h2 = workflows ? 2 * LANE_PADDING + RULE.h + RULE_GAP + WORKFLOW2.h : EMPTY_LANE;
    const box = { x: 0, y, w: bar.box.w, h: h2 };
    y += h2 + BETWEEN_LANES;
    return { service, hue: service === null ? void 0 : hueOfService(doc, service), box, workflows };
  });
}
function workflowAt(doc, slot, lane) {
  const top = lane.box.y + LANE_PADDING;
  const rule = heardByPolicy(doc, slot.policy).length ? { x: slot.x, y: top, ...RULE } : null;
  const card2 = { x: slot.x, y: top + RULE.h + RULE_GAP, ...WORKFLOW2 };
  return { policy: slot.policy, service: slot.service, hue: lane.hue, card: card2, rule };
}
function arrowOf3(line3, bar, workflow, channel) {
  const { box } = (
    /** @type {import('./bus_bar.js').Place} */
    bar.places.get(line3.event)
  );
  const y = channel + Math.max(0, line3.track) * TRACK3;
  const down = [
    [line3.from, box.y + box.h],
    [line3.from, y],
    [line3.to, y],
    [line3.to, line3.how === "hears" ? (workflow.rule ?? workflow.card).y : workflow.card.y]
  ];
  const hears = line3.how === "hears";
  return {
    key: hears ? `hears/${line3.event}>${line3.policy}` : `${line3.how}/${line3.policy}>${line3.event}`,
    d: roundedPath(hears ? down : down.reverse()),
    tone: hears ? "hears" : "puts",
    hue: workflow.hue,
    ...line3.how === "fails" && { dashed: true }
  };
}
function throughRule({ policy, hue, card: card2, rule }) {
  if (!rule) return [];
  const x = rule.x + 28;
  return [
    {
      key: `rule/${policy}`,
      d: roundedPath([
        [x, rule.y + rule.h],
        [x, card2.y]
      ]),
      tone: "hears",
      hue
    }
  ];
}

// board/source/steps/bus_notes.js
var SAID_AT_MOST = 12;
function originNote(doc, event, box) {
  const { actor, command, external, schedule, aws } = doc.triggers?.[event] ?? {};
  const [kind, text5, words4] = external !== void 0 ? ["external", external, `external system ${external}`] : schedule !== void 0 ? ["schedule", schedule, `schedule ${schedule}`] : aws ? ["aws", aws.source, `AWS event ${aws["detail-type"]} of ${aws.source}`] : [
    "actor",
    actor ?? command ?? "",
    `actor ${actor ?? "unnamed"}${command ? ` with command ${command}` : ""}`
  ];
  return {
    ...box,
    key: `triggers/${event}#${kind === "actor" && actor === void 0 ? "command" : kind}`,
    kind,
    shape: "chip",
    text: text5,
    fixed: true,
    says: `${titleOf(doc, `events/${event}`)} is started by ${words4}`
  };
}
function ruleNote(doc, policy, heard, box, hue) {
  const types = [...new Set(heard.map((event) => detailType(doc, event)))];
  const sources = [...new Set(heard.map((event) => sourceOf(doc, event)))];
  return {
    ...box,
    key: `policies/${policy}#rule`,
    kind: "workflow",
    shape: "chip",
    hue,
    fixed: true,
    text: types.length === 1 ? types[0] : `any of ${types.length}`,
    says: `Rule of workflow ${titleOf(doc, `policies/${policy}`)}: detail-type ${types.slice(0, SAID_AT_MOST).join(" or ")}, source ${sources.slice(0, SAID_AT_MOST).join(" or ") || stormSource(doc)}`
  };
}
function listenerNote(doc, id2, box) {
  const said3 = doc.listeners?.[id2] ?? {};
  const ref = `listeners/${id2}`;
  const title2 = titleOf(doc, ref);
  const filter = filterWords(said3.where);
  const to = said3.to ?? "topic";
  const heard = heardBy(doc, id2);
  const words4 = [
    `Listener ${title2}`,
    said3.for && `for ${said3.for}`,
    said3.hears === "all" ? "hears everything" : heard.length ? `hears ${names(doc, heard)}` : "hears nothing yet",
    filter && `only where ${filter}`,
    `to a ${to}`
  ];
  return {
    ...box,
    key: ref,
    ref,
    kind: "listener",
    shape: "card",
    text: title2,
    tag: shortened(said3.for || "listener", 24),
    lines: [filter ? `${to} · ${filter}` : to],
    says: words4.filter(Boolean).join(", ")
  };
}
function names(doc, events) {
  const some = events.slice(0, SAID_AT_MOST).map((event) => titleOf(doc, `events/${event}`));
  return events.length > some.length ? `${spoken2(some)} and ${events.length - some.length} more` : spoken2(some);
}

// board/source/steps/bus_scene.js
var BUS = "bus";
var SHELF3 = "shelf/listeners";
var SAID_AT_MOST2 = 12;
var LINE_LETTERS = 24;
var TITLE_OF_ONE_LINE = 17;
function busScene(doc) {
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  if (!Object.keys(doc.events ?? {}).length && !Object.keys(doc.policies ?? {}).length) {
    drawn.empty = "No events to put on the bus yet. Write down what happens in step 1, Discover.";
    return drawn;
  }
  const { columns, slots, right } = columnsOf2(doc);
  const bar = layBar(doc, columns, right);
  const above2 = layAbove(doc, bar);
  const below = layBelow(doc, bar, slots);
  drawShelf5(drawn, doc, above2.shelf);
  drawBar(drawn, doc, bar);
  drawLanes(drawn, doc, below);
  drawn.arrows.push(...above2.arrows, ...below.arrows);
  for (const [id2, box] of above2.cards) drawn.notes.push(listenerNote(doc, id2, box));
  for (const column of columns) {
    for (const event of column.events) drawEvent(drawn, doc, event, bar);
  }
  for (const workflow of below.workflows) drawWorkflow(drawn, doc, workflow);
  drawn.notes.push(...hotspotNotes(doc, drawn));
  return drawn;
}
function drawShelf5(drawn, doc, shelf) {
  const some = Object.keys(doc.listeners ?? {}).length > 0;
  drawn.regions.push({
    ...shelf,
    key: SHELF3,
    kind: "shelf",
    dashed: true,
    title: some ? "Hears nothing yet" : "Listeners",
    subtitle: some ? "Drag it onto events" : "Who wants to hear, and answers nothing? Type a name."
  });
}
function drawBar(drawn, doc, bar) {
  drawn.regions.push({ ...bar.box, key: BUS, kind: "bus" });
  drawn.labels.push(
    { key: "bus/title", x: 16, y: -4, text: "Event bus", size: 14, weight: 700 },
    { key: "bus/name", x: 16, y: 14, text: shortened(busName2(doc), 13), size: 12.5, tone: "soft" }
  );
  drawn.arrows.push({ key: "time", tone: "time", d: `M ${leftOf(doc) - 12} 0 L ${bar.box.w - 14} 0` });
  for (const [column, stack] of bar.stacks) {
    if (!column.word) continue;
    const first = bar.places.get(column.events[0]);
    const unplaced = column.word === "unplaced";
    drawn.regions.push({
      x: stack.x - 8,
      y: stack.y - 8,
      w: stack.w + 16,
      h: stack.h + 16,
      kind: "moment",
      key: `moment/${column.events[0]}`,
      dashed: column.word !== "and"
    });
    if (first && (unplaced || column.events.length > 1)) {
      drawn.labels.push({
        key: `word/${column.events[0]}`,
        x: first.box.x + EVENT.w + 8,
        y: first.box.y + 14,
        text: unplaced ? "no order yet" : column.word,
        size: 12.5,
        weight: 600,
        tone: "soft"
      });
    }
  }
}
function drawLanes(drawn, doc, below) {
  const firsts = /* @__PURE__ */ new Map();
  for (const { service, card: card2 } of below.workflows) {
    firsts.set(service, Math.min(card2.x, firsts.get(service) ?? Infinity));
  }
  for (const { service, hue, box, workflows } of below.lanes) {
    const first = firsts.get(service) ?? box.w;
    const none = workflows ? "" : " · no workflows";
    drawn.regions.push(
      service === null ? {
        ...box,
        key: "lane/none",
        kind: "lane",
        dashed: true,
        title: "No service yet",
        subtitle: "Say in step 6 where these run"
      } : {
        ...box,
        key: `services/${service}`,
        ref: `services/${service}`,
        kind: "lane",
        hue,
        title: shortened(titleOf(doc, `services/${service}`), lettersBefore(first)),
        subtitle: `${serviceSource(doc, service)}${none}`
      }
    );
  }
  if (!below.workflows.length) {
    const words4 = ["No workflows yet. Say in step 3 what reacts to each event:", "every policy becomes a workflow here."];
    words4.forEach(
      (text5, index) => drawn.labels.push({
        key: `no-workflows/${index}`,
        x: 16,
        y: below.bottom + 36 + index * 20,
        size: 14,
        tone: "soft",
        text: text5
      })
    );
  }
}
function drawEvent(drawn, doc, event, bar) {
  const place2 = bar.places.get(event);
  if (!place2) return;
  const owner = ownerOf(doc, event);
  const note = noteFor(doc, event);
  const home = owner ? `, of service ${titleOf(doc, `services/${owner}`)}` : ", of no service yet";
  drawn.notes.push({
    ...note,
    ...place2.box,
    says: `${note.says}${home}, on the bus as ${detailType(doc, event)}`,
    ...owner && { hue: hueOfService(doc, owner) }
  });
  const origin2 = bar.origins.get(event);
  if (origin2) drawn.notes.push(originNote(doc, event, origin2));
}
function drawWorkflow(drawn, doc, { policy, service, hue, card: card2, rule }) {
  const said3 = doc.policies?.[policy] ?? {};
  const ref = `policies/${policy}`;
  const title2 = titleOf(doc, ref);
  const heard = heardByPolicy(doc, policy);
  const does = (said3.does ?? []).map((task) => typeof task === "string" ? task : task.do);
  const spoken3 = [
    `Workflow ${title2}`,
    service ? `of service ${titleOf(doc, `services/${service}`)}` : "of no service yet",
    heard.length ? `hears ${names(doc, heard)}` : "hears nothing",
    does.length && `does ${does.slice(0, SAID_AT_MOST2).join(", ")}`,
    said3.emits?.length && `puts ${names(doc, said3.emits)}`,
    said3.fails?.length && `puts ${names(doc, said3.fails)} if the work fails`
  ];
  drawn.notes.push({
    ...card2,
    key: ref,
    ref,
    kind: "workflow",
    shape: "card",
    text: title2,
    hue,
    tag: `workflow${said3.kind === "standard" ? " · standard" : ""}`,
    lines: inLines2(does.join(", "), title2.length > TITLE_OF_ONE_LINE ? 1 : 2),
    says: spoken3.filter(Boolean).join(", ")
  });
  if (rule) drawn.notes.push(ruleNote(doc, policy, heard, rule, hue));
}
function inLines2(text5, most) {
  const said3 = shortened(text5, 80);
  const at2 = said3.lastIndexOf(" ", LINE_LETTERS);
  if (most < 2 || said3.length <= LINE_LETTERS || at2 < 0) return said3 ? [said3] : [];
  return [said3.slice(0, at2), ...inLines2(said3.slice(at2 + 1), most - 1)];
}

// board/source/steps/bus_drops.js
function busDrops(doc, scene7, keys2) {
  const events = idsOf(keys2, "events").filter((id2) => doc.events?.[id2]);
  const listeners = idsOf(keys2, "listeners").filter((id2) => doc.listeners?.[id2]);
  const policies = idsOf(keys2, "policies").filter((id2) => doc.policies?.[id2]);
  if (events.length && events.length === keys2.length) return eventDrops(doc, scene7, events);
  if (listeners.length && listeners.length === keys2.length) return listenerDrops(doc, scene7, listeners);
  if (policies.length === 1 && keys2.length === 1) return workflowDrops(doc, scene7, policies[0]);
  return hotspotDrops(doc, scene7, keys2);
}
function eventDrops(doc, scene7, events) {
  const these = events.length === 1 ? named2(doc, `events/${events[0]}`) : `${events.length} events`;
  const hearers2 = scene7.notes.filter((note) => note.key === note.ref && ["listener", "workflow"].includes(note.kind));
  return hearers2.map((note) => {
    const id2 = note.key.slice(note.key.indexOf("/") + 1);
    const who = `“${shortened(note.text)}”`;
    if (note.kind === "workflow") {
      const heard = new Set(doc.policies?.[id2]?.when);
      const how2 = events.every((event) => heard.has(event)) ? "stop" : "hear";
      return drop(note, words2(how2, who, these), letPolicy(doc, id2, "when", events, how2 === "hear"));
    }
    const how = hearing(doc, [id2], events);
    return drop(note, words2(how, who, these), listening(doc, [id2], events, how));
  });
}
function listenerDrops(doc, scene7, listeners) {
  const one = listeners.length === 1;
  const these = one ? named2(doc, `listeners/${listeners[0]}`) : `these ${listeners.length} listeners`;
  const places = scene7.regions.filter((region) => region.key === BUS || region.key === SHELF3).map((region) => ({
    key: region.key,
    box: boxOf3(region),
    words: region.key === BUS ? `Let ${these} hear everything` : `Let ${these} hear nothing for now`,
    edits: listeners.map((id2) => listenerHears(id2, region.key === BUS ? "all" : []))
  }));
  const events = scene7.notes.filter((note) => note.kind === "event");
  return [
    ...places,
    ...events.map((note) => {
      const event = note.key.slice("events/".length);
      const how = hearing(doc, listeners, [event]);
      return drop(note, words2(how, these, `“${shortened(note.text)}”`), listening(doc, listeners, [event], how));
    })
  ];
}
function hearing(doc, listeners, events) {
  const heard = listeners.map((id2) => doc.listeners?.[id2]?.hears ?? []);
  if (heard.every((hears) => hears === "all")) return "only";
  return heard.every((hears) => hears === "all" || events.every((event) => hears.includes(event))) ? "stop" : "hear";
}
function listening(doc, listeners, events, how) {
  if (how === "only") return listeners.map((id2) => listenerHears(id2, events));
  return listeners.flatMap((id2) => letListener(doc, id2, events, how === "hear"));
}
function words2(how, who, what) {
  return {
    hear: `Let ${who} hear ${what}`,
    only: `Let ${who} hear only ${what}`,
    stop: `Let ${who} stop hearing ${what}`
  }[how];
}
function workflowDrops(doc, scene7, policy) {
  const name = named2(doc, `policies/${policy}`);
  const said3 = doc.policies?.[policy] ?? {};
  return scene7.notes.filter((note) => note.kind === "event").map((note) => {
    const event = note.key.slice("events/".length);
    const choice = (key, yes, no) => {
      const now = Boolean(said3[key]?.includes(event));
      return { words: now ? no : yes, edits: letPolicy(doc, policy, key, [event], !now) };
    };
    return {
      key: note.key,
      box: boxOf3(note),
      words: `${name} and “${shortened(note.text)}”`,
      choices: [
        choice("when", "Hear it", "Stop hearing it"),
        choice("emits", "Put it on the bus when the work succeeds", "No longer put it when the work succeeds"),
        choice("fails", "Put it on the bus when the work fails", "No longer put it when the work fails")
      ]
    };
  });
}
function drop(note, words4, edits) {
  return { key: note.key, box: boxOf3(note), words: words4, edits };
}
function named2(doc, ref) {
  return `“${shortened(titleOf(doc, ref))}”`;
}
function boxOf3({ x, y, w, h: h2 }) {
  return { x, y, w, h: h2 };
}

// board/source/steps/bus_highlight.js
var following = /* @__PURE__ */ new WeakSet();
function followArrows(board) {
  if (following.has(board)) return;
  following.add(board);
  const number2 = board.step.number;
  let under = null;
  const mark = () => {
    const keys2 = board.step.number !== number2 ? [] : under ? [under] : [...board.selection];
    markArrows(board.root, keys2);
  };
  for (
    const event of
    /** @type {const} */
    ["draw", "selection", "step"]
  ) board.on(event, mark);
  board.root.addEventListener("pointerover", (event) => {
    const note = event.target instanceof Element ? event.target.closest(".note[data-key]") : null;
    const key = note?.getAttribute("data-key") ?? null;
    if (key === under || board.step.number !== number2) return;
    under = key;
    mark();
  });
  mark();
}
function belongs(arrow2, note) {
  const [section2, id2] = [note.slice(0, note.indexOf("/")), note.slice(note.indexOf("/") + 1).split("#")[0]];
  const [how, ends] = [arrow2.slice(0, arrow2.indexOf("/")), arrow2.slice(arrow2.indexOf("/") + 1)];
  const [from, to = ""] = ends.split(">");
  if (how === "rule") return section2 === "policies" && from === id2;
  const [event, other] = how === "puts" || how === "fails" ? [to, from] : [from, to];
  if (section2 === "events" || section2 === "triggers") return event === id2;
  const home = how === "listens" ? "listeners" : "policies";
  return section2 === home && other === id2;
}
function markArrows(root, keys2) {
  const lines2 = root.querySelector(".lines");
  if (!lines2) return;
  let some = false;
  for (const arrow2 of lines2.querySelectorAll(".arrow[data-key]")) {
    const own = keys2.some((key) => belongs(arrow2.getAttribute("data-key") ?? "", key));
    arrow2.toggleAttribute("data-own", own);
    some ||= own;
  }
  lines2.toggleAttribute("data-some", some);
}

// board/source/steps/bus_json.js
var JSON_WIDTH = 33;
function jsonView(name, value) {
  return h(
    "pre",
    { class: "b-json", tabindex: "0", role: "region", "aria-label": name, dir: "ltr", "data-focus": `json ${name}` },
    compactJson(value)
  );
}
function compactJson(value, indent = "", used = 0) {
  const flat2 = spaced(JSON.stringify(value) ?? "null");
  if (typeof value !== "object" || value === null || flat2.length + used <= JSON_WIDTH) return flat2;
  const inner = `${indent}  `;
  const parts2 = Array.isArray(value) ? value.map((one) => inner + compactJson(one, inner, inner.length)) : Object.entries(value).filter(([, one]) => one !== void 0).map(([key, one]) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    return start + compactJson(one, inner, start.length);
  });
  const [open, close2] = Array.isArray(value) ? "[]" : "{}";
  return `${open}
${parts2.join(",\n")}
${indent}${close2}`;
}
function spaced(json) {
  return json.replace(/"(?:[^"\\]|\\.)*"|[,:]/g, (part2) => part2 === "," || part2 === ":" ? `${part2} ` : part2);
}

// board/source/steps/bus_parts.js
var MOST_LISTED4 = 30;
function spelling(doc, events) {
  const event = spelledElsewhere(doc, events);
  if (!event) return null;
  return h(
    "p",
    { class: "f-hint", dir: "auto" },
    `“${shortened(titleOf(doc, `events/${event}`), 40)}” is spelled in Latin letters on the bus, perhaps otherwise than here. A detail-type in its contract settles it.`
  );
}
function originWords(doc, event) {
  const trigger = doc.triggers?.[event];
  if (!trigger) return "Nobody says yet what starts it (step 3).";
  if (trigger.external !== void 0) return `External system: ${shortened(trigger.external)}`;
  if (trigger.schedule !== void 0)
    return `Schedule: ${shortened(trigger.schedule)}${trigger.says ? `, ${shortened(trigger.says)}` : ""}`;
  if (trigger.aws) return `AWS: ${shortened(trigger.aws["detail-type"])} of ${shortened(trigger.aws.source)}`;
  return `${shortened(trigger.actor ?? "Somebody")}${trigger.command ? `: ${shortened(trigger.command)}` : ""}`;
}
function heading(title2, kind) {
  return h("h3", null, h("bdi", null, shortened(title2)), h("span", { class: "f-tally" }, kind));
}
function facts(pairs2) {
  return h(
    "dl",
    { class: "b-facts" },
    pairs2.map(([name, value]) => [h("dt", null, name), h("dd", { dir: "auto" }, breakable(shortened(value, 140)))])
  );
}
function breakable(value) {
  return value.split(/(?<=\.)(?=\S)/).flatMap((part2, index) => index ? [h("wbr"), part2] : [part2]);
}
function part(title2, content4) {
  return h("div", { class: "b-part" }, h("h4", null, title2), content4);
}
function soft(words4) {
  return h("p", { class: "f-soft", dir: "auto" }, words4);
}
function refList(board, doc, refs) {
  const kinds = (
    /** @type {Record<string, string>} */
    {
      policies: "workflow",
      listeners: "listener",
      events: "event"
    }
  );
  const shown = refs.slice(0, MOST_LISTED4);
  return h(
    "ul",
    { class: "b-refs" },
    shown.map(
      (ref) => h(
        "li",
        null,
        button({
          name: `Show ${kinds[ref.slice(0, ref.indexOf("/"))]} ${shortened(titleOf(doc, ref))}`,
          words: shortened(titleOf(doc, ref)),
          kind: `quiet b-ref b-${kinds[ref.slice(0, ref.indexOf("/"))]}`,
          focus: `go ${ref}`,
          run: () => {
            board.select([ref], "only");
            board.focus(ref, { reveal: true });
          }
        })
      )
    ),
    refs.length > shown.length ? h("li", { class: "f-soft" }, `and ${refs.length - shown.length} more`) : null
  );
}

// board/source/steps/bus_summary.js
function aboutBus(board, doc) {
  const own = countRules(doc);
  const silent = unheard(doc);
  const count3 = (number2, noun) => [noun, String(number2)];
  return [
    heading("The bus", doc.bus?.kind ?? "classic"),
    typedField(board, {
      key: "bus name",
      label: "Name",
      value: doc.bus?.name ?? "",
      placeholder: busName2(doc),
      commit: (text5) => void board.do([nameTheBus(board.session.doc, text5)], "Named the bus")
    }),
    typedField(board, {
      key: "bus source",
      label: "Source above all services",
      value: doc.source ?? "",
      placeholder: stormSource(doc),
      commit: (text5) => void board.do([{ kind: "settings", keys: { source: checkedSource(text5) } }], "Changed the source")
    }),
    facts([
      ["rules", `${own} of ${MOST_RULES}`],
      count3(Object.keys(doc.events ?? {}).length, "events"),
      count3(Object.keys(doc.policies ?? {}).length, "workflows"),
      count3(Object.keys(doc.listeners ?? {}).length, "listeners")
    ]),
    own > MOST_RULES ? h(
      "p",
      { class: "f-problem" },
      `A bus has ${MOST_RULES} rules unless AWS raises that quota. Ask for more, or join policies.`
    ) : null,
    silent.length ? h(
      "details",
      { "data-fold": "unheard" },
      h("summary", { "data-focus": "unheard" }, `Heard by nobody: ${silent.length}`),
      refList(
        board,
        doc,
        silent.map((event) => `events/${event}`)
      )
    ) : null,
    h("p", { class: "f-hint" }, "Select an event, a workflow or a listener to see its rule.")
  ];
}

// board/source/steps/bus_panel.js
var MOST_LISTED5 = 30;
function busPanel(board) {
  followArrows(board);
  return livePanel(board, "Rules", () => content2(board));
}
function content2(board) {
  const { doc } = board.session;
  const ref = selectedRef(board, doc);
  const id2 = ref?.slice(ref.indexOf("/") + 1) ?? "";
  if (ref?.startsWith("events/")) return aboutEvent2(board, doc, id2);
  if (ref?.startsWith("policies/")) return aboutWorkflow(board, doc, id2);
  if (ref?.startsWith("listeners/")) return aboutListener2(board, doc, id2);
  return aboutBus(board, doc);
}
function selectedRef(board, doc) {
  const keys2 = board.selection.size ? [...board.selection] : board.focused ? [board.focused] : [];
  const refs = new Set(keys2.map((key) => key.split("#")[0].replace(/^triggers\//, "events/")));
  const [ref] = refs;
  if (refs.size !== 1 || !ref) return null;
  const [section2, id2] = [ref.slice(0, ref.indexOf("/")), ref.slice(ref.indexOf("/") + 1)];
  return ["events", "policies", "listeners"].includes(section2) && /** @type {any} */
  doc[section2]?.[id2] ? ref : null;
}
function aboutEvent2(board, doc, event) {
  const hearers2 = hearersAndListeners(doc, event);
  const emitters2 = emittersOf(doc, event).map((id2) => `policies/${id2}`);
  const aws = ruleOf(doc, "triggers", event);
  return [
    heading(titleOf(doc, `events/${event}`), "event"),
    facts([
      ["detail-type", detailType(doc, event)],
      ["source", sourceOf(doc, event)]
    ]),
    spelling(doc, [event]),
    part("Put on the bus by", emitters2.length ? refList(board, doc, emitters2) : soft(originWords(doc, event))),
    aws && part("Rule on the default bus", jsonView("Event pattern of the AWS event", aws.pattern)),
    part(
      "Heard by",
      hearers2.length ? refList(board, doc, hearers2) : soft("Nothing. That is no fault: nobody needs to know today who will care.")
    ),
    ...hearers2.slice(0, MOST_LISTED5).map((ref) => fold(doc, ref))
  ];
}
function aboutWorkflow(board, doc, policy) {
  const said3 = doc.policies?.[policy] ?? {};
  const service = serviceOfPolicy(doc, policy);
  const rule = ruleOf(doc, "policies", policy);
  const does = (said3.does ?? []).map((task) => typeof task === "string" ? task : task.do);
  const events = (events2) => (events2 ?? []).filter((event) => doc.events?.[event]).map((event) => `events/${event}`);
  const [puts, fails] = [events(said3.emits), events(said3.fails)];
  return [
    heading(titleOf(doc, `policies/${policy}`), "workflow"),
    facts([
      ["service", service ? titleOf(doc, `services/${service}`) : "none yet"],
      ["kind", said3.kind ?? "express"]
    ]),
    part(
      "Rule",
      rule ? jsonView("Event pattern of the rule", rule.pattern) : soft("Hears nothing yet. Drag it onto an event, or press E.")
    ),
    rule && spelling(doc, rule.hears),
    rule && part(
      "Hears",
      refList(
        board,
        doc,
        rule.hears.map((event) => `events/${event}`)
      )
    ),
    part(
      "Does",
      does.length ? h(
        "ol",
        { class: "b-list" },
        does.map((task) => h("li", { dir: "auto" }, shortened(task, 120)))
      ) : soft("Nothing is said yet.")
    ),
    part("Puts", puts.length ? refList(board, doc, puts) : soft("Nothing.")),
    fails.length ? part("Puts if the work fails", refList(board, doc, fails)) : null
  ];
}
function aboutListener2(board, doc, listener) {
  const said3 = doc.listeners?.[listener] ?? {};
  const rule = ruleOf(doc, "listeners", listener);
  const filter = filterWords(said3.where);
  return [
    heading(titleOf(doc, `listeners/${listener}`), "listener"),
    facts([
      ["for", said3.for ?? "nobody named"],
      ["goes to", TARGETS[said3.to ?? "topic"] ?? said3.to ?? ""],
      ...filter ? [
        /** @type {[string, string]} */
        ["only where", filter]
      ] : []
    ]),
    part(
      "Rule",
      rule ? jsonView("Event pattern of the rule", rule.pattern) : soft("Hears nothing yet. Drag it onto an event, onto the bar for everything, or press E.")
    ),
    rule && said3.hears !== "all" ? spelling(doc, rule.hears) : null,
    rule && part(
      "Hears",
      said3.hears === "all" ? soft(`Everything: ${rule.hears.length} events today, and every one to come.`) : refList(
        board,
        doc,
        rule.hears.map((event) => `events/${event}`)
      )
    ),
    rule && h("p", { class: "f-hint" }, "“replay-name” keeps out what is replayed from the archive: it was heard before.")
  ];
}
function fold(doc, ref) {
  const [section2, id2] = [ref.slice(0, ref.indexOf("/")), ref.slice(ref.indexOf("/") + 1)];
  const rule = ruleOf(
    doc,
    /** @type {'policies' | 'listeners'} */
    section2,
    id2
  );
  if (!rule) return null;
  const name = titleOf(doc, ref);
  return h(
    "details",
    { "data-fold": ref },
    h("summary", { "data-focus": `fold ${ref}` }, "Rule of ", h("bdi", null, shortened(name))),
    jsonView(`Event pattern of ${name}`, rule.pattern)
  );
}

// board/source/steps/bus.js
var bus = {
  number: 7,
  short: "Bus",
  question: "Who hears what, on one bus?",
  hint: "Ask audit and security what they want to hear; nobody else has to know. Drag an event onto whoever hears it.",
  placeholder: "Name a listener, such as Security: big payments",
  scene: (doc) => busScene(doc),
  drops: busDrops,
  actions: busActions,
  typed(doc, text5, near) {
    const [, audience, rest2] = /^\s*([^:]{1,60}):\s*(\S.*)$/s.exec(text5) ?? [];
    const name = (rest2 ?? text5).trim();
    if (!name) return [];
    const event = near?.startsWith("events/") ? near.slice("events/".length).split("#")[0] : "";
    return [newListener({ name, for: audience?.trim(), hears: doc.events?.[event] ? [event] : [] })];
  },
  panel: busPanel
};

// board/source/steps/json_fields.js
var TYPES = ["string", "number", "integer", "boolean", "object", "array"];
var SAMPLES2 = (
  /** @type {Record<string, any>} */
  {
    string: "text",
    number: 1.5,
    integer: 1,
    boolean: true,
    object: {},
    array: []
  }
);
var TYPE_WORDS = (
  /** @type {Record<string, string>} */
  {
    text: "string",
    str: "string",
    int: "integer",
    float: "number",
    decimal: "number",
    bool: "boolean",
    list: "array",
    json: "object",
    date: "string",
    datetime: "string"
  }
);
var NAME = /^[^\s:?{}[\]"]+(?: [^\s:?{}[\]"]+)*$/;
var LONGEST_NAME = 100;
function typedField2(text5) {
  const [, left = "", right = ""] = /^\s*([^:]+?)\s*(?::\s*(.*?)\s*)?$/s.exec(text5) ?? [];
  const name = left.replace(/\?$/, "").trim();
  if (!NAME.test(name) || name.length > LONGEST_NAME) return null;
  const words4 = right.toLowerCase().split(/[\s,·]+/).filter(Boolean);
  const types = words4.map((word) => TYPE_WORDS[word] ?? word).filter((word) => TYPES.includes(word));
  if (right && !types.length && words4.some((word) => !["personal", "optional"].includes(word))) return null;
  return {
    name,
    field: fieldOf(types[0] ?? "string", words4.includes("personal"), left.endsWith("?") || words4.includes("optional"))
  };
}
function fieldOf(type, personal = false, optional = false, risk = "") {
  return { type, ...personal && { personal }, ...optional && { optional }, ...risk && { risk } };
}
function typeOf(value) {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "boolean") return "boolean";
  return typeof value === "object" && value !== null ? "object" : "string";
}
function detailIn(text5) {
  let value;
  try {
    value = JSON.parse(text5);
    const inner = value?.detail ?? value?.Detail;
    if (typeof inner === "string") value = JSON.parse(inner);
    else if (isObject2(inner) && ("detail-type" in value || "source" in value || "Source" in value)) value = inner;
  } catch {
    return null;
  }
  return isObject2(value) ? value : null;
}
function compareExample(contract, example) {
  const fields = contract.fields ?? {};
  const given = isObject2(example) ? example : {};
  const has2 = (name) => Object.hasOwn(given, name);
  return {
    missing: Object.keys(fields).filter((name) => !fields[name].optional && !has2(name)),
    unknown: Object.keys(given).filter((name) => !Object.hasOwn(fields, name)),
    other: Object.keys(fields).filter((name) => has2(name) && !fits2(given[name], fields[name].type ?? "string")).map((name) => ({ name, is: typeOf(given[name]), wanted: fields[name].type ?? "string" }))
  };
}
function filledExample(contract) {
  const given = isObject2(contract.example) ? contract.example : {};
  const samples = Object.fromEntries(
    Object.entries(contract.fields ?? {}).map(([name, field]) => [
      name,
      Object.hasOwn(given, name) ? given[name] : SAMPLES2[field.type ?? "string"]
    ])
  );
  return { ...samples, ...given };
}
function jsonSchema(doc, event) {
  const contract = doc.contracts?.[event] ?? {};
  const fields = Object.entries(contract.fields ?? {});
  const required = fields.filter(([, field]) => !field.optional).map(([name]) => name);
  const properties = Object.fromEntries(
    fields.map(([name, field]) => [
      name,
      {
        type: field.type ?? "string",
        ...field.personal && { "x-personal": true },
        ...field.risk && { "x-risk": field.risk }
      }
    ])
  );
  return {
    $schema: "http://json-schema.org/draft-04/schema#",
    title: (doc.events?.[event]?.name ?? event).slice(0, 200),
    "x-version": contract.version ?? 1,
    "x-note": `events/${event}`,
    type: "object",
    required: ["source", "detail-type", "detail"],
    properties: {
      source: { type: "string", enum: [sourceOf(doc, event)] },
      "detail-type": { type: "string", enum: [detailType(doc, event)] },
      detail: { type: "object", properties, ...required.length && { required } }
    }
  };
}
function fits2(value, type) {
  const is = typeOf(value);
  return is === type || type === "number" && is === "integer" || type === "integer" && is === "number" && Number.isInteger(value);
}
function isObject2(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// board/source/steps/schemas_edits.js
function setField(event, field, is) {
  return { kind: "field", event, field, is };
}
function beginContract(doc, event) {
  return { kind: "add", to: "contracts", name: doc.events?.[event]?.name ?? event, id: event };
}
function beginAllContracts(doc) {
  return Object.keys(doc.events ?? {}).filter((event) => !doc.contracts?.[event]).map((event) => beginContract(doc, event));
}
function changeField(doc, event, name, changes) {
  const before2 = doc.contracts?.[event]?.fields?.[name];
  if (!before2) return [];
  const { type, personal, optional, risk } = { ...before2, ...changes };
  const after2 = fieldOf(type ?? "string", personal, optional, risk?.trim());
  return sameField(before2, after2) ? [] : [setField(event, name, after2)];
}
function renameField(doc, event, from, to) {
  const contract = doc.contracts?.[event];
  const field = contract?.fields?.[from];
  const name = to.trim();
  if (!field || name === from) return [];
  if (!name) throw new Error("A field needs a name.");
  if (contract.fields?.[name]) throw new Error(`There is a field “${name}” already.`);
  const example = contract.example && Object.hasOwn(contract.example, from) ? Object.fromEntries(Object.entries(contract.example).map(([key, value]) => [key === from ? name : key, value])) : null;
  return [setField(event, name, field), setField(event, from, null), ...example ? [setExample(event, example)] : []];
}
function setExample(event, example) {
  return { kind: "change", of: "contracts", id: event, keys: { example } };
}
function copyFields(doc, from, to, which) {
  const here = doc.contracts?.[to]?.fields ?? {};
  return Object.entries(doc.contracts?.[from]?.fields ?? {}).filter(([name, field]) => !here[name] || which === "all" && !sameField(here[name], field)).map(([name, field]) => setField(to, name, field));
}
function fieldsFromExample(doc, event, detail) {
  const contract = doc.contracts?.[event];
  const fields = compareExample(contract ?? {}, detail).unknown.map(
    (name) => setField(event, name, fieldOf(typeOf(detail[name])))
  );
  const begin = !contract && !fields.length ? [beginContract(doc, event)] : [];
  return [...begin, ...fields, setExample(event, detail)];
}
function sameField(one, other) {
  return (one.type ?? "string") === (other.type ?? "string") && Boolean(one.personal) === Boolean(other.personal) && Boolean(one.optional) === Boolean(other.optional) && (one.risk ?? "") === (other.risk ?? "");
}

// board/source/steps/schemas_drops.js
function eventsOfCards(doc, keys2) {
  const ids2 = [...keys2].filter((key) => /^(contracts|events)\//.test(key)).map((key) => key.slice(key.indexOf("/") + 1).split("#")[0]);
  return [...new Set(ids2)].filter((id2) => doc.events?.[id2]);
}
function schemasDrops(doc, scene7, keys2) {
  const held = eventsOfCards(doc, keys2);
  const [from] = held;
  if (held.length !== 1 || keys2.length !== 1) return hotspotDrops(doc, scene7, keys2);
  if (!Object.keys(doc.contracts?.[from]?.fields ?? {}).length) return [];
  const name = shortened(titleOf(doc, `events/${from}`));
  return scene7.notes.filter((note) => note.shape === "card").flatMap((note) => (
    /** @type {Drop[]} */
    dropOn(note)
  ));
  function dropOn(note) {
    const [to] = eventsOfCards(doc, [note.key]);
    if (!to || to === from) return [];
    const [missing, all] = [copyFields(doc, from, to, "missing"), copyFields(doc, from, to, "all")];
    const changed = all.filter((edit) => !missing.some((one) => one.field === edit.field));
    const words4 = `Copy the fields of “${name}” to “${shortened(note.text)}”`;
    const box = { x: note.x, y: note.y, w: note.w, h: note.h };
    if (all.length === missing.length)
      return [{ key: note.key, box, words: all.length ? words4 : `${words4}: it has them all`, edits: all }];
    return [
      {
        key: note.key,
        box,
        words: words4,
        choices: [
          {
            words: missing.length ? `Only those that are missing: ${fieldNames(missing)}` : "Only those that are missing: none",
            edits: missing
          },
          {
            words: `All of them, and change ${fieldNames(changed)}`,
            edits: all
          }
        ]
      }
    ];
  }
}
function fieldNames(edits) {
  const names2 = edits.map((edit) => String(edit.field));
  return names2.length > 4 ? `${names2.slice(0, 4).join(", ")} and ${names2.length - 4} more` : names2.join(", ");
}

// board/source/steps/schemas_actions.js
function schemasActions(doc, keys2, insight) {
  const events = eventsOfCards(doc, keys2);
  const open = beginAllContracts(doc);
  return [
    ...events.length === 1 ? ofOneEvent2(doc, events[0]) : [],
    ...events.length ? publishing(doc, events) : [],
    ...open.length ? [
      /** @type {Action} */
      {
        id: "contracts-begin",
        name: open.length === 1 ? "Begin the contract that is missing" : `Begin the ${open.length} contracts that are missing`,
        tool: true,
        edits: () => beginAllContracts(doc)
      }
    ] : [],
    ...everybodyActions(doc, keys2, insight)
  ];
}
function ofOneEvent2(doc, event) {
  const contract = doc.contracts?.[event];
  const fields = Object.keys(contract?.fields ?? {});
  const others = inOrder(doc).filter(
    (other) => other !== event && Object.keys(doc.contracts?.[other]?.fields ?? {}).length
  );
  const all = [
    addField(doc, event),
    fields.length > 0 && {
      id: "field-remove",
      name: "Take fields away…",
      ask: [
        { key: "fields", label: "Fields", kind: "many", choices: fields.map((name) => ({ value: name, words: name })) }
      ],
      edits: ({ fields: chosen3 }) => chosen3.map((name) => setField(event, name, null))
    },
    pasteEvent(event),
    {
      id: "example-set",
      name: "Write an example…",
      ask: [
        {
          key: "example",
          label: "Example of the detail",
          kind: "json",
          value: contract?.example ?? filledExample(contract ?? {}),
          optional: true,
          hint: 'What the event carries, such as {"amount": 49.0}'
        }
      ],
      edits: ({ example }) => exampleEdits(doc, event, example)
    },
    others.length > 0 && copyFrom(doc, event, others),
    !contract && { id: "contract-begin", name: "Begin its contract", edits: () => [beginContract(doc, event)] }
  ];
  return all.flatMap((action) => action || []);
}
function addField(doc, event) {
  return {
    id: "field-add",
    name: "Add a field…",
    keys: "f",
    tool: true,
    ask: [
      { key: "name", label: "Field", kind: "text", hint: "Such as amount or card-holder" },
      {
        key: "type",
        label: "Type",
        kind: "one",
        value: "string",
        choices: TYPES.map((type) => ({ value: type, words: type }))
      },
      { key: "personal", label: "Personal data", kind: "tick" },
      { key: "optional", label: "May be missing", kind: "tick" },
      { key: "risk", label: "Risk", kind: "text", optional: true, hint: "What could go wrong with it, in a few words" }
    ],
    edits: ({ name, type, personal, optional, risk }) => {
      if (doc.contracts?.[event]?.fields?.[name]) throw new Error(`There is a field “${name}” already.`);
      return [setField(event, name, fieldOf(type, personal, optional, risk))];
    }
  };
}
function pasteEvent(event) {
  return {
    id: "fields-paste",
    name: "Paste an event…",
    keys: "j",
    tool: true,
    run: async (board) => {
      const answers2 = await askQuestions(board, "Find the fields of a pasted event", [
        {
          // as lines, not as JSON: parsing here would make 49.0 an integer
          key: "json",
          label: "Event as JSON",
          kind: "lines",
          hint: "A whole event or only its detail; its fields are found and added"
        }
      ]);
      if (answers2) await findFields(board, event, answers2.json.join("\n"));
    }
  };
}
async function findFields(board, event, text5) {
  try {
    const { edits, words: words4 } = await board.session.ask("fields", { event, text: text5 });
    if (edits.length) await board.do(edits, words4);
    else board.notice("note", words4 || "Nothing new was found in this event.");
  } catch (error) {
    board.notice("warning", error instanceof Error ? error.message : String(error));
  }
}
function exampleEdits(doc, event, example) {
  if (example === null || example === void 0 || example === "")
    return doc.contracts?.[event]?.example ? [setExample(event, null)] : [];
  const detail = detailIn(JSON.stringify(example));
  if (!detail) throw new Error('An example is a JSON object, such as {"amount": 49.0}.');
  return doc.contracts?.[event] && Object.keys(doc.contracts[event].fields ?? {}).length ? [setExample(event, detail)] : fieldsFromExample(doc, event, detail);
}
function copyFrom(doc, event, others) {
  return {
    id: "fields-copy",
    name: "Copy fields from another event…",
    ask: [
      {
        key: "from",
        label: "From",
        kind: "one",
        choices: others.map((other) => ({ value: other, words: titleOf(doc, `events/${other}`) }))
      },
      { key: "all", label: "Also change fields that are here already", kind: "tick" }
    ],
    edits: ({ from, all }) => copyFields(doc, from, event, all ? "all" : "missing")
  };
}
function publishing(doc, events) {
  const open = events.filter((event) => {
    const contract = doc.contracts?.[event];
    return contract && (contract.published ?? 0) < (contract.version ?? 1);
  });
  if (!open.length) return [];
  const name = open.length === 1 ? `Publish version ${doc.contracts?.[open[0]].version ?? 1}: others may rely on it` : `Publish ${open.length} contracts: others may rely on them`;
  return [{ id: "contract-publish", name, edits: () => open.map((event) => ({ kind: "publish", event })) }];
}

// board/source/steps/schemas_example.js
function pasting(board, event) {
  return h(
    "details",
    { "data-fold": "paste" },
    h("summary", { "data-focus": "paste" }, "Paste an event"),
    typedField(board, {
      key: `paste ${event}`,
      label: "Event as JSON",
      value: "",
      rows: 6,
      code: true,
      done: "Find its fields",
      placeholder: '{"detail": {"amount": 49.0}}',
      commit: (text5) => {
        if (!text5.trim()) return;
        parsed(text5, "The event");
        void findFields(board, event, text5);
      }
    })
  );
}
function examplePart(board, event, contract) {
  const example = contract?.example;
  const { missing, unknown, other } = compareExample(contract ?? {}, example);
  const list = (names2) => names2.slice(0, 8).map((name) => shortened(name, 40)).join(", ") + (names2.length > 8 ? ", …" : "");
  const remarks = !example ? [] : [
    missing.length ? `The example lacks ${list(missing)}.` : "",
    unknown.length ? `It shows ${list(unknown)}, which the contract does not name.` : "",
    ...other.slice(0, 4).map(({ name, is, wanted }) => `${shortened(name, 40)} is ${article(is)} there, not ${article(wanted)}.`)
  ].filter(Boolean);
  const fields = Object.keys(contract?.fields ?? {});
  const incomplete = fields.some((name) => !example || !Object.hasOwn(example, name));
  const fill2 = example ? "Fill it up from the fields" : "Make one from the fields";
  return [
    typedField(board, {
      key: `example ${event}`,
      label: "Example",
      value: example ? JSON.stringify(example, null, 2) : "",
      rows: 6,
      code: true,
      placeholder: '{"amount": 49.0}',
      hint: "The detail of a real event. Fields follow from it while there are none.",
      commit: (text5) => {
        const given = text5.trim() ? parsed(text5, "The example") : null;
        void board.do(exampleEdits(board.session.doc, event, given), "Wrote the example");
      }
    }),
    remarks.length ? h(
      "div",
      { role: "status" },
      h(
        "ul",
        { class: "b-remarks" },
        remarks.map((words4) => h("li", { dir: "auto" }, words4))
      )
    ) : null,
    incomplete || unknown.length && example ? h(
      "div",
      { class: "b-acts" },
      incomplete ? button({
        name: fill2,
        words: fill2,
        kind: "small",
        focus: `fill ${event}`,
        run: () => void board.do(
          [setExample(event, filledExample(board.session.doc.contracts?.[event] ?? {}))],
          "Filled the example"
        )
      }) : null,
      unknown.length && example ? button({
        name: "Add the fields it shows",
        words: "Add the fields it shows",
        kind: "small",
        focus: `add shown ${event}`,
        run: () => void board.do(
          fieldsFromExample(board.session.doc, event, example).filter((edit) => edit.kind === "field"),
          "Added the fields of the example"
        )
      }) : null
    ) : null
  ];
}
function parsed(text5, what) {
  try {
    return JSON.parse(text5);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${what} is not JSON yet: ${reason}. A pair looks like "amount": 49.0, and pairs are parted by commas.`
    );
  }
}
function article(type) {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

// board/source/steps/schemas_publishing.js
var LONGEST_DETAIL_TYPE = 128;
function onTheBus(board, doc, event, contract) {
  const version = contract.version ?? 1;
  const frozen = contract.published !== void 0;
  const published = frozen && Number(contract.published) >= version;
  const change = (keys2, words4) => void board.do([{ kind: "change", of: "contracts", id: event, keys: keys2 }], words4);
  return h(
    "div",
    { class: "b-part b-bus" },
    h("h4", null, "On the bus"),
    typedField(board, {
      key: `detail-type ${event}`,
      label: "detail-type",
      value: contract["detail-type"] ?? "",
      placeholder: detailType(doc, event),
      readonly: frozen,
      hint: frozen ? "Frozen: it is published." : "Left empty, it follows the event’s name.",
      commit: (text5) => {
        if (text5.trim().length > LONGEST_DETAIL_TYPE)
          throw new Error(`A detail-type has at most ${LONGEST_DETAIL_TYPE} characters.`);
        change({ "detail-type": text5.trim() || null }, "Changed the detail-type");
      }
    }),
    typedField(board, {
      key: `version ${event}`,
      label: "Version",
      value: String(version),
      commit: (text5) => {
        if (!/^[1-9]\d{0,5}$/.test(text5.trim())) throw new Error("A version is a whole number from 1 on.");
        change({ version: Number(text5) }, `Now version ${text5.trim()}`);
      }
    }),
    published ? h(
      "p",
      { class: "b-warning" },
      `Version ${contract.published} is published, and others rely on it. Before you change or take away a field, begin version ${version + 1}.`
    ) : h(
      "p",
      { class: "f-hint" },
      `Publishing freezes “${shortened(detailType(doc, event))}” and version ${version}: from then on a field that changes or goes breaks whoever hears it.`
    ),
    h(
      "div",
      { class: "b-acts" },
      published ? button({
        name: `Begin version ${version + 1}`,
        words: `Begin version ${version + 1}`,
        kind: "small",
        focus: `publish ${event}`,
        run: () => change({ version: version + 1 }, `Began version ${version + 1}`)
      }) : button({
        name: `Publish version ${version}`,
        words: `Publish version ${version}`,
        kind: "small",
        focus: `publish ${event}`,
        run: () => void board.do([{ kind: "publish", event }], `Published version ${version}`)
      })
    )
  );
}

// board/source/steps/schemas_editor.js
function contractEditor(board, doc, event) {
  const contract = doc.contracts?.[event];
  const fields = Object.entries(contract?.fields ?? {});
  return [
    h(
      "h3",
      null,
      h("bdi", null, shortened(titleOf(doc, `events/${event}`))),
      h("span", { class: "f-tally" }, contract ? "contract" : "no contract yet")
    ),
    h("h4", null, "Fields"),
    fields.length ? h(
      "ul",
      { class: "b-fields" },
      fields.map(([name, field]) => h("li", null, fieldRow(board, event, name, field)))
    ) : h("p", { class: "f-soft" }, "None yet. Add one, or paste an event."),
    typedField(board, {
      key: `new ${event}`,
      label: "Add a field",
      value: "",
      placeholder: "amount: number",
      done: "Add",
      hint: "A name and a type; “personal” and “?” may follow: e-mail: string personal",
      commit: (text5) => addTyped(board, event, text5)
    }),
    pasting(board, event),
    ...examplePart(board, event, contract),
    contract ? onTheBus(board, doc, event, contract) : null,
    contract ? h(
      "details",
      { "data-fold": "schema" },
      h("summary", { "data-focus": "schema" }, "JSON Schema"),
      jsonView("JSON Schema", jsonSchema(doc, event))
    ) : null
  ];
}
function addTyped(board, event, text5) {
  if (!text5.trim()) return;
  const typed = typedField2(text5);
  if (!typed)
    throw new Error(
      `“${shortened(text5)}” is not a field. Write a name and one of ${TYPES.join(", ")}, such as amount: number.`
    );
  if (board.session.doc.contracts?.[event]?.fields?.[typed.name])
    throw new Error(`There is a field “${typed.name}” already.`);
  void board.do([setField(event, typed.name, typed.field)], `Added the field ${typed.name}`);
}
function fieldRow(board, event, name, field) {
  const key = `${event}.${name}`;
  const short = shortened(name, 40);
  const unlessGone = (edits, words4) => {
    const { doc } = board.session;
    if (doc.contracts?.[event]?.fields?.[name]) void board.do(edits(doc), words4);
    else board.notice("warning", `Nothing is changed: the field “${short}” has another name by now, or is gone.`);
  };
  const change = (changes) => unlessGone((doc) => changeField(doc, event, name, changes), `Changed the field ${short}`);
  const riskKey = `risk ${key}`;
  const withRisk = Boolean(field.risk) || hasDraft(board, riskKey);
  return h(
    "fieldset",
    { class: "b-field" },
    h("legend", { class: "f-unseen" }, `Field ${short}`),
    h(
      "div",
      { class: "b-field-main" },
      typedField(board, {
        key: `name ${key}`,
        label: `Name of field ${short}`,
        hideLabel: true,
        value: name,
        commit: (text5) => unlessGone((doc) => {
          const edits = renameField(doc, event, name, text5);
          if (edits.length) renameFocus(board, key, `${event}.${text5.trim()}`);
          return edits;
        }, `Renamed the field ${short}`)
      }),
      chosenField({
        key: `type ${key}`,
        label: `Type of field ${short}`,
        value: field.type ?? "string",
        choices: TYPES.map((type) => ({ value: type, words: type })),
        commit: (type) => change({ type })
      }),
      button({
        name: `Take away field ${short}`,
        words: "×",
        kind: "quiet small b-away",
        focus: `away ${key}`,
        run: () => void board.do([setField(event, name, null)], `Took away the field ${short}`)
      })
    ),
    h(
      "div",
      { class: "b-field-more" },
      tick(`personal ${key}`, "personal", Boolean(field.personal), (personal) => change({ personal })),
      tick(`optional ${key}`, "may be missing", Boolean(field.optional), (optional) => change({ optional })),
      withRisk ? null : button({
        name: `Note a risk of field ${short}`,
        words: "risk…",
        kind: "quiet small",
        focus: `risk? ${key}`,
        run: () => beginDraft(board, riskKey)
      })
    ),
    withRisk ? typedField(board, {
      key: riskKey,
      label: `Risk of field ${short}`,
      hideLabel: true,
      value: field.risk ?? "",
      placeholder: "Risk: what could go wrong with it?",
      commit: (risk) => change({ risk })
    }) : null
  );
}
function tick(key, words4, value, commit) {
  const box = h("input", { type: "checkbox", "data-focus": key });
  box.checked = value;
  box.addEventListener("change", () => commit(box.checked));
  return h("label", { class: "f-tick" }, box, words4);
}
function renameFocus(board, from, to) {
  for (const control of board.root.querySelectorAll("[data-focus]")) {
    const focus = control.getAttribute("data-focus") ?? "";
    if (focus.endsWith(` ${from}`)) control.setAttribute("data-focus", `${focus.slice(0, -from.length)}${to}`);
  }
}

// board/source/steps/schemas_panel.js
var MOST_LISTED6 = 40;
function schemasPanel(board) {
  return livePanel(board, "Contract", () => content3(board));
}
function content3(board) {
  const { doc } = board.session;
  const keys2 = board.selection.size ? board.selection : board.focused ? [board.focused] : [];
  const events = eventsOfCards(doc, keys2);
  return events.length === 1 ? contractEditor(board, doc, events[0]) : summary(board, doc);
}
function summary(board, doc) {
  const events = Object.keys(doc.events ?? {});
  const agreed = events.filter((event) => doc.contracts?.[event]);
  const published = agreed.filter((event) => doc.contracts?.[event].published);
  const open = events.length - agreed.length;
  const personal = inOrder(doc).filter((event) => personalFields(doc, event).length);
  const begin = open === 1 ? "Begin the one that is missing" : `Begin the ${open} that are missing`;
  return [
    h("h3", null, "Contracts", h("span", { class: "f-tally" }, `${agreed.length} of ${events.length}`)),
    h(
      "p",
      null,
      open ? `${open === 1 ? "One event has" : `${open} events have`} no contract yet. ` : "Every event has a contract. ",
      published.length ? `${published.length === 1 ? "One of them is" : `${published.length} of them are`} published.` : "None is published yet."
    ),
    open ? button({
      name: begin,
      words: begin,
      focus: "begin all",
      run: () => void board.do(beginAllContracts(board.session.doc), "Began the missing contracts")
    }) : null,
    h(
      "h3",
      null,
      "Personal data",
      h("span", { class: "f-tally" }, personal.length === 1 ? "one event" : `${personal.length} events`)
    ),
    personal.length ? h(
      "ul",
      { class: "b-flows" },
      personal.slice(0, MOST_LISTED6).map((event) => flow(board, doc, event))
    ) : h(
      "p",
      { class: "f-soft" },
      "No field is marked as personal. Is there a name, an address, a phone number? Mark it."
    ),
    personal.length > MOST_LISTED6 ? h("p", { class: "f-soft" }, `and ${personal.length - MOST_LISTED6} more`) : null,
    h("p", { class: "f-hint" }, "Select an event to write its contract.")
  ];
}
function personalFields(doc, event) {
  return Object.entries(doc.contracts?.[event]?.fields ?? {}).filter(([, field]) => field.personal).map(([name]) => name);
}
function receiversOf(doc, event) {
  const owner = ownerOf(doc, event);
  const services2 = new Set(hearersOf(doc, event).map((policy) => serviceOfPolicy(doc, policy)));
  const others = [...services2].filter((service) => service !== owner).map((service) => service ? `service ${titleOf(doc, `services/${service}`)}` : "a workflow of no service yet");
  const listeners = Object.keys(doc.listeners ?? {}).filter((id2) => heardBy(doc, id2).includes(event)).map((id2) => `listener ${titleOf(doc, `listeners/${id2}`)}`);
  return [...others, ...listeners];
}
function flow(board, doc, event) {
  const name = titleOf(doc, `events/${event}`);
  const receivers = receiversOf(doc, event);
  return h(
    "li",
    null,
    button({
      name: `Show the contract of ${shortened(name)}`,
      words: shortened(name),
      kind: "quiet b-ref b-event",
      focus: `go ${event}`,
      run: () => {
        board.select([`contracts/${event}`]);
        board.focus(`contracts/${event}`, { reveal: true });
      }
    }),
    h(
      "p",
      { dir: "auto" },
      `carries ${personalFields(doc, event).map((field) => shortened(field, 40)).join(", ")}`
    ),
    h(
      "p",
      { class: "f-soft", dir: "auto" },
      receivers.length ? `to ${receivers.map((one) => shortened(one, 60)).join(", ")}` : "to nobody outside its service"
    )
  );
}

// board/source/steps/schemas_scene.js
var CARD_WIDTH = 236;
var GAP2 = 20;
var HEAD5 = 68;
var BETWEEN_LANES2 = 20;
var PUBLISHED = { w: 104, h: 22 };
var MOST_FIELDS = 24;
var LETTERS_IN_TITLE = 25;
var LINE5 = 15;
var LEAST_COLUMNS2 = 5;
function schemasScene(doc) {
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  const events = inOrder(doc);
  if (!events.length) {
    drawn.empty = "No events to describe yet. Write down what happens in step 1, Discover.";
    return drawn;
  }
  const lanes = lanesOf3(doc, events);
  const most = Math.max(...lanes.map((lane) => lane.events.length));
  const columns = Math.min(most, Math.max(LEAST_COLUMNS2, Math.ceil(Math.sqrt(events.length) * 1.2)));
  const width = Math.max(columns, 2) * (CARD_WIDTH + GAP2) + GAP2;
  let y = 0;
  for (const lane of lanes) {
    const height = drawLane2(drawn, doc, lane, y, columns, width);
    y += height + BETWEEN_LANES2;
  }
  drawn.notes.push(...hotspotNotes(doc, drawn));
  return drawn;
}
function lanesOf3(doc, events) {
  const lanes = new Map(Object.keys(doc.services ?? {}).map((service) => [service, []]));
  for (const event of events) {
    const owner = ownerOf(doc, event);
    const lane = lanes.get(owner);
    if (lane) lane.push(event);
    else lanes.set(owner, [event]);
  }
  return [...lanes].map(([service, own]) => ({ service, events: own })).filter((lane) => lane.events.length);
}
function drawLane2(drawn, doc, { service, events }, top, columns, width) {
  const hue = service === null ? void 0 : hueOfService(doc, service);
  const bottoms = Array.from({ length: columns }, () => top + HEAD5);
  for (const event of events) {
    const column = bottoms.indexOf(Math.min(...bottoms));
    const note = cardNote(doc, event, service, hue);
    Object.assign(note, { x: GAP2 + column * (CARD_WIDTH + GAP2), y: bottoms[column] });
    bottoms[column] += note.h + GAP2;
    drawn.notes.push(note);
    if (doc.contracts?.[event]?.published) drawn.notes.push(publishedNote(doc, event, note, hue));
  }
  const h2 = Math.max(...bottoms) - top;
  const open = events.filter((event) => !doc.contracts?.[event]).length;
  const missing = open ? ` · ${open === 1 ? "one contract" : `${open} contracts`} to agree on` : "";
  drawn.regions.push(
    service === null ? {
      key: "lane/none",
      x: 0,
      y: top,
      w: width,
      h: h2,
      kind: "lane",
      dashed: true,
      title: "No service yet",
      subtitle: `Nobody owns these: say in steps 4 to 6 where they belong${missing}`
    } : {
      key: `services/${service}`,
      ref: `services/${service}`,
      x: 0,
      y: top,
      w: width,
      h: h2,
      kind: "lane",
      hue,
      title: titleOf(doc, `services/${service}`),
      subtitle: `${serviceSource(doc, service)}${missing}`
    }
  );
  return h2;
}
function cardNote(doc, event, service, hue) {
  const contract = doc.contracts?.[event];
  const text5 = titleOf(doc, `events/${event}`);
  const rows2 = text5.length > LETTERS_IN_TITLE ? 2 : 1;
  const home = service === null ? "of no service yet" : `of service ${titleOf(doc, `services/${service}`)}`;
  const lines2 = contract ? [detailType(doc, event), " ", ...fieldLines(contract)] : ["What does it say? Type its fields."];
  return {
    x: 0,
    y: 0,
    w: CARD_WIDTH,
    h: 38 + 18 * rows2 + LINE5 * lines2.length,
    key: contract ? `contracts/${event}` : `events/${event}`,
    ref: contract ? `contracts/${event}` : `events/${event}`,
    kind: "contract",
    shape: "card",
    text: text5,
    lines: lines2,
    tag: contract ? `contract · version ${contract.version ?? 1}` : "no contract yet",
    ...hue !== void 0 && { hue },
    ...!contract && { guess: true },
    says: contract ? sayContract(doc, event, contract, home) : `Event ${text5}, ${home}, has no contract yet`
  };
}
function fieldLines(contract) {
  const fields = Object.entries(contract.fields ?? {});
  if (!fields.length) return ["No fields yet"];
  const shown = fields.slice(0, MOST_FIELDS).flatMap(([name, field]) => [
    `${field.personal ? "◆ " : ""}${shortened(name, 40)}: ${fieldWords({ ...field, risk: void 0 })}`,
    ...field.risk ? [` risk: ${shortened(field.risk, 60)}`] : []
  ]);
  return fields.length > MOST_FIELDS ? [...shown, `and ${fields.length - MOST_FIELDS} more`] : shown;
}
function fieldWords({ type = "string", personal, optional, risk }) {
  return [type, personal && "personal", optional && "may be missing", risk && `risk: ${shortened(risk, 60)}`].filter(Boolean).join(" · ");
}
function sayContract(doc, event, contract, home) {
  const fields = Object.entries(contract.fields ?? {}).slice(0, MOST_FIELDS).map(([name, field]) => `${name} ${fieldWords(field)}`);
  return [
    `Contract of event ${titleOf(doc, `events/${event}`)}`,
    home,
    `on the bus as ${detailType(doc, event)}`,
    `version ${contract.version ?? 1}`,
    contract.published && `version ${contract.published} is published`,
    fields.length ? `fields: ${fields.join("; ")}` : "no fields yet"
  ].filter(Boolean).join(", ");
}
function publishedNote(doc, event, card2, hue) {
  return {
    x: card2.x + card2.w - PUBLISHED.w - 20,
    y: card2.y - PUBLISHED.h / 2,
    ...PUBLISHED,
    key: `contracts/${event}#published`,
    kind: "contract",
    shape: "chip",
    text: "published",
    fixed: true,
    ...hue !== void 0 && { hue },
    says: `Version ${doc.contracts?.[event].published} of ${titleOf(doc, `events/${event}`)} is published`
  };
}

// board/source/steps/schemas.js
var schemas = {
  number: 8,
  short: "Schemas",
  question: "What does each event say, and who may change it?",
  hint: "Write an example first; the fields follow from it. Mark personal data. No field that nobody needs.",
  placeholder: "Add a field to the event in focus, such as amount: number",
  scene: (doc) => schemasScene(doc),
  drops: schemasDrops,
  actions: schemasActions,
  typed(doc, text5, near) {
    const [event] = near ? eventsOfCards(doc, [near]) : [];
    if (!event) return [];
    const detail = detailIn(text5);
    if (detail) return fieldsFromExample(doc, event, detail);
    const typed = typedField2(text5);
    return typed && !doc.contracts?.[event]?.fields?.[typed.name] ? [setField(event, typed.name, typed.field)] : [];
  },
  panel: schemasPanel
};

// board/source/steps/index.js
var STEPS = [discovery, sequencing, triggers, entities, contexts, services, bus, schemas];

// board/source/hands/drag.js
var PONDER = 60;
var TOLD_EVERY = 60;
var COUPLED = [5, 6];
function pickUp(board, wall2, overlay, keys2, from, lost) {
  const carried = () => movable(board.scene, board.step.carries?.(board.scene, keys2) ?? keys2);
  let held = carried();
  if (!held.length) return null;
  let known5 = null;
  let drops2 = [];
  let over = null;
  let at2 = from;
  let told = 0;
  let pondering;
  let asked = 0;
  const look = () => {
    if (board.scene === known5) return;
    known5 = board.scene;
    held = carried();
    if (!held.length) return lost();
    drops2 = board.step.drops(board.session.doc, known5, held.map((note) => note.key));
  };
  const enter2 = (next) => {
    if (next?.key === over?.key) return;
    over = next;
    overlay.target(over ? over.show ?? over.box : null);
    clearTimeout(pondering);
    const edits = over?.edits;
    if (!edits?.length || !COUPLED.includes(board.step.number)) return board.setPreview(null);
    const words4 = over?.words ?? "";
    pondering = setTimeout(() => whatIf(edits, words4), PONDER);
  };
  const whatIf = async (edits, words4) => {
    const number2 = ++asked;
    try {
      const coupling = await board.session.ask("what-if", { edits });
      if (number2 === asked && over?.edits === edits) board.setPreview({ coupling, words: words4 });
    } catch {
      if (number2 === asked) board.setPreview(null);
    }
  };
  const end = () => {
    asked = -1;
    clearTimeout(pondering);
    stopWatching();
    overlay.target(null);
    overlay.words(null);
    board.setPreview(null);
    board.session.tell({ holds: null });
  };
  const stopWatching = board.on("draw", look);
  look();
  wall2.lift(held.map((note) => note.key), { x: 0, y: 0 });
  board.session.tell({ holds: held[0]?.key ?? null });
  return {
    move(to, screen) {
      at2 = to;
      wall2.lift(held.map((note) => note.key), { x: to.x - from.x, y: to.y - from.y });
      enter2(lastAt(drops2, to, (drop2) => drop2.box));
      overlay.words(over?.words ?? (known5?.free ? null : "Nothing changes here"), screen);
      if (Date.now() - told < TOLD_EVERY) return;
      told = Date.now();
      board.session.tell({ holds: held[0].key, pointer: [Math.round(to.x), Math.round(to.y)] });
    },
    drop(screen) {
      const goal = over;
      end();
      wall2.settle();
      const edits = goal ? goal.edits : known5?.free ? movesOf2(held, { x: at2.x - from.x, y: at2.y - from.y }) : [];
      if (edits?.length) void board.do(edits, goal?.words);
      if (goal?.choices) chooseAmong(board, goal, screen);
    },
    cancel() {
      end();
      wall2.settle();
    }
  };
}
function carryOut(board, drop2, screen) {
  if (drop2.choices) chooseAmong(board, drop2, screen);
  else void board.do(drop2.edits ?? [], drop2.words);
}
function movesOf2(notes, by) {
  return notes.map((note) => layAt(note.key, { x: note.x + by.x, y: note.y + by.y }));
}
function chooseAmong(board, drop2, screen) {
  const items = (drop2.choices ?? []).map((choice) => ({
    name: choice.words,
    run: () => void board.do(choice.edits, choice.words)
  }));
  board.menu(screen, items, drop2.words);
}
function movable(scene7, keys2) {
  const wanted = new Set(keys2);
  return scene7.notes.filter((note) => wanted.has(note.key) && !note.fixed);
}

// board/source/hands/keys.js
var NUDGE = 8;
var PAN = 120;
var WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function giveKeys(board, element2, doings) {
  let space = false;
  let used = false;
  element2.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || fromField(event)) return;
    if (event.key === " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      if (!space) used = false;
      space = true;
      element2.classList.add("is-hand");
      return;
    }
    if (!onKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  board.root.addEventListener("keydown", (event) => {
    const key = event.ctrlKey || event.metaKey ? event.key.toLowerCase() : "";
    if (key !== "z" && key !== "y" || event.defaultPrevented || fromField(event)) return;
    event.preventDefault();
    void takeBack(board, key === "z" && !event.shiftKey);
  });
  element2.addEventListener("keyup", (event) => {
    if (event.key !== " " || !space) return;
    space = false;
    element2.classList.remove("is-hand");
    if (!used && !fromField(event) && keysMeant(board).length) doings.moveTo();
  });
  element2.addEventListener("focusout", () => {
    space = false;
    element2.classList.remove("is-hand");
  });
  const onKey = (event) => {
    const control = event.ctrlKey || event.metaKey;
    if (event.key in WAYS) return arrow2(event, control);
    if (control) return event.key.toLowerCase() === "a" && selectAll();
    if (event.altKey) return false;
    switch (event.key) {
      case "Home":
      case "End":
        return toNote(board.scene.notes.at(event.key === "Home" ? 0 : -1), event.shiftKey);
      case "Enter":
      case "F2":
        if (board.focused && onNote(event)) board.edit(board.focused);
        else doings.type("");
        return true;
      case "Escape":
        return escape(event);
      case "ContextMenu":
        doings.menu();
        return true;
      case "F10":
        if (event.shiftKey) doings.menu();
        return event.shiftKey;
      case "+":
      case "=":
        board.camera.zoomBy(1.25);
        return true;
      case "-":
        board.camera.zoomBy(1 / 1.25);
        return true;
      case "0":
        board.camera.fit();
        return true;
    }
    return action(event) || letter(event);
  };
  const arrow2 = (event, control) => {
    const [dx, dy] = WAYS[event.key];
    if (event.altKey) return nudge(dx, dy);
    if (control) {
      board.camera.panBy(dx * PAN, dy * PAN);
      return true;
    }
    const { notes, regions } = board.scene;
    const things = [...notes, ...regions.filter((region) => region.ref)];
    const from = things.find((thing) => thing.key === board.focused);
    if (!from || !onNote(event)) return toNote(
      /** @type {Note} */
      from ?? things[0],
      false
    );
    const next = nextInDirection(
      things,
      from,
      /** @type {Direction} */
      event.key
    );
    return toNote(
      /** @type {Note | undefined} */
      next ?? void 0,
      event.shiftKey
    ) || true;
  };
  const toNote = (note, extending) => {
    if (!note) return false;
    if (extending) board.select([...board.focused ? [board.focused] : [], note.key], "add");
    else board.select([note.key]);
    board.focus(note.key);
    return true;
  };
  const nudge = (dx, dy) => {
    const keys2 = keysMeant(board);
    const notes = board.scene.notes.filter((note) => keys2.includes(note.key) && !note.fixed);
    if (!notes.length) return false;
    if (!board.scene.free) board.say("Notes have their places here. Press M to move this one to another place.");
    else void board.do(movesOf2(notes, { x: dx * NUDGE, y: dy * NUDGE }), "Moved.");
    return true;
  };
  const selectAll = () => {
    board.select(board.scene.notes.map((note) => note.key));
    board.say(`${board.selection.size} notes selected.`);
    return true;
  };
  const escape = (event) => {
    if (doings.cancel()) return true;
    if (board.selection.size) {
      board.select([]);
      board.say("Nothing selected.");
      return true;
    }
    if (!onNote(event)) return false;
    element2.focus({ preventScroll: true });
    board.say("The whole wall.");
    return true;
  };
  const action = (event) => {
    const keys2 = keysOf(event);
    const wanted = board.actions().find((one) => one.keys && sameKeys(one.keys, keys2));
    if (wanted) board.run(wanted);
    else if (keys2 === "m" && keysMeant(board).length) doings.moveTo();
    else if (keys2 === "!" && keysMeant(board).length) doings.findings();
    else return false;
    return true;
  };
  const letter = (event) => /^[\p{L}\p{N}]$/u.test(event.key) && doings.type(event.key);
  return { spaceHeld: () => space, spaceUsed: () => void (used = true) };
}
async function takeBack(board, back) {
  const outcome = await (back ? board.session.undo() : board.session.redo());
  if (outcome.ok) board.say(back ? "Undone." : "Done again.");
  else board.notice("note", `${outcome.why} ${outcome.remedy}`.trim());
}
function keysOf({ key, shiftKey }) {
  if (key === "Backspace") return "Delete";
  const isLetter = /^\p{L}$/u.test(key);
  const shifted2 = shiftKey && (isLetter || key.length > 1);
  return `${shifted2 ? "Shift+" : ""}${isLetter ? key.toLowerCase() : key}`;
}
function sameKeys(one, other) {
  return one.toLowerCase() === other.toLowerCase();
}
function fromField(event) {
  const fields = "input, textarea, select, [contenteditable], .editor";
  return event.target instanceof Element && Boolean(event.target.closest(fields));
}
function onNote(event) {
  return event.target instanceof Element && Boolean(event.target.closest(".note, .place"));
}

// board/source/export/markup.js
var Markup = class {
  /** @param {string} text */
  constructor(text5) {
    this.text = text5;
  }
  toString() {
    return this.text;
  }
};
var UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;
var LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
var ESCAPES = (
  /** @type {Record<string, string>} */
  { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }
);
function element(name, attributes, ...children) {
  const pairs2 = Object.entries(attributes ?? {}).filter(([, value]) => value !== null && value !== void 0 && value !== false).map(([key, value]) => ` ${key}="${escaped(typeof value === "number" ? String(rounded(value)) : String(value))}"`);
  const inside = children.map(asText).join("");
  return new Markup(`<${name}${pairs2.join("")}${inside ? `>${inside}</${name}>` : "/>"}`);
}
function writable(text5) {
  return text5.replace(UNWRITABLE, "�").replace(LONE, "�");
}
function rounded(value) {
  return Math.round(value * 100) / 100;
}
function asText(child) {
  if (child === null || child === void 0 || child === false) return "";
  if (Array.isArray(child)) return child.map(asText).join("");
  return child instanceof Markup ? child.text : escaped(String(child));
}
function escaped(text5) {
  return writable(text5).replace(/[&<>"]/g, (character) => ESCAPES[character]);
}

// board/source/export/lettering.js
var RIGHT_TO_LEFT = /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}|\p{Script=Adlam}/u;
var LETTER2 = /\p{L}/u;
var TURNING = /[\u202a-\u202e\u2066-\u2069]/g;
var TOWERS = /(\p{M}{3})\p{M}+/gu;
var MOST_REMEMBERED = 2e4;
var widths = /* @__PURE__ */ new Map();
var pieces = new Intl.Segmenter(void 0, { granularity: "grapheme" });
var canvas;
function inOneLine(text5) {
  return writable(text5.replace(TURNING, "")).replace(TOWERS, "$1").replace(/\s+/g, " ").trim();
}
function widthOf3(text5, { size, weight = 400 }) {
  const key = `${size} ${weight} ${text5}`;
  const known5 = widths.get(key);
  if (known5 !== void 0) return known5;
  if (widths.size > MOST_REMEMBERED) widths.clear();
  const width = measured2(text5, size, weight);
  widths.set(key, width);
  return width;
}
function wrapped(text5, width, type, most) {
  const lines2 = [];
  let line3 = "";
  for (const word of inOneLine(text5).split(" ")) {
    const longer = line3 ? `${line3} ${word}` : word;
    if (widthOf3(longer, type) <= width) {
      line3 = longer;
      continue;
    }
    if (line3) lines2.push(line3);
    line3 = word;
    while (lines2.length <= most && widthOf3(line3, type) > width) {
      const fits3 = beginning(line3, width, type);
      lines2.push(fits3);
      line3 = line3.slice(fits3.length);
    }
    if (lines2.length > most) break;
  }
  if (line3) lines2.push(line3);
  if (lines2.length <= most) return lines2;
  return [...lines2.slice(0, most - 1), shortened2(lines2.slice(most - 1).join(" "), width, type)];
}
function shortened2(text5, width, type) {
  const whole = inOneLine(text5);
  if (widthOf3(whole, type) <= width) return whole;
  return `${beginning(whole, width - widthOf3("…", type), type).trimEnd()}…`;
}
function isRightToLeft(text5) {
  const first = text5.match(LETTER2)?.[0];
  return first !== void 0 && RIGHT_TO_LEFT.test(first);
}
function beginning(text5, width, type) {
  let fits3 = "";
  for (const { segment } of pieces.segment(text5.slice(0, 400))) {
    if (fits3 && widthOf3(fits3 + segment, type) > width) break;
    fits3 += segment;
  }
  return fits3;
}
function measured2(text5, size, weight) {
  if (canvas === void 0) canvas = globalThis.OffscreenCanvas ? context(new OffscreenCanvas(1, 1)) : null;
  if (!canvas) return estimated(text5) * size * (weight >= 600 ? 1.07 : 1);
  canvas.font = `${weight} ${size}px ${FONT}`;
  return canvas.measureText(text5).width;
}
function context(made2) {
  return (
    /** @type {any} */
    made2.getContext("2d")
  );
}
function estimated(text5) {
  let sum = 0;
  for (const character of text5) {
    if (/\p{M}/u.test(character)) continue;
    if (/[\s'.,:;!|ijlIftr()[\]]/.test(character)) sum += 0.34;
    else if (/[mwMW@%…—]/.test(character)) sum += 0.9;
    else sum += character > "⹿" ? 1.05 : 0.6;
  }
  return sum;
}

// board/source/export/pdf_words.js
var CODES = 255;
var WIDTH = 500;
var ANCHORS = (
  /** @type {Record<string, number>} */
  { start: 0, middle: 0.5, end: 1 }
);
function fontsFor(words4) {
  const characters = [...new Set(words4.flatMap(({ text: text5 }) => [...text5]))];
  return Array.from({ length: Math.ceil(characters.length / CODES) }, (_, font) => characters.slice(font * CODES, (font + 1) * CODES));
}
function wordsContent(words4, fonts, height) {
  const codes = new Map(fonts.flatMap((characters, font) => characters.map((character, index) => [character, [font, index + 1]])));
  const lines2 = words4.map(({ text: text5, x, y, size, weight, anchor, turned: turned2 }) => {
    const characters = [...text5];
    if (!characters.length) return "";
    const width = widthOf3(text5, { size, weight });
    const share = turned2 ? 1 - ANCHORS[anchor] : ANCHORS[anchor];
    const stretch = rounded(width / (characters.length * size * WIDTH / 1e3) * 100);
    const place2 = `1 0 0 1 ${rounded(x - width * share)} ${rounded(height - y)} Tm ${stretch} Tz`;
    return `${place2} ${runs(characters.map((character) => (
      /** @type {[number, number]} */
      codes.get(character)
    )), size)}`;
  });
  return ["BT 3 Tr", ...lines2.filter(Boolean), "ET"].join("\n");
}
function runs(codes, size) {
  let [written2, font] = ["", -1];
  for (const [of, code] of codes) {
    if (of !== font) written2 += `${font < 0 ? "" : "> Tj "}/F${of} ${size} Tf <`;
    font = of;
    written2 += code.toString(16).padStart(2, "0");
  }
  return `${written2}> Tj`;
}
function fontObject(characters, meaning) {
  const names2 = characters.map((_, index) => `/c${index + 1}`);
  return [
    "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 0.001 0 0] /Resources << >>",
    `/FirstChar 1 /LastChar ${characters.length} /Widths [${characters.map(() => WIDTH).join(" ")}]`,
    `/Encoding << /Type /Encoding /Differences [1 ${names2.join(" ")}] >>`,
    `/CharProcs << ${names2.map((name) => `${name} ${meaning + 1} 0 R`).join(" ")} >> /ToUnicode ${meaning} 0 R >>`
  ].join("\n");
}
var NO_SHAPE = `${WIDTH} 0 d0`;
function meanings(characters) {
  const lines2 = characters.map((character, index) => `<${(index + 1).toString(16).padStart(2, "0")}> <${utf16(character)}>`);
  const blocks = [];
  for (let start = 0; start < lines2.length; start += 100) {
    const some = lines2.slice(start, start + 100);
    blocks.push(`${some.length} beginbfchar
${some.join("\n")}
endbfchar`);
  }
  return [
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
    "1 begincodespacerange\n<00> <FF>\nendcodespacerange",
    ...blocks,
    "endcmap CMapName currentdict /CMap defineresource pop end end"
  ].join("\n");
}
function utf16(text5) {
  return Array.from({ length: text5.length }, (_, index) => text5.charCodeAt(index).toString(16).padStart(4, "0")).join("");
}

// board/source/export/pdf_document.js
var POINTS = 0.75;
var LONGEST_SIDE = 14400;
function pdfDocument({ page, image, words: words4, title: title2 }) {
  const points = Math.min(POINTS, LONGEST_SIDE / Math.max(page.width, page.height));
  const [width, height] = [page.width * points, page.height * points].map((side) => Math.round(side * 1e3) / 1e3);
  const fonts = fontsFor(words4);
  const names2 = fonts.map((_, index) => `/F${index} ${7 + index * 3} 0 R`).join(" ");
  const content4 = [
    `${points} 0 0 ${points} 0 0 cm`,
    `q ${page.width} 0 0 ${page.height} 0 0 cm /Picture Do Q`,
    wordsContent(words4, fonts, page.height)
  ].join("\n");
  const colours = "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode";
  return fileOf([
    "<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /DisplayDocTitle true >> >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R
/Resources << /XObject << /Picture 5 0 R >> /Font << ${names2} >> >> >>`,
    stream("", bytesOf(content4)),
    stream(`/Type /XObject /Subtype /Image /Width ${image.width} /Height ${image.height} ${colours}`, image.pixels),
    `<< /Title <feff${utf16(writable(title2))}> /Producer (AnyCompany workbook) >>`,
    ...fonts.flatMap((characters, index) => [
      fontObject(characters, 8 + index * 3),
      stream("", bytesOf(meanings(characters))),
      stream("", bytesOf(NO_SHAPE))
    ])
  ]);
}
function stream(entries, bytes) {
  return [bytesOf(`<< ${entries} /Length ${bytes.length} >>
stream
`), bytes, bytesOf("\nendstream")];
}
function fileOf(objects) {
  const parts2 = [Uint8Array.of(...bytesOf("%PDF-1.5\n%"), 226, 227, 207, 211, 10)];
  let length2 = parts2[0].length;
  const add = (bytes) => {
    parts2.push(bytes);
    length2 += bytes.length;
  };
  const starts = objects.map((object, index) => {
    const start = length2;
    add(bytesOf(`${index + 1} 0 obj
`));
    for (const part2 of typeof object === "string" ? [bytesOf(object)] : object) add(part2);
    add(bytesOf("\nendobj\n"));
    return start;
  });
  const table = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n 
`).join("");
  const count3 = objects.length + 1;
  add(bytesOf(`xref
0 ${count3}
0000000000 65535 f 
${table}trailer
<< /Size ${count3} /Root 1 0 R /Info 6 0 R >>
startxref
${length2}
%%EOF
`));
  const file = new Uint8Array(length2);
  let at2 = 0;
  for (const part2 of parts2) {
    file.set(part2, at2);
    at2 += part2.length;
  }
  return file;
}
function bytesOf(text5) {
  return new TextEncoder().encode(text5);
}

// board/source/export/raster.js
var LONGEST_SIDE2 = 16384;
var MOST_PIXELS = 12e7;
function sizeOf(svg2) {
  const [, width, height] = svg2.match(/<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/) ?? [];
  if (!width || !height) throw new Error("The picture has no size.");
  return { width: Number(width), height: Number(height) };
}
function sharpest({ width, height }, wanted) {
  return Math.min(wanted, LONGEST_SIDE2 / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
}
async function imageOf(svg2) {
  const address = URL.createObjectURL(new Blob([svg2], { type: "image/svg+xml" }));
  const image = new Image();
  try {
    image.src = address;
    await image.decode();
    return image;
  } catch {
    throw new Error("This browser cannot draw the picture.");
  } finally {
    URL.revokeObjectURL(address);
  }
}
function canvasOf(width, height) {
  const canvas2 = document.createElement("canvas");
  canvas2.width = width;
  canvas2.height = height;
  const pen = canvas2.getContext("2d", { alpha: false, willReadFrequently: true });
  if (!pen) throw new Error("This browser has no room for a picture of this size.");
  return { canvas: canvas2, pen };
}

// board/source/export/pdf.js
var SCALE = 2.5;
var STRIP = 256;
async function pdfOf(svg2) {
  const size = sizeOf(svg2);
  const scale = sharpest(size, SCALE);
  const [width, height] = [size.width, size.height].map((side) => Math.max(1, Math.floor(side * scale)));
  const pixels = await deflated(strips(await imageOf(svg2), width, height));
  const { title: title2, words: words4 } = wordsOf(svg2);
  const bytes = pdfDocument({ page: size, image: { width, height, pixels }, words: words4, title: title2 });
  return new Blob([
    /** @type {BlobPart} */
    bytes
  ], { type: "application/pdf" });
}
function* strips(image, width, height) {
  const { pen } = canvasOf(width, STRIP);
  for (let top = 0; top < height; top += STRIP) {
    pen.drawImage(image, 0, -top, width, height);
    const rows2 = Math.min(STRIP, height - top);
    const { data } = pen.getImageData(0, 0, width, rows2);
    const opaque = new Uint8Array(width * rows2 * 3);
    for (let from = 0, to = 0; from < data.length; from += 4) {
      opaque[to++] = data[from];
      opaque[to++] = data[from + 1];
      opaque[to++] = data[from + 2];
    }
    yield opaque;
  }
}
async function deflated(parts2) {
  const { readable: readable2, writable: writable2 } = new CompressionStream("deflate");
  const whole = new Response(readable2).arrayBuffer();
  const writer = writable2.getWriter();
  for (const part2 of parts2) await writer.write(
    /** @type {BufferSource} */
    part2
  );
  await writer.close();
  return new Uint8Array(await whole);
}
function wordsOf(svg2) {
  const picture = new DOMParser().parseFromString(svg2, "image/svg+xml").documentElement;
  const [left, top] = (picture.getAttribute("viewBox") ?? "").split(" ").map(Number);
  const number2 = (element2, name) => Number(element2.getAttribute(name));
  const words4 = [...picture.querySelectorAll("text")].map((element2) => ({
    text: element2.textContent ?? "",
    x: number2(element2, "x") - left,
    y: number2(element2, "y") - top,
    size: number2(element2, "font-size"),
    weight: number2(element2, "font-weight") || 400,
    anchor: element2.getAttribute("text-anchor") ?? "start",
    turned: element2.getAttribute("direction") === "rtl"
  }));
  return { title: picture.querySelector("title")?.textContent ?? "", words: words4 };
}

// board/source/export/png.js
async function pngOf(svg2, scale) {
  const size = sizeOf(svg2);
  const [width, height] = [size.width, size.height].map((side) => Math.max(1, Math.floor(side * sharpest(size, scale))));
  const image = await imageOf(svg2);
  const { canvas: canvas2, pen } = canvasOf(width, height);
  pen.drawImage(image, 0, 0, width, height);
  const blob = await new Promise((done) => canvas2.toBlob(done, "image/png"));
  if (!blob) throw new Error("This browser has no room for a picture of this size.");
  return blob;
}
function sharpnessOf(svg2, scale) {
  return sharpest(sizeOf(svg2), scale);
}

// board/source/export/extent.js
var MARGIN2 = 32;
var BLANK3 = { x: 0, y: 0, w: 640, h: 360 };
var ANCHORS2 = { start: 0, middle: 0.5, end: 1 };
function extentOf({ notes, regions, arrows, labels }) {
  const boxes2 = [...notes, ...regions, ...arrows.map(arrowBox), ...labels.map(labelBox)];
  return boxes2.length ? boxAround(boxes2, MARGIN2) : BLANK3;
}
function arrowBox({ d, label, at: at2 }) {
  const numbers = (d.match(/-?\d*\.?\d+(?:e-?\d+)?/gi) ?? []).map(Number);
  const points = [];
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    points.push({ x: numbers[index] - 5, y: numbers[index + 1] - 5, w: 10, h: 10 });
  }
  if (label && at2) points.push({ x: at2.x - 100, y: at2.y - 11, w: 200, h: 22 });
  return boxAround(points);
}
function labelBox({ x, y, text: text5, size = 14, weight = 400, anchor = "start" }) {
  const width = widthOf3(text5.slice(0, 120), { size, weight });
  return { x: x - width * ANCHORS2[anchor], y: y - size, w: width, h: size * 1.4 };
}

// board/source/export/note_svg.js
var TAG_HEIGHT = 14;
var SMALL_HEIGHT = 15;
var MOST_DOTS2 = 8;
var MOST_LINES2 = 40;
var TILT = -4;
var LAYOUT = {
  paper: { side: 10, top: 8, line: 17, size: 14, centred: false },
  hex: { side: 5, top: 18, line: 16, size: 12.5, centred: true },
  card: { side: 13, top: 11, line: 18, size: 14, centred: false },
  chip: { side: 11, top: 3, line: 16, size: 12.5, centred: true }
};
function noteSvg(note, theme) {
  const tilted = note.kind === "hotspot" && note.shape === "paper";
  const middle2 = `${note.x + note.w / 2} ${note.y + note.h / 2}`;
  return element(
    "g",
    { "data-key": note.key, opacity: note.faded ? 0.5 : null, transform: tilted ? `rotate(${TILT} ${middle2})` : null },
    element("title", null, clip(note.says, 400)),
    isTitle(note) ? null : outline(note, theme),
    isTitle(note) ? titleWords(note, theme) : words3(note, theme)
  );
}
function isTitle(note) {
  return note.shape === "chip" && note.kind === "aggregate" && note.hue !== void 0;
}
function isService(note) {
  return note.shape === "card" && note.kind === "aggregate";
}
function isOnCard(note) {
  return note.shape === "card" || note.shape === "chip" && (note.hue !== void 0 || note.kind === "contract" || note.kind === "listener");
}
function paper(note, theme) {
  if (isOnCard(note)) return colour("card", theme);
  const full = colour(note.kind, theme);
  return note.copy ? blend(full, note.shape === "hex" ? "#FFFFFF" : colour("page", theme), 0.45) : full;
}
function outline(note, theme) {
  const { x, y, w, h: h2 } = note;
  const ink = colour("paper-ink", theme);
  const fill2 = paper(note, theme);
  if (note.shape === "hex") {
    const points = [[0.5, 0], [1, 0.25], [1, 0.75], [0.5, 1], [0, 0.75], [0, 0.25]];
    const corners = points.map(([across, down]) => `${x + across * w} ${y + down * h2}`).join(" ");
    const rim = note.pivotal ? colour("ink", theme) : blend(fill2, "#6B3A00", 0.82);
    return element("polygon", { points: corners, fill: fill2, stroke: rim, "stroke-width": note.pivotal ? 3.5 : 1.5, "stroke-dasharray": dashes(note) });
  }
  if (isOnCard(note)) {
    const edge = note.crossing ? colour("crossing", theme) : note.hue === void 0 ? colour("frame", theme) : colour(`hue-${note.hue}`, theme);
    const rx2 = note.shape === "card" ? 8 : h2 / 2;
    return [
      element("rect", { x: x + 0.5, y: y + 0.5, width: w - 1, height: h2 - 1, rx: rx2, fill: fill2, stroke: edge, "stroke-dasharray": dashes(note) }),
      note.shape === "card" && note.hue !== void 0 && element("rect", { x: x + 1, y: y + 8, width: 3, height: Math.max(0, h2 - 16), fill: edge })
    ];
  }
  const rx = note.shape === "chip" ? h2 / 2 : 2;
  return [
    element("rect", { x, y: y + 1.5, width: w, height: h2, rx, fill: "#000000", opacity: theme === "dark" ? 0.4 : 0.1 }),
    element("rect", { x, y, width: w, height: h2, rx, fill: fill2 }),
    note.pivotal && element("rect", { x, y, width: 6, height: h2, fill: colour("ink", theme) }),
    note.guess && element("rect", { x: x + 2, y: y + 2, width: w - 4, height: h2 - 4, fill: "none", stroke: ink, "stroke-width": 1.5, "stroke-dasharray": "4 3" })
  ];
}
function dashes(note) {
  return note.guess ? "4 3" : null;
}
function textSize(note) {
  if (isService(note)) return 18;
  const { size } = LAYOUT[note.shape];
  const longest = Math.max(...clip(note.text, SHOWN2).split(/[\s-]+/).map((word) => word.length));
  const most = note.w / (note.shape === "hex" ? 9.2 : 10.2);
  return longest <= most ? size : longest <= most * 1.2 ? 12.5 : 11;
}
function rows(note, width) {
  const { top } = LAYOUT[note.shape];
  const size = textSize(note);
  const line3 = isService(note) ? 22 : LAYOUT[note.shape].line;
  const tag2 = [note.tag, note.pivotal && "pivotal"].filter(Boolean).join(" · ");
  const tagged = Boolean(tag2) && note.shape !== "chip";
  const small = (note.lines ?? []).slice(0, MOST_LINES2);
  const taken = top * 2 + (tagged ? TAG_HEIGHT : 0) + (note.votes ? TAG_HEIGHT : 0) + small.length * SMALL_HEIGHT;
  const most = Math.max(1, Math.floor((note.h - taken) / line3));
  const blank = isBlank(note.text);
  const type = { size, weight: blank ? 400 : 600 };
  const name = wrapped(blank ? "No name yet" : clip(note.text, SHOWN2), width, type, most);
  return [
    ...tagged ? [{ text: shortened2(tag2, width, { size: 11 }), size: 11, weight: 400, height: TAG_HEIGHT, side: true }] : [],
    ...name.map((text5) => ({ ...type, text: text5, height: line3, italic: blank })),
    ...small.map((text5) => ({ text: shortened2(clip(text5, SHOWN2), width, { size: 11 }), size: 11, weight: 400, height: SMALL_HEIGHT, side: true }))
  ];
}
function words3(note, theme) {
  const { side, top, centred } = LAYOUT[note.shape];
  const left = note.x + side + (note.pivotal && note.shape === "paper" ? 6 : 0);
  const width = note.x + note.w - side - left;
  const ink = colour(isOnCard(note) ? "ink" : "paper-ink", theme);
  const name = isService(note) && note.hue !== void 0 ? colour(`name-${note.hue}`, theme) : ink;
  const soft2 = isOnCard(note) ? colour("soft", theme) : ink;
  const all = rows(note, width);
  const height = all.reduce((sum, row2) => sum + row2.height, 0);
  let y = centred ? note.y + (note.h - height) / 2 : note.y + top;
  const written2 = all.map((row2) => {
    const baseline = y + row2.height / 2 + row2.size * 0.35;
    y += row2.height;
    const fits3 = y <= note.y + note.h + 1;
    return fits3 && textAt(row2.text, centred ? left + width / 2 : left, baseline, {
      ...row2,
      fill: row2.side ? soft2 : name,
      anchor: centred ? "middle" : "start",
      room: width
    });
  });
  return [...written2, note.votes && votes2(note.votes, left, note.y + note.h - top - 3, ink)];
}
function titleWords({ x, y, w, text: text5, hue }, theme) {
  const type = { size: 18, weight: 600 };
  const room = w - 16;
  const name = shortened2(isBlank(text5) ? "No name yet" : clip(text5, SHOWN2), room, type);
  return textAt(name, x + 8, y + 4 + type.size, { ...type, fill: colour(`name-${hue}`, theme), room });
}
function votes2(count3, x, y, fill2) {
  const shown = Math.min(count3, MOST_DOTS2);
  return [
    ...Array.from({ length: shown }, (_, index) => element("circle", { cx: x + 3 + index * 9, cy: y - 4, r: 3, fill: fill2 })),
    count3 > shown && textAt(String(count3), x + shown * 9 + 4, y, { size: 11, fill: fill2 })
  ];
}
function textAt(text5, x, y, { size, fill: fill2, weight = 400, italic = false, anchor = "start", room }) {
  if (!text5) return null;
  const turned2 = isRightToLeft(text5);
  const start = turned2 && anchor === "start" ? x + (room ?? widthOf3(text5, { size, weight })) : x;
  return element(
    "text",
    {
      x: start,
      y,
      fill: fill2,
      "font-size": size,
      "font-weight": weight === 400 ? null : weight,
      "font-style": italic ? "italic" : null,
      "text-anchor": anchor === "start" ? null : anchor,
      direction: turned2 ? "rtl" : null
    },
    text5
  );
}

// board/source/export/place_svg.js
var LONGEST4 = 120;
var PILL = { size: 11, weight: 600 };
var WIDEST_PILL = 182;
var QUIET = /* @__PURE__ */ new Set(["moment", "stream", "hive"]);
function placeSvg(region, theme) {
  return element("g", { "data-key": region.key }, ground(region, theme), titles(region, theme));
}
function ground({ x, y, w, h: h2, kind, hue, dashed }, theme) {
  const size = { x, y, width: w, height: h2 };
  if (isOffer({ kind, dashed })) return element("rect", { ...size, rx: 18, fill: "none", stroke: colour("frame", theme), "stroke-width": 1.5, "stroke-dasharray": "6 4" });
  if (kind === "hive")
    return element("rect", { ...size, rx: 18, fill: colour("card", theme), "fill-opacity": 0.8, stroke: colour("frame", theme), "stroke-opacity": 0.5 });
  if (kind === "bus") return element("rect", { ...size, rx: 12, fill: colour("bar", theme) });
  if (QUIET.has(kind)) return element("rect", { ...size, rx: 10, fill: hue === void 0 ? colour("inlay", theme) : colour(`tint-${hue}`, theme) });
  return element("rect", {
    ...size,
    rx: kind === "lane" ? 12 : 18,
    fill: hue === void 0 || kind === "shelf" ? "none" : colour(`tint-${hue}`, theme),
    stroke: hue === void 0 || kind === "shelf" ? colour("frame", theme) : colour(`hue-${hue}`, theme),
    "stroke-width": kind === "lane" ? 1 : 1.5,
    "stroke-dasharray": dashed || kind === "shelf" ? "6 4" : null
  });
}
function isOffer({ kind, dashed }) {
  return Boolean(dashed) && (kind === "hive" || kind === "context");
}
function titles(region, theme) {
  if (isOffer(region)) return offer(region, theme);
  const { x, y, w, h: h2, kind, hue, subtitle } = region;
  const title2 = isBlank(region.title) ? region.ref ? "No name yet" : "" : (region.title ?? "").slice(0, LONGEST4);
  const quiet = QUIET.has(kind);
  const size = kind === "hive" || kind === "shelf" ? 14 : quiet ? 12.5 : 18;
  const [side, top] = quiet ? [10, 6] : [20, 16];
  const room = w - 2 * side;
  if (room <= 0) return null;
  const name = shortened2(title2, room, { size, weight: 600 });
  const fill2 = hue === void 0 ? colour(quiet && kind !== "hive" ? "soft" : "ink", theme) : colour(`name-${hue}`, theme);
  const baseline = kind === "bus" ? y + h2 / 2 + size * 0.35 : y + top + size;
  const style = { size, weight: 600, fill: fill2, room };
  const soft2 = { size: 12.5, fill: colour("soft", theme), room };
  const beside2 = kind === "bus" ? x + side + (name ? widthOf3(name, style) + 12 : 0) : 0;
  return [
    kind === "hive" ? textAt(name, x + w / 2, baseline, { ...style, anchor: "middle" }) : textAt(name, x + side, baseline, style),
    !isBlank(subtitle) && (beside2 ? textAt(shortened2(subtitle ?? "", x + w - side - beside2, soft2), beside2, baseline - 1, { ...soft2, room: x + w - side - beside2 }) : textAt(shortened2((subtitle ?? "").slice(0, LONGEST4), room, soft2), x + side, baseline + (name ? 20 : 0), soft2))
  ];
}
function offer({ x, y, w, h: h2, title: title2 = "", subtitle = "" }, theme) {
  const room = w - 20;
  if (room <= 0) return null;
  const [name, soft2] = [{ size: 14, weight: 600 }, { size: 12.5 }];
  const more2 = { fill: colour("soft", theme), anchor: "middle" };
  const middle2 = { x: x + w / 2, y: y + h2 / 2 };
  return [
    textAt(shortened2(title2.slice(0, LONGEST4), room, name), middle2.x, middle2.y - (subtitle ? 4 : -5), { ...name, ...more2 }),
    textAt(shortened2(subtitle.slice(0, LONGEST4), room, soft2), middle2.x, middle2.y + (title2 ? 14 : 4), { ...soft2, ...more2 })
  ];
}
function arrowSvg({ key, d, tone, hue, dashed, ends }, theme) {
  const stroke2 = tone === "crossing" ? colour("crossing", theme) : tone === "time" ? colour("frame", theme) : hue === void 0 ? colour("line", theme) : colour(`hue-${hue}`, theme);
  const dots = tone === "listens" ? "1.5 4.5" : dashed ? "6 4" : null;
  return element(
    "g",
    { "data-key": key },
    element("path", { d, fill: "none", stroke: stroke2, "stroke-width": 1.75, "stroke-dasharray": dots, "stroke-linecap": tone === "listens" ? "round" : null }),
    ends !== false && element("path", { d: headOf(d), fill: stroke2 })
  );
}
function pillSvg({ tone, hue, label, at: at2 }, theme) {
  if (!label || !at2 || isBlank(label)) return null;
  const text5 = shortened2(label.slice(0, LONGEST4), WIDEST_PILL, PILL);
  const width = widthOf3(text5, PILL) + 20;
  const stroke2 = tone === "crossing" ? colour("crossing", theme) : hue === void 0 ? colour("soft", theme) : colour(`name-${hue}`, theme);
  return element(
    "g",
    null,
    element("rect", { x: at2.x - width / 2, y: at2.y - 11, width, height: 22, rx: 11, fill: colour("card", theme), stroke: stroke2 }),
    textAt(text5, at2.x, at2.y + 4, { ...PILL, fill: stroke2, anchor: "middle" })
  );
}
function labelSvg({ x, y, text: text5, size = 14, weight = 400, tone = "ink", hue, anchor = "start" }, theme) {
  const role = tone !== "hue" ? tone : hue === void 0 ? "ink" : `name-${hue}`;
  const written2 = inOneLine(text5.slice(0, LONGEST4));
  const turned2 = isRightToLeft(written2) && anchor === "end" ? "start" : anchor;
  const left = turned2 === anchor ? x : x - widthOf3(written2, { size, weight });
  return textAt(written2, left, y, { size, weight, fill: colour(role, theme), anchor: turned2 });
}

// board/source/export/svg.js
function svgOf(scene7, { box, theme = "light", title: title2 = "Wall", revision } = {}) {
  const shown = inWholePixels(box ?? extentOf(scene7));
  const inSight2 = (thing) => !box || overlap(thing, grown2(box));
  const empty = scene7.empty && !scene7.notes.length;
  return `<?xml version="1.0" encoding="UTF-8"?>
${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: shown.w,
      height: shown.h,
      viewBox: [shown.x, shown.y, shown.w, shown.h].join(" "),
      role: "img",
      "font-family": FONT
    },
    element("title", null, title2),
    revision !== void 0 && element("desc", null, `The storm at revision ${revision}`),
    element("rect", { x: shown.x, y: shown.y, width: shown.w, height: shown.h, fill: colour("page", theme) }),
    scene7.regions.filter(inSight2).map((region) => placeSvg(region, theme)),
    scene7.arrows.filter((arrow2) => inSight2(arrowBox(arrow2))).map((arrow2) => arrowSvg(arrow2, theme)),
    scene7.labels.filter((label) => inSight2(labelBox(label))).map((label) => labelSvg(label, theme)),
    above(scene7.notes.filter(inSight2)).map((note) => noteSvg(note, theme)),
    scene7.arrows.filter((arrow2) => inSight2(arrowBox(arrow2))).map((arrow2) => pillSvg(arrow2, theme)),
    empty && textAt(scene7.empty ?? "", shown.x + shown.w / 2, shown.y + shown.h / 2, { size: 18, fill: colour("soft", theme), anchor: "middle" })
  )}
`;
}
function above(notes) {
  return [...notes.filter((note) => note.kind !== "hotspot"), ...notes.filter((note) => note.kind === "hotspot")];
}
function grown2({ x, y, w, h: h2 }) {
  return { x: x - 12, y: y - 12, w: w + 24, h: h2 + 24 };
}
function inWholePixels({ x, y, w, h: h2 }) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  return { x: left, y: top, w: Math.max(1, Math.ceil(x + w) - left), h: Math.max(1, Math.ceil(y + h2) - top) };
}

// board/source/frame/exporting.js
function fileName(storm, step, ending) {
  const safe = (text5) => text5.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").slice(0, 40).replace(/^-+|-+$/g, "").toLowerCase();
  return `${[safe(storm) || "storm", safe(step)].filter(Boolean).join("-")}.${ending}`;
}
function openExportMenu(board, from) {
  const frame = board.root.getBoundingClientRect();
  const place2 = (from ?? board.root).getBoundingClientRect();
  const at2 = from ? { x: place2.left - frame.left, y: place2.bottom - frame.top + 6 } : { x: frame.width / 2 - 110, y: 90 };
  const item = (name, kind, whole = true, scale = 2) => ({
    name,
    run: () => void save(board, kind, whole, scale)
  });
  openMenu(
    board.root,
    at2,
    [
      item("PNG, whole wall", "png"),
      item("PNG, whole wall, four times as sharp", "png", true, 4),
      item("PNG, as seen", "png", false),
      item("SVG, whole wall", "svg"),
      item("SVG, as seen", "svg", false),
      item("PDF, whole wall", "pdf"),
      item("PDF, as seen", "pdf", false)
    ],
    "Export a picture"
  );
}
async function save(board, kind, whole, scale) {
  const theme = board.root.dataset.theme === "dark" ? "dark" : "light";
  const revision = board.replay ?? board.session.revision;
  const title2 = `${board.session.doc.name}: ${board.step.question}`;
  const name = fileName(board.session.doc.name ?? "", `${board.step.number}-${board.step.short}`, kind);
  try {
    const picture = svgOf(board.scene, { box: whole ? void 0 : board.camera.sight, theme, revision, title: title2 });
    const blob = kind === "svg" ? new Blob([picture], { type: "image/svg+xml" }) : kind === "png" ? await pngOf(picture, scale) : await pdfOf(picture);
    download(board.root, blob, name);
    const blurred = kind === "png" && sharpnessOf(picture, scale) < scale;
    board.notice(
      "good",
      `Saved “${name}” where your browser keeps its downloads.${blurred ? " It is less sharp than you asked for: no browser makes a larger picture. SVG and PDF stay sharp." : ""}`
    );
  } catch (error) {
    board.notice(
      "error",
      `The picture could not be made: ${error instanceof Error ? error.message : String(error)} SVG always works.`
    );
  }
}
function download(root, blob, name) {
  const address = URL.createObjectURL(blob);
  const link2 = h("a", { href: address, download: name, hidden: true });
  root.append(link2);
  link2.click();
  link2.remove();
  setTimeout(() => URL.revokeObjectURL(address), 3e4);
}

// ../data/course/glossary.json
var glossary_default = {
  terms: [
    {
      term: "Actor",
      of: "method",
      says: "A person, or a role that people play, who wishes something to happen and says so by a command.",
      source: "EventStorming (Alberto Brandolini)"
    },
    {
      term: "Aggregate",
      of: "method",
      says: "Entities that change together as one and are kept consistent as one. This workbook stays with entities, as the talk does.",
      source: "Domain-Driven Design (Eric Evans)"
    },
    {
      term: "Alternatives",
      of: "method",
      says: "Events of one moment of which one happens, such as Payment Succeeded or Payment Failed.",
      source: "“App 2025”, episode 1, step 2"
    },
    {
      term: "Amazon EventBridge",
      of: "aws",
      says: "The AWS service that takes events, compares them with rules, and hands them to the targets of those that match.",
      source: "Amazon EventBridge User Guide"
    },
    {
      term: "Archive",
      of: "aws",
      says: "Events of a bus that are kept for so many days, to be replayed later.",
      source: "Amazon EventBridge User Guide"
    },
    {
      term: "ARN",
      of: "aws",
      says: "Amazon Resource Name: the full name of one resource in one account and region.",
      source: "AWS IAM User Guide"
    },
    {
      term: "At-least-once delivery",
      of: "aws",
      says: "Every event comes to a target once or, now and then, more than once; whoever must not act twice has to notice.",
      source: "Amazon EventBridge User Guide"
    },
    {
      term: "Big picture",
      of: "method",
      says: "The first hours of a storm, in which everybody writes down events without order, roles or technology.",
      source: "EventStorming (Alberto Brandolini)"
    },
    {
      term: "Bounded context",
      of: "method",
      says: "A border within which words have one meaning and one owner decides. The aim is little communication across it.",
      source: "“App 2025”, episode 1, step 5; Domain-Driven Design (Eric Evans)"
    },
    {
      term: "Business logic",
      of: "workbook",
      says: "The team's own work in a policy. It is named in the storm and written elsewhere; a placeholder stands for it until then.",
      source: "“App 2025”, episode 1"
    },
    {
      term: "Change set",
      of: "aws",
      says: "What CloudFormation would add, change, replace or delete, told before it is done.",
      source: "AWS CloudFormation User Guide"
    },
    {
      term: "Chaotic exploration",
      of: "method",
      says: "The opening of event discovery: everybody writes at the same time and nobody sorts or corrects.",
      source: "EventStorming (Alberto Brandolini)"
    },
    {
      term: "CloudFormation",
      of: "aws",
      says: "The AWS service that makes resources as a template declares them, and removes what the template no longer has.",
      source: "AWS CloudFormation User Guide"
    },
    {
      term: "Command",
      of: "method",
      says: "What somebody wants to happen, in the imperative: Book Bike. It may be refused; an event cannot.",
      source: "EventStorming (Alberto Brandolini)"
    },
    {
      term: "Context map",
      of: "method",
      says: "Bounded contexts and what crosses the borders between them.",
      source: "Domain-Driven Design (Eric Evans)"
    },
    {
      term: "Contract",
      of: "workbook",
      says: "The schema of one event with its version, its example, and marks for personal data; published in the registry.",
      source: "docs/contracts.md"
    },
    {
      term: "Conway's law",
      of: "method",
      says: "Software takes the shape of the organization that makes it. The talk turns it around: draw the borders so that both are good.",
      source: "“App 2025”, episode 1"
    },
    {
      term: "Copy",
      of: "method",
      says: "Another context's entity kept in one's own, to save asking. It lowers coupling and has to be kept up to date.",
      source: "Domain-Driven Design (Eric Evans)"
    },
    {
      term: "Coupling",
      of: "method",
      says: "How much one part has to know of another, or to wait for it. Communication across contexts is tight coupling.",
      source: "“App 2025”, episode 1, step 5"
    },
    {
      term: "CQRS",
      of: "method",
      says: "Command Query Responsibility Segregation: what changes data and what reads it are separate pieces, each with its own permissions.",
      source: "“App 2025”, episode 1, step 6"
    },
    {
      term: "Custom event bus",
      of: "aws",
      says: "An event bus that one makes for an application's own events. Here there is one, for everything.",
      source: "“App 2025”, episode 1, step 7; Amazon EventBridge User Guide"
    },
    {
      term: "Dead-letter queue",
      of: "aws",
      says: "A queue for events that could not be delivered after all retries, so that somebody can look at them and send them again.",
      source: "Amazon EventBridge User Guide"
    },
    {
      term: "Default event bus",
      of: "aws",
      says: "The bus that every account has in every region, on which AWS's own services put their events.",
      source: "“App 2025”, episode 1, step 7; Amazon EventBridge User Guide"
    },
    {
      term: "Detail",
      of: "aws",
      says: "The part of an event that its owner defines: a JSON object.",
      source: "Amazon EventBridge User Guide"
    },
    {
      term: "Detail-type",
      of: "aws",
      says: "The name of an event on the bus. With the source it says which event this is.",
      source: "Amazon EventBridge User Guide"
    },
    {
      term: "Domain event",
      of: "method",
      says: "Something that happened and that the business would talk about, named by a noun and a past-tense verb: Account Created.",
      source: "“App 2025”, episode 1, step 1"
    },
    {
      term: "Domain expert",
      of: "method",
      says: "Somebody who knows the business from doing it, and whose words the storm uses.",
      source: "EventStorming (Alberto Brandolini)"
    },
    {
      term: "Dot voting",
      of: "method",
      says: "Everybody sticks a few dots to what matters most to them, so that the team talks about that first.",
      source: "EventStorming (Alberto Brandolini)"
    },
    {
      term: "Drift",
      of: "aws",
      says: "What differs between a deployed resource and its template, because somebody changed it by hand.",
      source: "AWS CloudFormation User Guide"
    },
    {
      term: "Entity",
      of: "method",
      says: "A thing of the business with a life of its own, to which events happen: the payment, the customer.",
      source: "“App 2025”, episode 1, step 4"
    },
    {
      term: "Event bus",
      of: "aws",
      says: "Where events are put and rules listen.",
      source: "Amazon EventBridge User Guide"
    },
    {
      term: "Event pattern",
      of: "aws",
      says: "The filter of a rule: JSON in the shape of an event, with lists of allowed values in the place of values. All its fields have to match.",
      source: "Amazon EventBridge User Guide"
    },
    {
      term: "Event-driven architecture",
      of: "method",
      says: "Parts of an application tell what has happened, and others react, instead of calling each other.",
      source: "“App 2025”, episode 1"
    },
    {
      term: "EventBridge Scheduler",
      of: "aws",
      says: "The AWS service that starts something at a time or at a rate; here, events that happen because time has passed.",
      source: "Amazon EventBridge Scheduler User Guide"
    },
    {
      term: "EventBridge Storming",
      of: "method",
      says: "Eight steps from events on sticky notes to an architecture on one event bus.",
      source: "EventBridge Storming (Ben Ellerby); “App 2025”, episode 1"
    },
    {
      term: "EventStorming",
      of: "method",
      says: "A workshop in which a team finds out about a business by sticking its events to a long wall.",
      source: "EventStorming (Alberto Brandolini)"
    },
    {
      term: "Express workflow",
      of: "aws",
      says: "A state machine for quick work: it runs for five minutes at most, is paid by duration, and may run more than once.",
      source: "“App 2025”, episode 1; AWS Step Functions Developer Guide"
    },
    {
      term: "Fan-out",
      of: "aws",
      says: "One event to many hearers: by several rules, or by a topic with many subscribers.",
      source: "“App 2025”, episode 1; Amazon SNS Developer Guide"
    },
    {
      term: "Finding",
      of: "workbook",
      says: "What a check noticed: the place, a reason and a remedy. It is advice, and may be dismissed with a reason.",
      source: "docs/checks.md"
    },
    {
      term: "Happy path",
      of: "method",
      says: "The row of events in which everything goes well. It is laid out first; then one asks at each event what happens if not.",
      source: "“App 2025”, episode 1, step 2"
    },
    {
      term: "Hive",
      of: "method",
      says: "The picture of an entity in this workbook: a group of hexagons, one for each of its events.",
      source: "“App 2025”, episode 1, step 4"
    },
    {
      term: "Hot spot",
      of: "method",
      says: "A question, a conflict or a risk on the wall, written on a neon pink note that hangs askew.",
      source: "EventStorming (Alberto Brandolini)"
    },
    {
      term: "IAM role",
      of: "aws",
      says: "An identity that a service takes on, with policies that say what it may do.",
      source: "AWS IAM User Guide"
    },
    {
      term: "Idempotent",
      of: "aws",
      says: "Doing it twice comes to the same as doing it once.",
      source: "Amazon EventBridge User Guide"
    },
    {
      term: "Lambda function",
      of: "aws",
      says: "Code that AWS runs when it is called. Here it takes one kind of input, does one piece of business, and returns one kind of output.",
      source: "“App 2025”, episode 1, step 6"
    },
    {
      term: "Lambda-lith",
      of: "aws",
      says: "A whole service in one Lambda function: hard to maintain, slow to start, and with every permission.",
      source: "“App 2025”, episode 1, step 6"
    },
    {
      term: "Least privilege",
      of: "aws",
      says: "To give each piece the permissions that its work needs, and no others.",
      source: "AWS IAM User Guide"
    },
    {
      term: "Listener",
      of: "workbook",
      says: "An audience that hears events and answers nothing, such as audit or security.",
      source: "“App 2025”, episode 1"
    },
    {
      term: "Microservice",
      of: "workbook",
      says: "The software of one bounded context. It has many workflows, and is neither one function nor one workflow.",
      source: "“App 2025”, episode 1, step 6"
    },
    {
      term: "Moment",
      of: "method",
      says: "One place on the timeline: an event, several that happen side by side, or alternatives.",
      source: "“App 2025”, episode 1, step 2"
    },
    {
      term: "Parking lot",
      of: "method",
      says: "Where notes lie that are for another day.",
      source: "EventStorming (Alberto Brandolini)"
    },
    {
      term: "Partner event source",
      of: "aws",
      says: "Where the events of another company's SaaS come from; it needs a bus of its own, named by EventSourceName.",
      source: "“App 2025”, episode 1, step 7; Amazon EventBridge User Guide"
    },
    {
      term: "Pivotal event",
      of: "method",
      says: "An event after which everything is different, such as Contract Signed. Borders often run along it.",
      source: "EventStorming (Alberto Brandolini)"
    },
    {
      term: "Policy",
      of: "method",
      says: "A reaction: whenever this event has happened, then do that. Each policy becomes one rule and one workflow.",
      source: "EventStorming (Alberto Brandolini); “App 2025”, episode 1"
    },
    {
      term: "PutEvents",
      of: "aws",
      says: "The call that puts up to ten events on a bus. It says Source, DetailType, Detail and EventBusName.",
      source: "Amazon EventBridge User Guide"
    },
    {
      term: "Read model",
      of: "method",
      says: "What somebody looks at before deciding: a list, a screen, a report. It answers questions and changes nothing.",
      source: "EventStorming (Alberto Brandolini)"
    },
    {
      term: "Replay",
      of: "aws",
      says: "Archived events put on the bus again, for a rule that was missing or broken.",
      source: "Amazon EventBridge User Guide"
    },
    {
      term: "Rule",
      of: "aws",
      says: "An event pattern on a bus, with up to five targets that get the events which match.",
      source: "“App 2025”, episode 1; Amazon EventBridge User Guide"
    },
    {
      term: "Schema",
      of: "aws",
      says: "What an event says: its fields and their types. The service that emits the event owns it.",
      source: "“App 2025”, episode 1, step 8"
    },
    {
      term: "Schema registry",
      of: "aws",
      says: "Where schemas are shared, so that anybody can find out what is on the bus without asking its team.",
      source: "“App 2025”, episode 1, step 8; Amazon EventBridge User Guide"
    },
    {
      term: "Service integration",
      of: "aws",
      says: "One AWS service that calls another directly, without a function in between.",
      source: "“App 2025”, episode 1; AWS Step Functions Developer Guide"
    },
    {
      term: "SNS topic",
      of: "aws",
      says: "A place to publish a message that every subscriber gets.",
      source: "“App 2025”, episode 1; Amazon SNS Developer Guide"
    },
    {
      term: "Source",
      of: "aws",
      says: "Who puts an event on the bus. Sources that begin with “aws.” are AWS's own.",
      source: "Amazon EventBridge User Guide"
    },
    {
      term: "SQS queue",
      of: "aws",
      says: "Messages that wait until somebody takes them. It stands behind the bus, before what is slow.",
      source: "Amazon SQS Developer Guide"
    },
    {
      term: "SSM parameter",
      of: "aws",
      says: "A named value that others may look up; here the ARN and the name of the bus.",
      source: "“App 2025”, episode 1; AWS Systems Manager User Guide"
    },
    {
      term: "Stack",
      of: "aws",
      says: "All resources that CloudFormation made from one template, changed and deleted as one.",
      source: "AWS CloudFormation User Guide"
    },
    {
      term: "Standard workflow",
      of: "aws",
      says: "A state machine for work that may take up to a year and runs exactly once; it is paid by the step.",
      source: "“App 2025”, episode 1; AWS Step Functions Developer Guide"
    },
    {
      term: "State machine",
      of: "aws",
      says: "A workflow of Step Functions: states, what each does, and which comes next.",
      source: "AWS Step Functions Developer Guide"
    },
    {
      term: "Step Functions",
      of: "aws",
      says: "The AWS service that runs workflows.",
      source: "“App 2025”, episode 1; AWS Step Functions Developer Guide"
    },
    {
      term: "Storm",
      of: "workbook",
      says: "Everything that a team said, in one file, NAME.storm.yaml; every edit of it is in the log beside it.",
      source: "docs/file-format.md"
    },
    {
      term: "Target",
      of: "aws",
      says: "What a rule gives its events to: a workflow, a queue, a topic, a log.",
      source: "Amazon EventBridge User Guide"
    },
    {
      term: "Technical event",
      of: "method",
      says: "Something that happened to software, such as Row Inserted. It stays off the wall, unless software is the business.",
      source: "“App 2025”, episode 1, step 1"
    },
    {
      term: "Template",
      of: "aws",
      says: "The text, in YAML or JSON, that declares the resources of a stack.",
      source: "AWS CloudFormation User Guide"
    },
    {
      term: "Temporal sequencing",
      of: "method",
      says: "Step 2: putting the events into the order of time, from left to right.",
      source: "“App 2025”, episode 1, step 2"
    },
    {
      term: "Trace",
      of: "workbook",
      says: "What was seen of an event on a deployed bus: which rules let it through, which workflows ran, what they emitted.",
      source: "notebook 10"
    },
    {
      term: "Trigger",
      of: "method",
      says: "What starts an event: an actor's command, an outside system, time, or a policy.",
      source: "EventBridge Storming (Ben Ellerby), step 3"
    },
    {
      term: "Ubiquitous language",
      of: "method",
      says: "The words that a team uses in talk, on the wall and in code, with one meaning within a context.",
      source: "Domain-Driven Design (Eric Evans)"
    },
    {
      term: "Wall",
      of: "workbook",
      says: "The board of a storm at one of the eight steps; everybody who opens the storm works on the same one.",
      source: "docs/board.md"
    },
    {
      term: "Workflow",
      of: "workbook",
      says: "The work of one policy as a state machine: it hears an event, does something, and puts its own events on the bus.",
      source: "“App 2025”, episode 1"
    }
  ]
};

// board/source/frame/glossary.js
function showGlossary(board) {
  const { terms } = glossary_default;
  const texts2 = terms.map(({ term, says }) => plain(`${term} ${says}`));
  const list = h("dl", { class: "f-glossary" });
  const none = h("p", { class: "f-soft", role: "status" });
  const id2 = freshId("find");
  const input = h("input", { id: id2, type: "search", class: "f-input", "data-first": true, autocomplete: "off", oninput: draw });
  function draw() {
    const found = matches(texts2, input.value);
    list.replaceChildren(
      ...found.flatMap((index) => {
        const { term, says, source } = terms[index];
        return [h("dt", null, term), h("dd", null, says, " ", h("small", null, `(${source})`))];
      })
    );
    list.hidden = found.length === 0;
    none.textContent = found.length === 0 ? "No such term." : "";
  }
  draw();
  openLayer(board.root, {
    title: "Glossary",
    kind: "f-choosing",
    content: [
      h("div", { class: "f-glossary-find" }, h("label", { for: id2 }, "Find a term"), input),
      none,
      h("div", { class: "f-glossary-terms", tabindex: "0", role: "group", "aria-label": "Terms" }, list)
    ]
  });
}

// board/source/frame/tour.js
var SEEN = "anycompany-board-tour";
var GAP3 = 10;
var STOPS = [
  {
    at: ".f-wall",
    title: "The wall",
    words: "Everybody who opens this storm works on this one wall. Notes can be dragged, renamed and undone; nothing is lost."
  },
  {
    at: ".f-steps",
    title: "Eight steps",
    words: "From events to schemas. Each step shows the wall in its own way; go back and forth as you like."
  },
  {
    at: ".f-tools",
    title: "What this step offers",
    words: "The buttons change with the step and with what is selected. Their keys stand beside them."
  },
  {
    at: ".f-panel",
    title: "Beside the wall",
    words: "What is selected, what the checks have found and how to mend it, and what each colour means."
  },
  {
    at: ".f-people",
    title: "Who is here",
    words: "Those who are on this wall with you. Give yourself a name, so that others know you."
  },
  {
    at: '[data-focus="command-keys"]',
    title: "Help",
    words: "All keys, the glossary, and this tour again. Ctrl K finds every command by its name."
  }
];
function tourOnce(board) {
  if (board.root.classList.contains("is-readonly") || !firstTime()) return () => {
  };
  board.say("A short tour of the board is open beside the wall. Escape ends it.");
  return startTour(board, false);
}
function firstTime() {
  try {
    const seen = globalThis.localStorage.getItem(SEEN);
    globalThis.localStorage.setItem(SEEN, "seen");
    return seen === null;
  } catch {
    return false;
  }
}
function startTour(board, takesFocus = true) {
  const { root } = board;
  root.querySelector(".f-tour")?.dispatchEvent(new CustomEvent("f-close"));
  const giveBack = rememberFocus(root);
  const titleId = freshId("tour");
  const title2 = h("h3", { id: titleId });
  const words4 = h("p", null);
  const count3 = h("span", { class: "f-soft" });
  const back = button({ name: "Back", words: "Back", kind: "small", run: () => go(-1) });
  const next = button({ name: "Next", words: "Next", kind: "small", run: () => go(1) });
  const skip = button({ name: "End the tour", icon: "close", kind: "quiet", run: () => close2() });
  const ring2 = h("div", { class: "f-tour-ring", "aria-hidden": "true" });
  const card2 = h(
    "div",
    { class: "f-tour", role: "dialog", "aria-labelledby": titleId, tabindex: "-1" },
    h("div", { class: "f-tour-head" }, title2, skip),
    h("div", { "aria-live": "polite" }, words4),
    h("div", { class: "f-tour-foot" }, count3, back, next)
  );
  let at2 = 0;
  let open = true;
  const stops = () => STOPS.filter((stop) => inSight(find(stop)));
  function find(stop) {
    return (
      /** @type {HTMLElement | null} */
      root.querySelector(stop.at)
    );
  }
  function go(by) {
    if (at2 + by >= stops().length) close2();
    else {
      at2 = Math.max(0, at2 + by);
      draw();
    }
  }
  function draw() {
    const there = stops();
    if (there.length === 0) {
      ring2.hidden = true;
      return;
    }
    at2 = Math.min(at2, there.length - 1);
    title2.textContent = there[at2].title;
    words4.textContent = there[at2].words;
    count3.textContent = `${at2 + 1} of ${there.length}`;
    back.hidden = at2 === 0;
    const label = next.querySelector("span");
    if (label) label.textContent = at2 === there.length - 1 ? "Done" : "Next";
    place2(
      /** @type {HTMLElement} */
      find(there[at2])
    );
  }
  function place2(target) {
    const outer = root.getBoundingClientRect();
    const box = target.getBoundingClientRect();
    const [x, y] = [box.left - outer.left, box.top - outer.top];
    ring2.hidden = false;
    Object.assign(ring2.style, { left: `${x}px`, top: `${y}px`, width: `${box.width}px`, height: `${box.height}px` });
    const below = y + box.height + GAP3;
    const fits3 = below + card2.offsetHeight < root.clientHeight;
    const inside = box.height > card2.offsetHeight + 4 * GAP3;
    const beside2 = inside && x > card2.offsetWidth + 2 * GAP3;
    keepInside(root, card2, {
      x: beside2 ? x - card2.offsetWidth - GAP3 : inside ? x + box.width - card2.offsetWidth - GAP3 : x,
      y: inside ? y + GAP3 : fits3 ? below : y - card2.offsetHeight - GAP3
    });
  }
  function close2() {
    if (!open) return;
    open = false;
    sized.disconnect();
    const had = card2.contains(root.ownerDocument.activeElement);
    ring2.remove();
    card2.remove();
    if (had) takesFocus ? giveBack() : wallStop(root)?.focus({ preventScroll: true });
  }
  card2.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") close2();
    else if (event.key === "ArrowRight") go(1);
    else if (event.key === "ArrowLeft") go(-1);
    else return;
    event.preventDefault();
  });
  for (const kind of ["pointerdown", "wheel", "contextmenu"])
    card2.addEventListener(kind, (event) => event.stopPropagation());
  card2.addEventListener("f-close", close2);
  const sized = new ResizeObserver(draw);
  root.append(ring2, card2);
  for (const part2 of [root, ...STOPS.map(find)]) if (part2) sized.observe(part2);
  draw();
  if (takesFocus) next.focus({ preventScroll: true });
  return close2;
}
function inSight(part2) {
  return part2 !== null && part2.closest("[hidden]") === null && part2.getClientRects().length > 0;
}

// board/source/frame/keys.js
var GROUPS = [
  {
    title: "Moving about",
    rows: [
      [["ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight"], "From note to note"],
      [["Home", "End"], "To the first note, to the last"],
      [["Tab"], "Out of the wall, to the panel and the bars"],
      [["Ctrl+ArrowRight"], "Move the wall, with any arrow"],
      [["Space"], "Held down while dragging: move the wall"]
    ]
  },
  {
    title: "Notes",
    rows: [
      [["Enter", "F2"], "Edit the text; with no note focused, a new one"],
      [["Shift+ArrowRight"], "Select more, with any arrow"],
      [["Ctrl+a"], "Select all"],
      [["m", "Space"], "Move to a place chosen from a list"],
      [["Alt+ArrowRight"], "Nudge a free note, with any arrow"],
      [["!"], "Show the findings of the note"],
      [["Shift+F10"], "Menu of the note"],
      [["Ctrl+c", "Ctrl+v"], "Copy, paste; a pasted list becomes as many notes"],
      [["Escape"], "Let go; select nothing"]
    ]
  }
];
function showKeys(board, commands) {
  const actions = /* @__PURE__ */ new Map();
  for (const action of board.actions())
    if (action.keys && !action.id.startsWith("wall-")) actions.set(action.keys, [[action.keys], action.name]);
  const groups = [
    ...GROUPS,
    {
      title: "The board",
      rows: commands.flatMap(({ keys: keys2, name }) => (
        /** @type {[string[], string][]} */
        keys2 ? [[[keys2], name]] : []
      ))
    },
    { title: `Step ${board.step.number}, ${board.step.short}`, rows: [...actions.values()] }
  ];
  const help = (name, open) => button({
    name,
    words: name,
    kind: "small",
    run: () => {
      layer.close();
      open();
    }
  });
  const layer = openLayer(board.root, {
    title: "Keys",
    kind: "f-helping",
    content: [
      h(
        "div",
        { class: "f-helps", role: "group", "aria-label": "More help" },
        help("Take the tour", () => void startTour(board)),
        help("Glossary", () => showGlossary(board))
      ),
      h(
        "div",
        { class: "f-keys", tabindex: "0", "data-first": true, role: "group", "aria-label": "Table of keys" },
        groups.filter((group) => group.rows.length > 0).map(
          (group) => h(
            "section",
            null,
            h("h3", null, group.title),
            h(
              "table",
              null,
              h(
                "tbody",
                null,
                group.rows.map(
                  ([keys2, words4]) => h(
                    "tr",
                    null,
                    h(
                      "th",
                      { scope: "row" },
                      keys2.map((key) => h("kbd", null, keyWords(key)))
                    ),
                    h("td", null, words4)
                  )
                )
              )
            )
          )
        )
      )
    ]
  });
}

// board/source/frame/chooser.js
function chooseFrom(board, title2, items) {
  const picker = makePicker({
    label: title2,
    items,
    onpick: (item) => {
      layer.close();
      item.run();
    }
  });
  const layer = openLayer(board.root, { title: title2, content: [picker.element], kind: "f-choosing" });
  return layer.close;
}

// board/source/frame/palette.js
function openPalette(board, commands, steps) {
  const actions = board.actions();
  const offered = new Set(actions.map((action) => action.name));
  const own = commands.filter(
    (command) => !offered.has(command.name) && command.id !== "palette" && (command.able?.() ?? true)
  );
  chooseFrom(board, "What would you like to do?", [
    ...actions.map((action) => ({
      words: action.name,
      keys: action.keys,
      danger: action.danger,
      run: () => board.run(action)
    })),
    ...own.map(({ name, keys: keys2, run }) => ({ words: name, keys: keys2, run: () => run() })),
    ...steps.map((step) => ({
      words: `Go to step ${step.number}, ${step.short}`,
      also: step.question,
      run: () => board.setStep(step.number)
    }))
  ]);
}

// board/source/frame/commands.js
function makeCommands({ board, element: element2, wall: wall2, find, replay, trace, screen, togglePanel, changed }) {
  const able = () => mayEdit(board);
  const panelOpen = () => element2.dataset.panel !== "closed";
  const bar = [
    { id: "undo", name: "Undo", icon: "undo", keys: "Ctrl+z", able, run: () => void takeBack(board, true) },
    { id: "redo", name: "Redo", icon: "redo", keys: "Ctrl+Shift+z", able, run: () => void takeBack(board, false) },
    {
      id: "palette",
      name: "All commands",
      word: "Commands",
      icon: "palette",
      keys: "Ctrl+k",
      run: () => openPalette(board, all, STEPS)
    },
    { id: "find", name: "Find", word: "Find", icon: "find", keys: "Ctrl+f", run: () => find.open() },
    {
      id: "replay",
      name: "Replay the history",
      word: "Replay",
      icon: "replay",
      pressed: () => replay.on,
      run: () => replay.toggle()
    },
    {
      id: "trace",
      name: "Watch the trace",
      word: "Trace",
      icon: "trace",
      shown: () => trace.known,
      able: () => trace.known && board.replay === null,
      pressed: () => trace.on,
      run: () => trace.toggle()
    },
    {
      id: "export",
      name: "Export a picture",
      word: "Export",
      icon: "export",
      popup: "menu",
      run: (from) => openExportMenu(board, from)
    },
    { id: "keys", name: "Keys", icon: "keys", keys: "?", run: () => showKeys(board, all) },
    {
      id: "panel",
      name: "Panel beside the wall",
      icon: "panel",
      pressed: panelOpen,
      run: () => togglePanel()
    }
  ];
  const view = [
    {
      id: "hand",
      name: "Hand: drag to move the wall",
      icon: "hand",
      pressed: () => wall2.dataset.hand === "true",
      run: () => {
        wall2.dataset.hand = String(wall2.dataset.hand !== "true");
        changed();
      }
    },
    { id: "further", name: "Zoom out", icon: "minus", keys: "-", run: () => board.camera.zoomBy(1 / 1.25) },
    { id: "nearer", name: "Zoom in", icon: "plus", keys: "+", run: () => board.camera.zoomBy(1.25) },
    { id: "fit", name: "Show the whole wall", icon: "fit", keys: "0", run: () => board.camera.fit() },
    { id: "screen", name: "Full screen", icon: "whole", pressed: () => screen.on, run: () => void screen.toggle() }
  ];
  const help = [
    { id: "tour", name: "Tour of the board", icon: "keys", run: () => void startTour(board) },
    { id: "glossary", name: "Glossary", icon: "keys", run: () => showGlossary(board) }
  ];
  const all = [...bar, ...view, ...help];
  const command = (id2) => all.find((one) => one.id === id2);
  return {
    bar,
    view,
    byKey(event, typing) {
      const key = event.key.toLowerCase();
      if (event.altKey) return void 0;
      if (!event.ctrlKey && !event.metaKey)
        return typing ? void 0 : command({ "/": "find", "?": "keys" }[key] ?? "");
      const anywhere = event.shiftKey ? void 0 : { k: "palette", f: "find" }[key];
      const unlessTyping = typing ? void 0 : { z: event.shiftKey ? "redo" : "undo", y: "redo" }[key];
      return command(anywhere ?? unlessTyping ?? "");
    }
  };
}

// board/source/frame/entrance.js
var SECONDS_BETWEEN_LOOKS = 5;
function keepLookingAtDoor(board) {
  const look = () => {
    if (board.session.workshop?.facilitates && !board.root.ownerDocument.hidden) board.session.atDoor("look");
  };
  const timer2 = setInterval(look, SECONDS_BETWEEN_LOOKS * 1e3);
  let known5 = false;
  const first = board.session.on("workshop", () => {
    if (!known5) look();
    known5 = true;
  });
  let here = "";
  const coming = board.session.on("people", () => {
    const now = board.session.people.map((person) => person.id).join();
    if (now !== here) look();
    here = now;
  });
  return () => {
    clearInterval(timer2);
    first();
    coming();
  };
}
function entrancePart(board) {
  const { door } = board.session;
  if (!door) return null;
  if (!door.address) return h("p", { class: "f-part f-soft" }, door.trouble || "Guests cannot come in here.");
  const open = door.code !== null;
  const hours = door.left >= 5400 ? counted(Math.round(door.left / 3600), "hour") : counted(Math.ceil(door.left / 60), "minute");
  const title2 = `Guests: ${door.guests.length || "none yet"}`;
  const inside = [
    door.guests.length ? h("p", { class: "f-soft" }, h("bdi", null, shortened(door.guests.join(", "), 300))) : null,
    h(
      "p",
      null,
      "They go to ",
      h("a", { href: door.address, target: "_blank", rel: "noopener", class: "f-address" }, door.address)
    ),
    open ? h(
      "p",
      null,
      "and say ",
      h("strong", { class: "f-code" }, spaced2(String(door.code))),
      h("span", { class: "f-soft" }, ` for ${hours} more`)
    ) : h("p", { class: "f-soft" }, "The door is closed: nobody is let in."),
    open && door.qr ? h("img", { class: "f-qr", alt: "QR code of the join address", src: pictured(door.qr) }) : null,
    h(
      "div",
      { class: "f-row" },
      button({
        name: open ? "Change the code" : "Open the door with a new code",
        words: open ? "Change the code" : "Open the door",
        kind: "small",
        focus: "door-change",
        run: () => board.session.atDoor("change")
      }),
      open ? button({
        name: "Close the door…",
        words: "Close the door…",
        kind: "small",
        focus: "door-revoke",
        run: () => void close(board)
      }) : null,
      door.screen ? h("a", { href: door.screen, target: "_blank", rel: "noopener", class: "f-button f-small" }, "Big screen") : null
    )
  ];
  if (!board.session.workshop?.phase) return h("div", { class: "f-part f-entrance" }, h("p", null, title2), inside);
  return h(
    "details",
    { class: "f-fold f-entrance", "data-fold": "entrance" },
    h("summary", { "data-focus": "entrance" }, title2),
    inside
  );
}
async function close(board) {
  const answers2 = await askQuestions(
    board,
    "Close the door",
    [{ key: "sure", label: "Put all guests out; what they wrote stays", kind: "tick", value: true }],
    { button: "Close it", danger: true }
  );
  if (answers2?.sure) board.session.atDoor("revoke");
}
function spaced2(code) {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)} ${code.slice(half)}`;
}
function pictured(svg2) {
  const named3 = svg2.includes("xmlns=") ? svg2 : svg2.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(named3)}`;
}

// board/source/frame/find.js
function notesWith(scene7, query) {
  if (!query.trim()) return [];
  const texts2 = scene7.notes.map((note) => plain([note.text, ...note.lines ?? [], note.tag ?? ""].join(" ")));
  return matches(texts2, query).map((index) => scene7.notes[index]);
}
function makeFind(board) {
  let back = () => {
  };
  let found = [];
  let at2 = -1;
  const input = h("input", {
    type: "text",
    class: "f-input",
    "aria-label": "Find notes by text",
    placeholder: "Find on this wall",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => look(0, false),
    onkeydown: (event) => {
      if (event.isComposing || event.key !== "Enter") return;
      event.preventDefault();
      look(at2 + (event.shiftKey ? -1 : 1), true);
    }
  });
  const count3 = h("span", { class: "f-find-count", role: "status" });
  const element2 = h(
    "div",
    { class: "f-find", role: "search", hidden: true },
    input,
    count3,
    button({ name: "Note before", icon: "back", kind: "quiet", run: () => look(at2 - 1, true) }),
    button({ name: "Next note", icon: "forward", kind: "quiet", run: () => look(at2 + 1, true) }),
    button({ name: "Close", icon: "close", kind: "quiet", run: () => close2() })
  );
  function look(to, aloud) {
    found = notesWith(board.scene, input.value);
    at2 = found.length === 0 ? -1 : (to + found.length) % found.length;
    if (at2 < 0) {
      count3.textContent = input.value.trim() ? "None" : "";
      return;
    }
    const note = found[at2];
    count3.textContent = `${at2 + 1} of ${found.length}`;
    board.select([note.key], "only");
    board.camera.reveal(note);
    if (aloud) board.say(`${note.says}, ${at2 + 1} of ${found.length}`);
  }
  function close2() {
    element2.hidden = true;
    const note = found[at2];
    back();
    if (note && board.scene.notes.some((one) => one.key === note.key)) board.focus(note.key, { reveal: true });
  }
  element2.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const again = (event.ctrlKey || event.metaKey) && (event.key === "f" || event.key === "F");
    if (event.key === "Escape") close2();
    else if (again) input.select();
    else return;
    event.preventDefault();
  });
  for (const kind of ["pointerdown", "wheel", "contextmenu", "paste", "copy", "cut"]) {
    element2.addEventListener(kind, (event) => event.stopPropagation());
  }
  return {
    element: element2,
    open() {
      if (element2.hidden) back = rememberFocus(board.root);
      element2.hidden = false;
      at2 = -1;
      found = [];
      count3.textContent = "";
      input.focus();
      input.select();
    }
  };
}

// board/source/frame/notices.js
var AT_MOST = 4;
function staysFor(tone, text5, actions) {
  if (actions > 0 || tone === "warning" || tone === "error") return 0;
  return Math.max(7e3, 3e3 + text5.length * 80);
}
function makeNotices(root, speak) {
  const element2 = h("div", { class: "f-notices", role: "region", "aria-label": "Messages" });
  const open = /* @__PURE__ */ new Map();
  let paused = false;
  function dismiss2(notice) {
    const clock3 = open.get(notice);
    if (!clock3) return;
    clearTimeout(clock3.timer);
    open.delete(notice);
    const had = notice.contains(notice.ownerDocument.activeElement);
    notice.remove();
    if (had) (reachable(element2)[0] ?? wallStop(root))?.focus({ preventScroll: true });
  }
  function start(notice) {
    const clock3 = open.get(notice);
    if (!clock3 || clock3.left === 0 || paused) return;
    clock3.since = Date.now();
    clock3.timer = setTimeout(() => dismiss2(notice), clock3.left);
  }
  function pause() {
    if (paused) return;
    paused = true;
    for (const clock3 of open.values()) {
      clearTimeout(clock3.timer);
      if (clock3.left > 0) clock3.left = Math.max(2e3, clock3.left - (Date.now() - clock3.since));
    }
  }
  function goOn() {
    if (element2.matches(":hover") || element2.contains(element2.ownerDocument.activeElement)) return;
    paused = false;
    for (const notice of open.keys()) start(notice);
  }
  element2.addEventListener("pointerenter", pause);
  element2.addEventListener("pointerleave", goOn);
  element2.addEventListener("focusin", pause);
  element2.addEventListener("focusout", () => setTimeout(goOn));
  for (const kind of ["pointerdown", "wheel", "contextmenu"])
    element2.addEventListener(kind, (event) => event.stopPropagation());
  return {
    element: element2,
    show(tone, text5, actions = []) {
      const same3 = [...open].find(([, clock3]) => clock3.text === text5);
      if (same3) dismiss2(same3[0]);
      const notice = h(
        "div",
        { class: `f-notice f-notice-${tone}` },
        tone === "good" ? icon("live") : severityMark(tone),
        h("p", null, h("bdi", null, text5)),
        button({ name: `Dismiss: ${text5.slice(0, 60)}`, icon: "close", kind: "quiet", run: () => dismiss2(notice) }),
        actions.length === 0 ? null : h(
          "div",
          { class: "f-notice-acts" },
          actions.map(
            ({ name, run }) => button({
              name,
              words: name,
              kind: "small",
              run: () => {
                dismiss2(notice);
                run();
              }
            })
          )
        )
      );
      open.set(notice, { text: text5, left: staysFor(tone, text5, actions.length), timer: null, since: Date.now() });
      element2.append(notice);
      const passing = [...open].find(([, clock3]) => clock3.left > 0) ?? [...open][0];
      if (open.size > AT_MOST) dismiss2(passing[0]);
      start(notice);
      speak(text5, tone === "warning" || tone === "error");
    }
  };
}

// board/source/frame/decisions.js
var SECTIONS2 = (
  /** @type {const} */
  ["events", "policies", "entities", "contexts", "services", "listeners"]
);
function decisionsSection(board) {
  const { doc } = board.session;
  const decisions = Object.entries(doc.decisions ?? {});
  if (decisions.length === 0) return null;
  return h(
    "section",
    { class: "f-section", "aria-label": "Decisions" },
    h(
      "details",
      { class: "f-decided", "data-fold": "decisions" },
      h(
        "summary",
        { "data-focus": "decisions" },
        h("h3", null, "Decisions", h("span", { class: "f-tally" }, String(decisions.length)))
      ),
      h(
        "ul",
        { class: "f-decisions" },
        decisions.map(([id2, decision]) => h("li", null, decisionCard(board, id2, decision)))
      )
    )
  );
}
function decisionCard(board, id2, { text: text5, because: because2, about }) {
  const ref = about === void 0 ? null : refOf(board.session.doc, about);
  const inSight2 = ref !== null && board.scene.notes.some((note) => note.key === ref);
  return h(
    "article",
    { class: "f-decision" },
    h("p", { class: "f-what", dir: "auto" }, text5),
    because2 ? h("p", { class: "f-soft", dir: "auto" }, `Because ${because2}`) : null,
    h(
      "div",
      { class: "f-finding-acts" },
      ref && inSight2 ? button({
        name: `Show ${titleOf(board.session.doc, ref)}`,
        words: `Show “${shortened(titleOf(board.session.doc, ref), 30)}”`,
        kind: "small f-quiet",
        focus: `decision-show-${id2}`,
        run: () => {
          board.select([ref]);
          board.focus(ref);
        }
      }) : null,
      mayEdit(board) ? button({
        name: `Remove the decision “${shortened(text5)}”`,
        words: "Remove",
        kind: "small f-quiet",
        focus: `decision-remove-${id2}`,
        run: () => void board.do([{ kind: "remove", of: "decisions", id: id2 }], "Decision removed.")
      }) : null
    )
  );
}
function refOf(doc, id2) {
  const section2 = SECTIONS2.find((one) => doc[one]?.[id2] !== void 0);
  return section2 ? `${section2}/${id2}` : null;
}

// board/source/frame/agenda.js
var DAYS = [
  "",
  "Day 1, with everybody",
  "Day 2, technical team",
  "Day 3, technical team",
  "Day 4, technical team",
  "Day 5, technical team"
];
function agendaFold(board, workshop) {
  const planned = new Map(workshop.agenda.map((slot) => [slot.id, slot.minutes]));
  const all = workshop.phases ?? workshop.agenda;
  const days = [...new Set(all.map((slot) => slot.day))];
  return h(
    "details",
    { class: "f-fold f-agenda", "data-fold": "agenda" },
    h("summary", { "data-focus": "agenda" }, "Agenda and timings"),
    days.map((day) => {
      const slots = all.filter((slot) => slot.day === day);
      const minutes = slots.reduce((sum, slot) => sum + (planned.get(slot.id) ?? 0), 0);
      return [
        h("h4", null, DAYS[day] ?? `Day ${day}`, h("span", { class: "f-tally" }, spell(minutes))),
        h(
          "ul",
          { class: "f-lines" },
          slots.map((slot) => h("li", null, line(board, workshop, slot, planned)))
        )
      ];
    })
  );
}
function line(board, workshop, { id: id2, name, minutes }, planned) {
  const on = planned.get(id2);
  const current = workshop.phase?.id === id2;
  const plan = (value) => void board.do(
    [{ kind: "plan", minutes: { [id2]: value } }],
    value ? `${name}: ${value} minutes.` : `${name} is off the agenda.`
  );
  let now = on ?? 0;
  const commit = () => {
    const value = Math.round(Number(field.value));
    const fine = field.value.trim() !== "" && value >= 0 && value <= 1440;
    if (!fine) field.value = String(now);
    else if (value !== now) {
      now = value;
      plan(value || null);
    }
  };
  const field = h("input", {
    type: "number",
    min: 0,
    max: 1440,
    value: on ?? 0,
    class: "f-input f-number",
    "aria-label": `Minutes of ${name}; 0 takes it off the agenda`,
    title: `Usually ${minutes} minutes; 0 takes it off the agenda`,
    "data-focus": `plan-${id2}`,
    onchange: () => commit(),
    onkeydown: (event) => {
      if (event.key === "Enter") commit();
    }
  });
  return h(
    "div",
    {
      class: `f-row f-slot${current ? " f-current" : ""}${on === void 0 ? " f-off" : ""}`,
      "aria-current": current ? "step" : null
    },
    h("span", { class: "f-slot-name" }, name),
    field,
    h("span", { class: "f-soft", "aria-hidden": "true" }, "min"),
    button({
      name: `Go to ${name}`,
      icon: "forward",
      kind: "quiet",
      focus: `go-${id2}`,
      run: () => void board.do(goTo(id2), `Now ${name}.`)
    })
  );
}
function spell(minutes) {
  const [hours, rest2] = [Math.floor(minutes / 60), minutes % 60];
  return hours ? `${hours} h ${rest2 ? `${rest2} min` : ""}`.trim() : `${rest2} min`;
}

// board/source/frame/conducting.js
function peoplePart(board) {
  const state = board.session.doc.workshop ?? {};
  const id2 = freshId("driver");
  const all = drivers(board);
  const now = state.driver;
  if (now && !all.some((one) => one.person === now.person))
    all.push({ person: now.person, name: now.name || "Somebody" });
  const chosen3 = [...board.selection].map((key) => key.split("#")[0]).find((key) => board.scene.notes.some((note) => note.ref === key));
  const lit = state.spotlight;
  return h(
    "div",
    { class: "f-part" },
    h(
      "div",
      { class: "f-row" },
      toggle(
        "Blind",
        "Each sees only their own notes",
        state.blind,
        "steer-blind",
        steer(
          board,
          () => conduct({ blind: !state.blind }),
          state.blind ? "Revealed." : "Each sees only their own notes."
        ),
        state.blind ? "Reveal" : void 0
      ),
      toggle(
        "Lock",
        "Only facilitators edit",
        state.locked,
        "steer-lock",
        steer(board, () => conduct({ locked: !state.locked }), state.locked ? "Opened." : "Locked."),
        state.locked ? "Unlock" : void 0
      ),
      button({
        name: "Bring everyone here",
        words: "Everyone here",
        kind: "small",
        focus: "steer-here",
        run: steer(board, () => callHere(board), "Everyone is called here.")
      }),
      lit ? button({
        name: "Spotlight off: nothing in particular to look at",
        words: "Spotlight off",
        kind: "small",
        focus: "steer-spotlight",
        run: steer(board, () => conduct({ spotlight: null }), "No spotlight.")
      }) : button({
        name: "Spotlight on the selected note",
        words: "Spotlight",
        kind: "small",
        focus: "steer-spotlight",
        run: () => chosen3 ? void board.do(conduct({ spotlight: chosen3 }), "Spotlight on.") : board.notice("note", "Select the note first that all should look at.")
      })
    ),
    h(
      "div",
      { class: "f-row" },
      h("label", { for: id2 }, "Driver"),
      h(
        "select",
        {
          id: id2,
          class: "f-input f-tight",
          "data-focus": "steer-driver",
          onchange: (event) => {
            const person = (
              /** @type {HTMLSelectElement} */
              event.target.value
            );
            const one = all.find((other) => other.person === person);
            void board.do(conduct({ driver: one ?? null }), one ? `${one.name} drives.` : "All drive.");
          }
        },
        h("option", { value: "", selected: !now }, "everybody"),
        all.map(
          (one) => h("option", { value: one.person, selected: one.person === now?.person }, shortened(one.name, 30))
        )
      ),
      button({
        name: "Rotate the driver",
        words: "Rotate",
        kind: "small",
        focus: "steer-rotate",
        run: () => {
          const one = nextDriver(board);
          void board.do(conduct({ driver: one }), `${one.name} drives.`);
        }
      })
    )
  );
}
function votePart(board) {
  const { voting: voting2 } = board.session.doc.workshop ?? {};
  if (voting2) {
    return h(
      "div",
      { class: "f-part f-row" },
      h("span", null, `Vote: ${counted(voting2.dots ?? DOTS, "dot")} each${voting2.hidden === false ? "" : ", hidden"}`),
      button({
        name: "Close the vote and show the dots",
        words: "Close the vote",
        kind: "strong",
        focus: "steer-vote",
        run: steer(board, () => conduct({ voting: null }), "The vote is closed.")
      })
    );
  }
  const [id2, hide] = [freshId("dots"), freshId("hidden")];
  const dots = h("input", {
    id: id2,
    type: "number",
    min: 1,
    max: 50,
    value: DOTS,
    class: "f-input f-number",
    "data-focus": "steer-dots"
  });
  const hidden2 = h("input", { id: hide, type: "checkbox", checked: true, "data-focus": "steer-hidden" });
  return h(
    "div",
    { class: "f-part f-row", role: "group", "aria-label": "Dot voting" },
    h("label", { for: id2 }, "Dots each"),
    dots,
    h("label", { class: "f-tick", for: hide }, hidden2, "hidden"),
    button({
      name: "Open a vote on hot spots and boundaries",
      words: "Open a vote",
      kind: "small",
      focus: "steer-vote",
      run: () => {
        const number2 = Math.min(50, Math.max(1, Math.round(Number(dots.value)) || DOTS));
        void board.do(
          conduct({ voting: { dots: number2, hidden: hidden2.checked } }),
          `A vote with ${counted(number2, "dot")} each is open.`
        );
      }
    })
  );
}
function toggle(word, title2, pressed, focus, run, instead2) {
  return button({
    name: instead2 ? `${instead2}: ${title2} now` : `${word}: ${title2}`,
    words: instead2 ?? word,
    kind: `small${pressed ? " f-on" : ""}`,
    focus,
    run
  });
}
function steer(board, edits, words4) {
  return () => void board.do(edits(), words4);
}

// board/source/frame/facilitating.js
function facilitatorSection(board) {
  const { workshop } = board.session;
  if (!workshop?.facilitates) return null;
  return h(
    "section",
    { class: "f-section f-facilitating", "aria-label": "Facilitating" },
    h("h3", null, "Facilitating"),
    phasePart(board, workshop),
    workshop.phase ? null : entrancePart(board),
    timerPart(board, workshop),
    peoplePart(board),
    votePart(board),
    quietPart(board),
    workshop.phase ? entrancePart(board) : null,
    agendaFold(board, workshop),
    parkingFold(board)
  );
}
function phasePart(board, workshop) {
  const { phase, next, back, agenda } = workshop;
  const named3 = (id2) => agenda.find((one) => one.id === id2)?.name ?? "";
  return h(
    "div",
    { class: "f-part" },
    phase ? h("p", null, h("strong", null, phase.name), h("span", { class: "f-soft" }, ` · day ${phase.day}`)) : h("p", { class: "f-soft" }, "No phase is on: everything is open to everybody."),
    h(
      "div",
      { class: "f-row" },
      back === null ? null : button({
        name: `Back to ${named3(back)}`,
        words: "Back",
        icon: "back",
        kind: "small",
        focus: "steer-back",
        run: steer(board, () => goTo(back), `Back to ${named3(back)}.`)
      }),
      next === null ? null : button({
        name: phase ? `Next: ${named3(next)}` : "Begin the workshop",
        words: phase ? `Next: ${named3(next)}` : "Begin the workshop",
        icon: "forward",
        kind: "strong",
        focus: "steer-next",
        run: steer(board, () => goTo(next), `Now ${named3(next)}.`)
      })
    )
  );
}
function timerPart(board, workshop) {
  if (workshop.left === null) return null;
  const now = () => Math.max(0, secondsLeft(board.session.workshop) ?? 0);
  return h(
    "div",
    { class: "f-part f-row", role: "group", "aria-label": "Timer" },
    button({
      name: workshop.running ? "Pause the timer" : `Start at ${clock(now())}, the timer`,
      words: workshop.running ? "Pause" : `Start at ${clock(now())}`,
      icon: workshop.running ? "pause" : "play",
      kind: "small",
      focus: "steer-timer",
      run: steer(board, () => timer(now(), !workshop.running), workshop.running ? "Paused." : "Running.")
    }),
    button({
      name: "+1 min: one minute more",
      words: "+1 min",
      kind: "small",
      focus: "steer-more",
      run: steer(board, () => timer(now() + 60, workshop.running), "One minute more.")
    }),
    button({
      name: "−1 min: one minute less",
      words: "−1 min",
      kind: "small",
      focus: "steer-less",
      run: steer(board, () => timer(now() - 60, workshop.running), "One minute less.")
    })
  );
}
function quietPart(board) {
  const { quiet, workshop } = board.session;
  if (!workshop?.phase) return null;
  const words4 = quiet.length ? quiet.map((name) => shortened(name, 30)).join(", ") : "everybody has";
  return h(
    "p",
    { class: "f-part f-quietly" },
    h("span", { class: "f-soft" }, quiet.length ? "Not spoken yet: " : "Spoken: "),
    h("bdi", null, words4)
  );
}
function parkingFold(board) {
  const parked2 = Object.entries(board.session.doc.board?.parked ?? {});
  if (!parked2.length) return null;
  return h(
    "details",
    { class: "f-fold", "data-fold": "parking" },
    h("summary", { "data-focus": "parking" }, `Parking lot: ${counted(parked2.length, "note")}`),
    h(
      "ul",
      { class: "f-lines" },
      parked2.map(
        ([id2, note]) => h(
          "li",
          { class: "f-row" },
          h("bdi", null, shortened(String(note?.name ?? id2), 60)),
          button({
            name: `Bring back ${note?.name ?? id2}`,
            words: "Bring back",
            kind: "small f-quiet",
            focus: `unpark-${id2}`,
            run: steer(board, () => [{ kind: "unpark", event: id2 }], "Brought back.")
          })
        )
      )
    )
  );
}

// board/source/frame/finding_card.js
function findingCard(board, finding, withStep = false) {
  const id2 = freshId("finding");
  const gone = finding.dismissed !== null && finding.dismissed !== void 0;
  const changeable = mayEdit(board);
  const { fix } = finding;
  const act = (name, kind, run) => button({
    name: `${name}: ${finding.what}`,
    words: name,
    kind: `small ${kind}`,
    focus: `${name}-${finding.key}`,
    run
  });
  const { key, what } = finding;
  return h(
    "article",
    { class: `f-finding${gone ? " f-gone" : ""}`, "aria-labelledby": id2 },
    severityMark(finding.severity),
    h(
      "p",
      { id: id2 },
      h(
        "span",
        { class: "f-severity-word" },
        severityWord(finding.severity),
        withStep ? `, step ${finding.step}` : "",
        ". "
      ),
      h("bdi", null, what)
    ),
    h(
      "p",
      { class: "f-remedy" },
      gone ? "Dismissed: " : null,
      h("bdi", null, gone ? finding.dismissed : finding.remedy)
    ),
    h(
      "div",
      { class: "f-finding-acts" },
      changeable && fix && !gone ? act("Mend it", "f-mend", () => void board.do([fix], `Mended: ${what}`)) : null,
      finding.where.length > 0 ? act("Show", "f-quiet", () => showWhere(board, finding)) : null,
      changeable && !gone ? act("Dismiss", "f-quiet", () => void dismiss(board, finding)) : null,
      changeable && gone ? act(
        "Take up again",
        "f-quiet",
        () => void board.do([{ kind: "dismiss", finding: key, because: null }], `Taken up again: ${what}`)
      ) : null,
      finding.why || finding.source ? h(
        "details",
        { class: "f-why", "data-fold": `why-${key}` },
        h("summary", { "data-focus": `why-${key}` }, "Why", h("span", { class: "f-unseen" }, `: ${what}`)),
        h("p", null, finding.why),
        finding.source ? h("p", { class: "f-source" }, finding.source) : null
      ) : null
    )
  );
}
function isAbout(finding, ref) {
  return ref !== void 0 && finding.where.some((place2) => place2 === ref || place2.startsWith(`${ref}/`));
}
function showWhere(board, finding) {
  const note = () => board.scene.notes.find((one) => isAbout(finding, one.key)) ?? board.scene.notes.find((one) => isAbout(finding, one.ref));
  const place2 = () => board.scene.regions.find((one) => isAbout(finding, one.ref));
  if (!note() && !place2() && finding.step !== board.step.number) board.setStep(finding.step);
  const [found, region] = [note(), place2()];
  if (found) {
    board.select([found.key], "only");
    board.focus(found.key, { reveal: true });
  } else if (region) board.camera.reveal(region);
  else board.say("There is no note for this finding on the wall.");
}
async function dismiss(board, finding) {
  const answers2 = await askQuestions(
    board,
    "Dismiss this finding",
    [
      {
        key: "because",
        label: "Why is it fine as it is?",
        kind: "text",
        hint: `${finding.what} The reason stays with the storm; anybody can take the finding up again.`
      }
    ],
    { button: "Dismiss" }
  );
  if (answers2)
    await board.do([{ kind: "dismiss", finding: finding.key, because: answers2.because }], `Dismissed: ${finding.what}`);
}

// board/source/frame/findings.js
var AT_ONCE = 20;
var UNJUDGED = 1;
var GRAVITY = { error: 0, warning: 1, note: 2 };
function sorted2(findings, step) {
  const all = Object.values(findings);
  const rank = (one) => (one.step === step ? 0 : 10) + (GRAVITY[one.severity] ?? 2);
  return {
    open: all.filter((one) => one.dismissed === null || one.dismissed === void 0).sort((a, b) => rank(a) - rank(b)),
    dismissed: all.filter((one) => one.dismissed !== null && one.dismissed !== void 0)
  };
}
function findingsSection(board, shown, redraw) {
  const step = board.step.number;
  const { open, dismissed } = sorted2(board.session.insight?.findings ?? {}, step);
  const here = open.filter((one) => one.step === step && step !== UNJUDGED);
  const elsewhere = open.filter((one) => !here.includes(one));
  const room = shown.all ? open.length : AT_ONCE;
  const calm = step === UNJUDGED ? "Nothing is judged while you write." : "Nothing to mend at this step.";
  return h(
    "section",
    { class: "f-section", "aria-label": "Findings" },
    h("h3", null, "Findings", h("span", { class: "f-tally" }, here.length ? `${here.length} at this step` : "")),
    here.length === 0 ? h("p", { class: "f-soft" }, calm) : cards(board, here.slice(0, room)),
    elsewhere.length === 0 ? null : fold2(
      "elsewhere",
      `${elsewhere.length} ${step === UNJUDGED ? "for later" : "at other steps"}`,
      cards(board, elsewhere.slice(0, room), true)
    ),
    open.length <= room ? null : button({
      name: `Show all ${open.length} findings`,
      words: `Show all ${open.length}`,
      kind: "small",
      focus: "findings-all",
      run: () => {
        shown.all = true;
        redraw();
      }
    }),
    dismissed.length === 0 ? null : fold2("dismissed", `${dismissed.length} dismissed`, cards(board, dismissed, true))
  );
}
function fold2(key, title2, content4) {
  return h(
    "details",
    { class: "f-fold", "data-fold": `findings-${key}` },
    h("summary", { "data-focus": `findings-${key}` }, title2),
    content4
  );
}
function cards(board, findings, withStep = false) {
  return findings.length === 0 ? null : h(
    "ul",
    { class: "f-findings" },
    findings.map((one) => h("li", null, findingCard(board, one, withStep)))
  );
}
function showFindings(board, ref, at2) {
  const { root } = board;
  root.querySelector(".f-popover")?.dispatchEvent(new CustomEvent("f-close"));
  const { open } = sorted2(board.session.insight?.findings ?? {}, board.step.number);
  const about = open.filter((one) => isAbout(one, ref));
  if (about.length === 0) return () => {
  };
  const back = rememberFocus(root);
  const popover = h(
    "div",
    { class: "f-popover", role: "dialog", "aria-label": "Findings of this note", tabindex: "-1" },
    h(
      "div",
      { class: "f-popover-head" },
      h("h3", null, about.length === 1 ? "One finding" : `${about.length} findings`),
      button({ name: "Close", icon: "close", kind: "quiet", run: () => close2() })
    ),
    cards(board, about, true)
  );
  function close2(giveBack = true) {
    if (!popover.isConnected) return;
    root.ownerDocument.removeEventListener("pointerdown", outside, true);
    stop();
    popover.remove();
    if (giveBack) back();
  }
  function outside(event) {
    const path2 = event.composedPath();
    if (!path2.includes(popover) && !path2.some((one) => one instanceof Element && one.classList.contains("f-veil")))
      close2(false);
  }
  popover.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close2();
  });
  for (const kind of ["pointerdown", "wheel", "contextmenu"])
    popover.addEventListener(kind, (event) => event.stopPropagation());
  popover.addEventListener("f-close", () => close2(false));
  const stop = board.session.on("insight", () => {
    const left = board.session.insight.findings;
    if (about.some((one) => !left[one.key] || left[one.key].dismissed))
      close2(popover.contains(root.ownerDocument.activeElement));
  });
  root.append(popover);
  keepInside(root, popover, at2);
  root.ownerDocument.addEventListener("pointerdown", outside, true);
  (reachable(popover)[1] ?? popover).focus({ preventScroll: true });
  return close2;
}

// board/source/frame/gathered.js
var AT_ONCE2 = 20;
function gatheredSection(board) {
  const alike = board.session.insight?.alike ?? [];
  if (!alike.length || board.session.doc.workshop?.blind) return null;
  return h(
    "section",
    { class: "f-section", "aria-label": "Gathered for merging" },
    h("h3", null, "Gathered for merging", h("span", { class: "f-tally" }, String(alike.length))),
    h(
      "ul",
      { class: "f-lines" },
      alike.slice(0, AT_ONCE2).map((pair) => h("li", { class: "f-pair" }, card(board, pair)))
    )
  );
}
function card(board, { notes, names: names2, why, edit }) {
  const key = notes.join(",");
  const [one, other] = names2.map((name) => shortened(name, 50));
  const here = () => notes.filter((ref) => board.scene.notes.some((note) => note.key === ref));
  return [
    h("p", null, h("bdi", null, `“${one}”`), " and ", h("bdi", null, `“${other}”`)),
    h("p", { class: "f-soft" }, why),
    h(
      "div",
      { class: "f-row" },
      button({
        name: `Merge “${other}” into “${one}”`,
        words: "Merge",
        kind: "small",
        focus: `merge-${key}`,
        run: () => void board.do([edit], `Merged into ${one}.`)
      }),
      button({
        name: `Show “${one}” and “${other}”`,
        words: "Show",
        kind: "small f-quiet",
        focus: `show-${key}`,
        run: () => {
          board.select(here());
          if (here().length) board.focus(here()[0]);
        }
      }),
      button({
        name: `“${one}” and “${other}” are not the same`,
        words: "Not the same",
        kind: "small f-quiet",
        focus: `apart-${key}`,
        run: () => void tellApart(board, key, one, other)
      })
    )
  ];
}
async function tellApart(board, key, one, other) {
  const answers2 = await askQuestions(
    board,
    "These are not the same",
    [{ key: "because", label: "What tells them apart?", kind: "text", hint: `${one}; ${other}` }],
    { button: "Keep both" }
  );
  if (answers2)
    await board.do([{ kind: "dismiss", finding: `near-duplicate:${key}`, because: answers2.because }], "Both are kept.");
}

// board/source/frame/legend.js
var WORDS = {
  event: "event",
  command: "command",
  actor: "actor",
  policy: "policy",
  external: "external system",
  schedule: "schedule",
  aws: "AWS event",
  aggregate: "entity",
  hotspot: "hot spot",
  contract: "contract",
  listener: "listener",
  workflow: "workflow"
};
var PAINT = { schedule: "external", aws: "external", contract: "card", listener: "card", workflow: "policy" };
var LINES = {
  crossing: "crosses a border",
  hears: "hears",
  puts: "puts on the bus",
  then: "then",
  time: "time",
  listens: "listens"
};
function wordFor({ kind, shape }) {
  return kind === "aggregate" && shape === "card" ? "service" : WORDS[kind];
}
function legendOf(scene7) {
  const papers = /* @__PURE__ */ new Map();
  for (const note of scene7.notes) {
    const word = wordFor(note);
    if (!papers.has(word)) papers.set(word, { word, kind: note.kind, shape: note.shape });
  }
  const order2 = Object.keys(WORDS);
  const tones = new Set(scene7.arrows.map((arrow2) => arrow2.tone));
  return {
    papers: [...papers.values()].sort((one, other) => order2.indexOf(one.kind) - order2.indexOf(other.kind)),
    lines: Object.keys(LINES).filter((tone) => tones.has(
      /** @type {any} */
      tone
    ))
  };
}
function legendSection(scene7) {
  const { papers, lines: lines2 } = legendOf(scene7);
  if (papers.length + lines2.length === 0) return null;
  return h(
    "section",
    { class: "f-section", "aria-label": "Legend" },
    h("h3", null, "Legend"),
    h(
      "ul",
      { class: "f-legend" },
      papers.map(({ word, kind, shape }) => h("li", null, swatch(kind, shape), h("span", null, word))),
      lines2.map((tone) => h("li", null, stroke(tone), h("span", null, LINES[tone])))
    )
  );
}
function swatch(kind, shape) {
  const fill2 = `fill: var(--ab-${PAINT[kind] ?? kind})`;
  const frame = { viewBox: "0 0 18 18", class: `f-swatch f-of-${shape}`, "aria-hidden": "true" };
  if (shape === "hex") return svg("svg", frame, svg("path", { d: "M9 1 16 5v8L9 17 2 13V5z", style: fill2 }));
  if (shape === "card") {
    return svg(
      "svg",
      frame,
      svg("path", { d: "M2 2.5h12.5a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H2z" }),
      svg("path", { d: "M2 2v14", "stroke-width": 3 })
    );
  }
  const turned2 = kind === "hotspot" ? "rotate(-6 9 9)" : null;
  const [y, height, round2] = shape === "chip" ? [5, 8, 4] : [1.5, 15, 2];
  return svg("svg", frame, svg("rect", { x: 1.5, y, width: 15, height, rx: round2, style: fill2, transform: turned2 }));
}
function stroke(tone) {
  return svg(
    "svg",
    { viewBox: "0 0 18 18", class: `f-swatch f-line f-line-${tone}`, "aria-hidden": "true" },
    svg("path", { d: "M1 9h12M10.5 5.5 14.5 9l-4 3.5" })
  );
}

// board/source/frame/voting.js
function votingSection(board) {
  const { doc, workshop } = board.session;
  if (!workshop || !doc.workshop) return null;
  const things = [
    ...Object.entries(doc.hotspots ?? {}).map(([id2, one]) => ({
      key: `hotspots/${id2}`,
      words: one.text,
      votes: one.votes ?? [],
      owner: one.owner
    })),
    ...Object.entries(doc.contexts ?? {}).map(([id2, one]) => ({
      key: `contexts/${id2}`,
      words: titleOf(doc, `contexts/${id2}`),
      votes: one.votes ?? [],
      owner: one.owner
    }))
  ];
  const dots = workshop.dots;
  const shown = dots ? things : things.filter((one) => one.votes.length);
  if (!shown.length) return null;
  const hidden2 = Boolean(doc.workshop.voting) && doc.workshop.voting?.hidden !== false;
  if (!hidden2) shown.sort((one, other) => other.votes.length - one.votes.length);
  const left = dots ? dots.of - Object.keys(dots.on).length : 0;
  return h(
    "section",
    { class: "f-section", "aria-label": "Votes" },
    h("h3", null, "Votes", h("span", { class: "f-tally" }, dots ? `${left} of ${dots.of} dots left` : "")),
    hidden2 ? h("p", { class: "f-soft" }, "Each sees only their own dots until the vote is closed.") : null,
    h(
      "ul",
      { class: "f-lines" },
      shown.map((one) => h("li", { class: "f-row" }, line2(board, one, hidden2)))
    )
  );
}
function line2(board, one, hidden2) {
  const dots = board.session.workshop?.dots;
  const mine = dots ? one.key in dots.on : false;
  const kind = one.key.startsWith("contexts/") ? "Boundary" : "Hot spot";
  return [
    h(
      "span",
      { class: "f-slot-name" },
      h("span", { class: "f-soft" }, `${kind} `),
      h("bdi", null, shortened(one.words, 80)),
      one.owner ? h("span", { class: "f-soft" }, ` · ${shortened(one.owner, 30)}`) : null
    ),
    hidden2 ? null : h("span", { class: "f-tally" }, counted(one.votes.length, "dot")),
    dots ? button({
      name: `${mine ? "Take back your dot on" : "Put a dot on"} ${one.words}`,
      words: mine ? "Take back" : "Dot",
      kind: `small${mine ? " f-on" : ""}`,
      focus: `dot-${one.key}`,
      run: () => void board.do(votes(board, [one.key]).edits, mine ? "Dot taken back." : "Dot put.")
    }) : null
  ];
}

// board/source/frame/panel.js
function makePanel(board, left) {
  const inside = h("div", { class: "f-panel-inside" });
  const element2 = h("aside", { class: "f-panel", "aria-label": "Beside the wall", tabindex: "-1" }, inside);
  const shown = { all: false };
  let stale = false;
  let held = false;
  function make() {
    const active = element2.ownerDocument.activeElement;
    const within5 = active !== null && inside.contains(active);
    if (held || within5 && takesText(active)) {
      stale = true;
      return;
    }
    stale = false;
    const focus = within5 ? active.getAttribute("data-focus") : null;
    const turn = within5 ? reachable(inside).indexOf(
      /** @type {HTMLElement} */
      active
    ) : -1;
    const scroll = element2.scrollTop;
    const open = new Set(
      [...inside.querySelectorAll("details[data-fold][open]")].map((one) => one.getAttribute("data-fold"))
    );
    inside.replaceChildren(...parts2().filter((part2) => part2 !== null));
    for (const fold3 of inside.querySelectorAll("details[data-fold]")) {
      if (open.has(fold3.getAttribute("data-fold"))) fold3.setAttribute("open", "");
    }
    element2.scrollTop = scroll;
    if (!within5) return;
    const stops = reachable(inside);
    const neighbour = stops[Math.min(turn, stops.length - 1)];
    (marked(inside, "data-focus", focus) ?? neighbour ?? element2).focus({ preventScroll: true });
  }
  function parts2() {
    if (board.replay !== null) {
      const words4 = `You look at revision ${board.replay}. Findings and numbers are about now; go back to see them.`;
      return [
        h("section", { class: "f-section", "aria-label": "Replay" }, h("p", { class: "f-soft" }, words4)),
        legendSection(board.scene)
      ];
    }
    const own = board.step.panel?.(board) ?? null;
    if (own) own.classList.add("f-section", "f-own");
    return [
      facilitatorSection(board),
      votingSection(board),
      gatheredSection(board),
      own,
      findingsSection(board, shown, draw),
      decisionsSection(board),
      legendSection(board.scene)
    ];
  }
  const draw = oncePerFrame(() => {
    if (element2.isConnected && !element2.closest('[data-panel="closed"]')) make();
  });
  const caughtUp = () => {
    if (stale) draw();
  };
  element2.addEventListener("focusout", () => setTimeout(caughtUp));
  element2.addEventListener("pointerdown", () => {
    held = true;
    element2.ownerDocument.addEventListener("pointerup", letGo, { once: true });
    element2.ownerDocument.addEventListener("pointercancel", letGo, { once: true });
  });
  element2.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || takesText(event.target)) return;
    event.stopPropagation();
    wallStop(board.root)?.focus({ preventScroll: true });
    left();
  });
  function letGo() {
    setTimeout(() => {
      held = false;
      caughtUp();
    });
  }
  return {
    element: element2,
    draw,
    stepChanged: () => {
      shown.all = false;
      element2.scrollTop = 0;
      draw();
    }
  };
}

// board/source/frame/people.js
var ROOM_FOR = 4;
function initials2(name) {
  const words4 = name.normalize("NFC").split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words4.map((word) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? "");
  const chosen3 = letters.length > 1 ? [letters[0], letters[letters.length - 1]] : letters;
  return chosen3.join("").toUpperCase() || "?";
}
function makePeople(board, steps) {
  const element2 = h("div", { class: "f-people", role: "group", "aria-label": "People here" });
  const settle = roving(element2);
  let drawn = "";
  function draw() {
    const { me, people } = board.session;
    const others = people.filter((person) => person.id !== me.id && person.here !== false);
    const shown = others.length > ROOM_FOR ? others.slice(0, ROOM_FOR - 1) : others;
    const print = JSON.stringify([me, ...others].map(({ id: id2, name, hue, step }) => [id2, name, hue, step]));
    if (print === drawn) return;
    drawn = print;
    const active = element2.ownerDocument.activeElement;
    const had = active && element2.contains(active) ? active.getAttribute("data-focus") : null;
    element2.replaceChildren(
      ...shown.map((person) => circle(person, at(person, steps), () => visit(board, person))),
      ...shown.length < others.length ? [rest(board, others, steps)] : [],
      circle(me, ", you: change your name", () => void askName(board, draw), true)
    );
    settle();
    if (had) (marked(element2, "data-focus", had) ?? element2.querySelector("button"))?.focus();
  }
  return { element: element2, draw };
}
function circle(person, more2, run, mine = false) {
  const name = person.name || (mine ? "No name yet" : "Somebody");
  const letters = initials2(person.name || (mine ? "You" : ""));
  const words4 = `${name}${more2}`;
  const round2 = h(
    "button",
    {
      type: "button",
      class: `f-person${mine ? " f-me" : ""}`,
      "aria-label": `${letters}: ${words4}`,
      title: words4,
      "data-focus": `person-${person.id}`,
      onclick: run
    },
    letters
  );
  round2.style.setProperty("--hue", serviceHue((person.hue || 0) % HUES, "light"));
  return round2;
}
function rest(board, others, steps) {
  const sign = `+${others.length - ROOM_FOR + 1}`;
  const words4 = `All ${others.length} other people here`;
  const more2 = h(
    "button",
    {
      type: "button",
      class: "f-person f-rest",
      "aria-label": `${sign}: ${words4}`,
      title: words4,
      "aria-haspopup": "menu",
      "data-focus": "person-rest",
      onclick: () => {
        const [place2, frame] = [more2.getBoundingClientRect(), board.root.getBoundingClientRect()];
        openMenu(
          board.root,
          { x: place2.left - frame.left, y: place2.bottom - frame.top + 6 },
          others.map((person) => ({
            name: `${person.name || "Somebody"}${at(person, steps)}`,
            run: () => visit(board, person)
          })),
          "People here"
        );
      }
    },
    sign
  );
  return more2;
}
function at(person, steps) {
  const step = steps.find((one) => one.number === person.step);
  return step ? `, at step ${step.number}, ${step.short}` : "";
}
function visit(board, person) {
  const { step, pointer } = board.session.people.find((one) => one.id === person.id) ?? person;
  if (step && step !== board.step.number) board.setStep(step);
  if (pointer) board.camera.reveal({ x: pointer[0] - 80, y: pointer[1] - 80, w: 160, h: 160 });
}
async function askName(board, done) {
  const answers2 = await askQuestions(
    board,
    "Your name",
    [
      {
        key: "name",
        label: "Name",
        kind: "text",
        value: board.session.me.name,
        hint: "It stands beside your edits, for everybody to see."
      }
    ],
    { button: "Take this name" }
  );
  if (!answers2) return;
  board.session.tell({ name: String(answers2.name).slice(0, 60) });
  done();
}

// board/source/frame/replay.js
var PAUSE = 900;
var KEPT = 60;
function timeWords(time) {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toLocaleString("en", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });
}
function makeReplay(board) {
  let history = [];
  let at2 = 0;
  let asked = 0;
  let playing = null;
  let back = () => {
  };
  const docs = /* @__PURE__ */ new Map();
  const slider = h("input", {
    type: "range",
    class: "f-slider",
    min: 0,
    max: 0,
    step: 1,
    value: 0,
    "aria-label": "Revision",
    oninput: () => {
      pause();
      void show2(Number(slider.value));
    }
  });
  const words4 = h("p", { class: "f-replay-words", "aria-live": "off" });
  const play = button({ name: "Play", icon: "play", kind: "quiet", run: () => playing ? pause() : start() });
  const element2 = h(
    "div",
    { class: "f-replay", role: "group", "aria-label": "Replay of the history", hidden: true },
    h(
      "div",
      { class: "f-replay-row" },
      button({ name: "One edit back", icon: "back", kind: "quiet", run: () => step(-1) }),
      play,
      button({ name: "One edit on", icon: "forward", kind: "quiet", run: () => step(1) }),
      slider,
      button({ name: "Back to now", words: "Back to now", kind: "strong", run: () => close2() })
    ),
    words4
  );
  for (const kind of ["pointerdown", "wheel", "contextmenu"])
    element2.addEventListener(kind, (event) => event.stopPropagation());
  element2.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close2();
    else if (event.key === " " && event.target === slider) play.click();
    else if (!event.ctrlKey && !event.metaKey) return;
    event.stopPropagation();
    if (event.key === "Escape" || event.key === " ") event.preventDefault();
  });
  function step(by) {
    pause();
    void show2(at2 + by);
  }
  function start() {
    const tick2 = async () => {
      if (!playing) return;
      await show2(at2 + 1);
      if (at2 >= history.length - 1) pause();
      else if (playing) playing = setTimeout(tick2, PAUSE);
    };
    if (at2 >= history.length - 1) at2 = -1;
    playing = setTimeout(tick2, 0);
    setPlay("Pause", "pause");
  }
  function pause() {
    clearTimeout(playing);
    playing = null;
    setPlay("Play", "play");
  }
  function setPlay(name, sign) {
    play.setAttribute("aria-label", name);
    play.title = name;
    play.replaceChildren(icon(sign));
  }
  async function show2(wanted) {
    at2 = Math.max(0, Math.min(history.length - 1, wanted));
    const here = history[at2];
    if (!here) return;
    const turn = asked += 1;
    slider.value = String(at2);
    slider.setAttribute("aria-valuetext", `Revision ${here.revision}, ${here.author}: ${here.words}`);
    words4.replaceChildren(
      h("b", null, `Revision ${here.revision}`),
      ` of ${history[history.length - 1].revision} · ${timeWords(here.time)} · `,
      h("bdi", null, here.author || "Somebody"),
      ": ",
      h("bdi", null, here.words)
    );
    try {
      const doc = docs.get(here.revision) ?? (await board.session.ask("at", { revision: here.revision })).doc;
      docs.set(here.revision, doc);
      if (docs.size > KEPT) docs.delete(docs.keys().next().value ?? -1);
      if (turn === asked && !element2.hidden) board.look(here.revision, doc);
    } catch (error) {
      pause();
      words4.textContent = error instanceof Error ? error.message : String(error);
    }
  }
  async function open() {
    back = rememberFocus(board.root);
    try {
      history = await board.session.ask("history", {});
    } catch (error) {
      board.notice(
        "warning",
        `The history cannot be read now: ${error instanceof Error ? error.message : String(error)}`
      );
      return;
    }
    if (history.length === 0) {
      board.notice("note", "There is no history yet: nothing has been changed since the storm was begun.");
      return;
    }
    slider.max = String(history.length - 1);
    element2.hidden = false;
    await show2(history.length - 1);
    slider.focus();
    board.say("Replay. The arrow keys go through the history, Space plays it, Escape comes back to now.");
  }
  function close2() {
    if (element2.hidden) return;
    pause();
    asked += 1;
    element2.hidden = true;
    docs.clear();
    board.look(null, null);
    back();
    board.say("Back to now.");
  }
  return {
    element: element2,
    get on() {
      return !element2.hidden;
    },
    toggle: async () => element2.hidden ? open() : close2()
  };
}

// board/source/frame/size.js
var KEY = "anycompany-board-height";
var LEAST2 = 420;
function kept2() {
  try {
    return Number(globalThis.localStorage?.getItem(KEY)) || null;
  } catch {
    return null;
  }
}
function keep2(height) {
  try {
    globalThis.localStorage?.setItem(KEY, String(height));
  } catch {
  }
}
function makeHandle(root) {
  const most = () => Math.max(LEAST2, (root.ownerDocument.defaultView?.innerHeight ?? 1e3) * 2);
  const element2 = h("div", {
    class: "f-handle",
    role: "separator",
    tabindex: "0",
    "aria-orientation": "horizontal",
    "aria-label": "Height of the board",
    title: "Drag to change the height",
    "aria-valuemin": LEAST2,
    "aria-valuemax": most(),
    "aria-valuenow": kept2() ?? 760
  });
  function set(wanted) {
    const height = Math.round(Math.min(most(), Math.max(LEAST2, wanted)));
    root.style.height = `${height}px`;
    element2.setAttribute("aria-valuenow", String(height));
    keep2(height);
  }
  const before2 = kept2();
  if (before2) root.style.height = `${Math.min(most(), Math.max(LEAST2, before2))}px`;
  element2.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    element2.focus({ preventScroll: true });
    element2.setPointerCapture?.(event.pointerId);
    const [from, height] = [event.clientY, root.offsetHeight];
    const move = (moved2) => set(height + moved2.clientY - from);
    element2.addEventListener("pointermove", move);
    for (const end of ["pointerup", "pointercancel"]) {
      element2.addEventListener(end, () => element2.removeEventListener("pointermove", move), { once: true });
    }
  });
  element2.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 24, ArrowUp: -24, PageDown: 120, PageUp: -120 }[event.key];
    if (by === void 0) return;
    event.preventDefault();
    event.stopPropagation();
    set(root.offsetHeight + by);
  });
  return element2;
}
function fullScreen(root, changed) {
  const page = root.ownerDocument;
  const isOn = () => page.fullscreenElement === root || root.classList.contains("f-fixed");
  page.addEventListener("fullscreenchange", changed);
  return {
    get on() {
      return isOn();
    },
    async toggle() {
      if (root.classList.contains("f-fixed")) root.classList.remove("f-fixed");
      else if (page.fullscreenElement === root) await page.exitFullscreen();
      else {
        try {
          await root.requestFullscreen();
        } catch {
          root.classList.add("f-fixed");
        }
      }
      changed();
    },
    stop: () => page.removeEventListener("fullscreenchange", changed)
  };
}

// board/source/frame/status.js
function statusWords({ status, pending, replay }) {
  const edits = pending === 1 ? "1 edit" : `${pending} edits`;
  if (status === "outdated")
    return { sign: "outdated", tone: "warning", words: "This page is older than the notebook: reload it to go on" };
  if (status === "away") {
    return {
      sign: "away",
      tone: "warning",
      words: `Not connected: your edits are kept here${pending ? ` (${edits})` : ""}`
    };
  }
  if (status === "connecting") return { sign: "saving", tone: "soft", words: "Connecting to the notebook" };
  if (replay !== null) return { sign: "replay", tone: "warning", words: `Looking at revision ${replay}` };
  if (status === "readonly") return { sign: "lock", tone: "soft", words: "Read only" };
  if (pending) return { sign: "saving", tone: "soft", words: `Saving ${edits}` };
  return { sign: "live", tone: "good", words: "Live: everything is saved" };
}
function makeStatusLine(board, tools) {
  const state = h("span", { class: "f-state" });
  const facts2 = h("span", { class: "f-facts" });
  const zoom = h("span", { class: "f-zoom" });
  const element2 = h("div", { class: "f-status", role: "group", "aria-label": "Status" }, state, facts2, zoom, tools);
  let drawn = "";
  let told = "";
  function draw() {
    const { session } = board;
    const now = statusWords({
      status: session.status === "live" && board.replay === null && !mayEdit(board) ? "readonly" : session.status,
      pending: session.pending,
      replay: board.replay
    });
    if (now.words !== drawn) {
      state.className = `f-state f-tone-${now.tone}`;
      state.replaceChildren(icon(now.sign), h("span", null, now.words));
      if (told && told !== now.sign && now.sign !== "saving" && !(told === "live" && now.sign === "live"))
        board.say(now.words);
      if (now.sign !== "saving") told = now.sign;
      drawn = now.words;
    }
    facts2.textContent = counts(board).join(" · ");
  }
  return {
    element: element2,
    draw,
    drawZoom: oncePerFrame(() => {
      zoom.textContent = `${Math.round(board.camera.zoom * 100)} %`;
    })
  };
}
function counts(board) {
  const { doc, revision } = board.session;
  const many = (section2, one, more2) => {
    const count3 = Object.keys(section2 ?? {}).length;
    return count3 === 0 ? null : `${count3.toLocaleString("en")} ${count3 === 1 ? one : more2}`;
  };
  const facts2 = [
    many(doc.events, "event", "events"),
    many(doc.policies, "policy", "policies"),
    many(doc.contexts, "context", "contexts"),
    many(doc.services, "service", "services"),
    many(doc.hotspots, "hot spot", "hot spots")
  ].filter((fact2) => fact2 !== null);
  const chosen3 = board.selection.size > 1 ? [`${board.selection.size} selected`] : [];
  return [`Revision ${revision}`, ...facts2, ...chosen3];
}

// board/source/frame/step_bar.js
function makeStepBar(board, steps) {
  const pills = steps.map((step) => pill(step, () => board.setStep(step.number)));
  const element2 = h(
    "nav",
    { class: "f-steps", "aria-label": "Steps" },
    h(
      "ol",
      null,
      pills.map(({ button: button2 }) => h("li", null, button2))
    )
  );
  const settle = roving(element2);
  function draw() {
    steps.forEach((step, index) => {
      pills[index].draw(board.session.insight?.progress?.[String(step.number)], board.step.number === step.number);
    });
    settle();
    const current = pills.find((one) => one.button.getAttribute("aria-current"))?.button;
    if (current && element2.scrollWidth > element2.clientWidth) {
      element2.scrollLeft = current.offsetLeft - (element2.clientWidth - current.offsetWidth) / 2;
    }
  }
  return { element: element2, draw };
}
function pill(step, show2) {
  const sign = h("span", { class: "f-step-sign" });
  const bar = h("span", { class: "f-step-bar", "aria-hidden": "true" });
  const said3 = unseen("");
  const button2 = h(
    "button",
    { type: "button", class: "f-step", "data-focus": `step-${step.number}`, onclick: show2 },
    sign,
    h("span", { class: "f-step-word" }, step.short),
    said3,
    bar
  );
  function draw(progress, current) {
    const finished = progress?.finished ?? false;
    const begun = !finished && (progress?.done ?? 0) > 0;
    const state = finished ? "done" : progress && begun ? `${progress.done} of ${progress.total} done` : "not begun";
    button2.className = `f-step${finished ? " f-finished" : ""}`;
    if (current) button2.setAttribute("aria-current", "step");
    else button2.removeAttribute("aria-current");
    said3.textContent = `, ${state}`;
    const missing = (progress?.missing ?? []).slice(0, 3).join("; ");
    button2.title = `${step.question}${missing && !finished ? `
Missing: ${missing}` : ""}`;
    sign.replaceChildren(...finished ? [icon("done")] : [], h("span", { class: "f-step-number" }, `${step.number} `));
    bar.hidden = !begun;
    bar.style.setProperty(
      "--share",
      String(begun && progress ? Math.min(1, progress.done / Math.max(1, progress.total)) : 0)
    );
  }
  return { button: button2, draw };
}

// board/source/frame/strip.js
var TOLD_AT = [300, 60, 0];
function makeStrip(board, { show: show2 }) {
  const name = h("strong", { class: "f-phase" });
  const asks = h("span", { class: "f-asks" });
  const marks = h("span", { class: "f-holds" });
  const shown = h("span", { "aria-hidden": "true" });
  const spoken3 = h("span", { class: "f-unseen" });
  const time = h("span", { class: "f-timer", role: "timer" }, icon("replay"), shown, spoken3);
  const element2 = h(
    "div",
    { class: "f-strip", role: "group", "aria-label": "Workshop", hidden: true },
    name,
    asks,
    marks,
    time
  );
  let print = "";
  let before2 = null;
  function tick2() {
    const { workshop } = board.session;
    const left = secondsLeft(workshop);
    time.hidden = left === null;
    if (left === null) return void (before2 = null);
    const words4 = clock(left);
    if (shown.textContent !== words4) shown.textContent = words4;
    const minutes = Math.ceil(left / 60);
    const said3 = left <= 0 ? "Time is up" : left < 60 ? "Less than a minute left" : `${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
    const whole = workshop?.running ? said3 : `${said3}, the timer stands`;
    if (spoken3.textContent !== whole) spoken3.textContent = whole;
    time.classList.toggle("f-over", left <= 0);
    time.classList.toggle("f-stands", !workshop?.running);
    const crossed = TOLD_AT.find((at2) => before2 !== null && before2 > at2 && left <= at2);
    if (workshop?.running && crossed !== void 0) board.say(`${said3}.`);
    before2 = left;
  }
  function draw() {
    const { workshop, doc, me } = board.session;
    const state = doc.workshop ?? {};
    const driver = state.driver;
    const drives = driver && (driver.person === me.id.slice(0, 8) ? "You drive" : `${driver.name || "Somebody"} drives`);
    const dots = workshop?.dots;
    const left = dots ? dots.of - Object.keys(dots.on).length : 0;
    const holds2 = [
      state.blind && ["unseen", "Only you see your notes"],
      state.locked && ["lock", "Locked"],
      drives && ["hand", drives],
      dots && ["done", `${left} of ${dots.of} dots left`]
    ].filter((one) => Array.isArray(one));
    const nothing = !workshop?.phase && !holds2.length && !state.spotlight && (workshop?.left ?? null) === null;
    const now = JSON.stringify([nothing, workshop?.phase, holds2, state.spotlight]);
    if (now !== print) {
      print = now;
      element2.hidden = nothing;
      name.textContent = workshop?.phase?.name ?? "";
      asks.textContent = workshop?.phase?.asks ?? "";
      asks.title = asks.textContent;
      const { spotlight } = state;
      marks.replaceChildren(
        ...holds2.map(
          ([sign, words4]) => h("span", { class: "f-hold" }, icon(String(sign)), h("span", null, String(words4)))
        ),
        ...spotlight ? [
          button({
            name: "Show what the spotlight is on",
            words: "Spotlight",
            icon: "find",
            kind: "small",
            focus: "strip-spotlight",
            run: () => show2(spotlight)
          })
        ] : []
      );
    }
    tick2();
  }
  const timer2 = setInterval(tick2, 500);
  return { element: element2, draw, close: () => clearInterval(timer2) };
}

// board/source/frame/summons.js
function makeSummons(board) {
  let known5 = null;
  const noteOf2 = (key) => board.scene.notes.find((note) => note.key === key || note.ref === key);
  const show2 = (key) => {
    const note = noteOf2(key);
    if (note) board.camera.reveal(note);
    else board.notice("note", "The spotlight is on something that is not on the wall at this step.");
  };
  const goTo2 = (step) => {
    if (step && step !== board.step.number) board.setStep(step);
  };
  return {
    show: show2,
    heed() {
      if (board.session.status !== "live") return;
      const before2 = known5;
      const now = board.session.doc.workshop;
      const { facilitates, phase } = board.session.workshop ?? {};
      const another = now?.phase !== void 0 && now.phase !== before2?.phase;
      if (before2 !== null && another && phase?.id !== now.phase) return;
      known5 = now;
      if (before2 === null || now === before2 || !now) return;
      if (another && phase) {
        goTo2(phase.step);
        board.say(`Now ${phase.name}. ${phase.asks}`);
      }
      if (before2?.blind && !now.blind)
        requestAnimationFrame(() => board.camera.fit(boxAround(board.scene.notes)));
      if (now.here && now.here.since !== before2?.here?.since && !facilitates) {
        goTo2(now.here.step);
        const { x, y } = now.here;
        const { w, h: h2 } = board.camera.sight;
        if (x !== void 0 && y !== void 0)
          board.camera.reveal({ x: x - w / 2.2, y: y - h2 / 2.2, w: w / 1.1, h: h2 / 1.1 });
        board.notice("note", "The facilitator has brought everyone here.");
      }
      if (now.spotlight && now.spotlight !== before2?.spotlight && !facilitates) show2(now.spotlight);
    }
  };
}

// board/source/frame/toolbar.js
function makeStepTools(board) {
  const element2 = h("div", { class: "f-tools", role: "toolbar", "aria-label": "What this step offers" });
  const settle = roving(element2);
  let drawn = "";
  let now = /* @__PURE__ */ new Map();
  function draw() {
    const tools = mayEdit(board) ? board.actions().filter((action) => action.tool) : [];
    now = new Map(tools.map((action) => [action.id, action]));
    element2.hidden = tools.length === 0;
    const print = JSON.stringify(tools.map((action) => [action.id, action.name, action.keys]));
    if (print === drawn) return;
    drawn = print;
    const active = element2.ownerDocument.activeElement;
    const focus = active && element2.contains(active) ? active.getAttribute("data-focus") : null;
    element2.replaceChildren(
      ...tools.map(
        (action) => button({
          name: action.name,
          words: action.name,
          keys: action.keys,
          kind: action.danger ? "danger" : "tool",
          focus: `tool-${action.id}`,
          run: () => {
            const current = now.get(action.id);
            if (current) board.run(current);
          }
        })
      )
    );
    settle();
    if (focus)
      (marked(element2, "data-focus", focus) ?? element2.querySelector("button") ?? wallStop(board.root))?.focus();
  }
  return { element: element2, draw };
}
function makeCommandBar(label, commands) {
  const buttons = commands.map((command) => {
    const made2 = button({
      name: command.name,
      icon: command.icon,
      keys: command.keys,
      kind: "quiet",
      focus: `command-${command.id}`,
      popup: command.popup,
      pressed: command.pressed?.(),
      run: () => command.run(made2)
    });
    if (command.word) made2.append(h("span", { class: "f-word" }, command.word));
    return made2;
  });
  const element2 = h("div", { class: "f-commands", role: "toolbar", "aria-label": label }, buttons);
  roving(element2);
  function draw() {
    commands.forEach((command, index) => {
      if (command.shown) buttons[index].hidden = !command.shown();
      if (command.pressed) buttons[index].setAttribute("aria-pressed", String(command.pressed()));
      if (command.able) buttons[index].setAttribute("aria-disabled", String(!command.able()));
    });
  }
  return { element: element2, draw };
}

// board/source/model/playing.js
var TRAVEL = 0.8;
var SHARE = 0.42;
var GLOW = 0.8;
var LAST = 1.2;
var number = (value) => Number.isFinite(value) && value > 0 ? Number(value) : 0;
var text4 = (value) => typeof value === "string" ? value : "";
function readPlay(message) {
  if (!message || typeof message.id !== "string" || !Array.isArray(message.beats)) return null;
  const beats = message.beats.map(readBeat).sort((a, b) => a.at - b.at);
  return {
    id: message.id,
    fresh: message.fresh === true,
    end: (beats[beats.length - 1]?.at ?? 0) + LAST,
    steps: number(message.steps),
    lasted: number(message.lasted),
    leftOut: text4(message.left_out),
    beats,
    hops: beats.flatMap(hopsOf),
    lights: beats.flatMap(lightsOf),
    totals: countsIn(message.totals)
  };
}
function readBeat(said3) {
  const at2 = number(said3?.at);
  return {
    at: at2,
    start: Math.min(number(said3?.start), at2),
    seconds: number(said3?.seconds),
    event: text4(said3?.event),
    after: text4(said3?.after),
    policy: text4(said3?.policy),
    fresh: said3?.new !== false,
    failed: said3?.failed === true,
    listeners: Array.isArray(said3?.listeners) ? said3.listeners.map(text4) : [],
    counts: countsIn(said3?.counts)
  };
}
function countsIn(said3) {
  return said3 && typeof said3 === "object" ? Object.entries(said3).map(([key, count3]) => [key, number(count3)]) : [];
}
function workOf({ start, at: at2 }) {
  const way = Math.min(TRAVEL, (at2 - start) * SHARE);
  return { arrives: start + way, leaves: at2 - way };
}
function hopsOf(beat, index) {
  const { start, at: at2, event, after: after2, policy, fresh, failed, listeners } = beat;
  const { arrives, leaves } = workOf(beat);
  const hop = (way, from, to, ...arrows) => ({
    key: `${index} ${way}`,
    start: from,
    end: to,
    arrows,
    failed: failed && way === "out"
  });
  return [
    ...policy && after2 && fresh ? [hop("in", start, arrives, `hears/${after2}>${policy}`, `rule/${policy}`)] : [],
    ...policy && event ? [hop("out", leaves, at2, `${failed ? "fails" : "puts"}/${policy}>${event}`)] : [],
    ...(event ? listeners : []).map((one) => hop(one, at2, at2 + TRAVEL, `listens/${event}>${one}`, `listens/*>${one}`))
  ];
}
function lightsOf(beat) {
  const { at: at2, event, policy, failed, listeners } = beat;
  const { arrives, leaves } = workOf(beat);
  const heard = at2 + TRAVEL;
  return [
    ...policy ? [{ key: `policies/${policy}`, start: arrives, end: Math.max(leaves, arrives + 0.1), failed }] : [],
    ...event ? [{ key: `events/${event}`, start: at2, end: at2 + GLOW, failed }] : [],
    ...(event ? listeners : []).map((one) => ({ key: `listeners/${one}`, start: heard, end: heard + 0.3, failed: false }))
  ];
}
function momentAt(play, time) {
  const happened = play.beats.filter((beat) => beat.at <= time);
  const over = time >= play.end;
  const counts2 = new Map(happened.flatMap((beat) => beat.counts));
  if (over) for (const [key, count3] of play.totals) counts2.set(key, count3);
  const going = play.hops.filter((hop) => hop.start <= time && time < hop.end);
  return {
    beats: happened.length,
    hops: going.map((hop) => ({ ...hop, share: (time - hop.start) / Math.max(hop.end - hop.start, 1e-6) })),
    lights: over ? [] : play.lights.filter((light) => light.start <= time && time < light.end),
    counts: counts2,
    travelled: new Set(play.hops.filter((hop) => hop.start <= time).flatMap((hop) => hop.arrows))
  };
}
function clock2(seconds) {
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${minutes} min ${Math.round(seconds) % 60} s`;
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h ${minutes % 60} min`;
}
function wordsOf2(doc, { event, policy, failed }) {
  const name = event && titleOf(doc, `events/${event}`);
  if (!policy) return name;
  const work = titleOf(doc, `policies/${policy}`);
  if (!name) return `${work}${failed ? " fails" : " is done"}`;
  return `${work}${failed ? " fails" : ""} → ${name}`;
}

// board/source/paint/along.js
var PIECES = 8;
function along(paths) {
  const lines2 = paths.map(pointsOf).filter((points) => points.length > 1);
  if (!lines2.length) return null;
  const pieces2 = [];
  let whole = 0;
  for (const points of lines2) {
    for (let index = 1; index < points.length; index++) {
      const [from, to] = [points[index - 1], points[index]];
      const length2 = Math.hypot(to.x - from.x, to.y - from.y);
      pieces2.push({ from, to, start: whole, length: length2 });
      whole += length2;
    }
  }
  return (share) => {
    const way = Math.min(1, Math.max(0, share)) * whole;
    const piece = pieces2.find((one) => way <= one.start + one.length) ?? pieces2[pieces2.length - 1];
    const part2 = piece.length ? (way - piece.start) / piece.length : 1;
    return between2(piece.from, piece.to, Math.min(1, part2));
  };
}
function pointsOf(d) {
  const points = [];
  for (const [, command, rest2] of d.matchAll(/([MLQC])([^A-Za-z]*)/g)) {
    const numbers = (rest2.match(/-?\d*\.?\d+(?:e-?\d+)?/gi) ?? []).map(Number);
    const given = Array.from({ length: numbers.length >> 1 }, (_, index) => ({
      x: numbers[2 * index],
      y: numbers[2 * index + 1]
    }));
    const size = { M: 1, L: 1, Q: 2, C: 3 }[command] ?? 1;
    for (let index = 0; index + size <= given.length; index += size) {
      const start = points[points.length - 1];
      const hull = [...start && size > 1 ? [start] : [], ...given.slice(index, index + size)];
      if (hull.length === 1) points.push(hull[0]);
      else for (let piece = 1; piece <= PIECES; piece++) points.push(onCurve(hull, piece / PIECES));
    }
  }
  return points;
}
function onCurve(hull, share) {
  let points = hull;
  while (points.length > 1) points = points.slice(1).map((point, index) => between2(points[index], point, share));
  return points[0];
}
function between2(one, other, share) {
  return { x: one.x + (other.x - one.x) * share, y: one.y + (other.y - one.y) * share };
}

// board/source/paint/tokens.js
function makeTokens(world) {
  const [lights, counts2, moving2] = ["lights", "counts", "moving"].map(
    (name) => h("div", { class: `tokens t-${name}`, "aria-hidden": "true" })
  );
  world.insertBefore(lights, world.querySelector(".notes"));
  world.append(counts2, moving2);
  const rings = keyed(lights, () => h("div", { class: "t-ring" }), fillRing);
  const badges = keyed(counts2, () => h("div", { class: "t-count" }), fillCount);
  const tokens = keyed(moving2, () => h("div", { class: "t-token" }), fillToken);
  let known5 = null;
  let notes = /* @__PURE__ */ new Map();
  let paths = /* @__PURE__ */ new Map();
  let ways = /* @__PURE__ */ new Map();
  const learn = (scene7) => {
    known5 = scene7;
    notes = new Map(scene7.notes.map((note) => [note.key, note]));
    paths = new Map(scene7.arrows.map((arrow2) => [arrow2.key, arrow2.d]));
    ways = /* @__PURE__ */ new Map();
  };
  const wayAlong = (arrows) => {
    const key = arrows.join(" ");
    if (!ways.has(key)) ways.set(key, along(arrows.flatMap((arrow2) => paths.get(arrow2) ?? [])));
    return ways.get(key);
  };
  return {
    zoomed(zoom) {
      for (
        const [layer, most] of
        /** @type {const} */
        [[lights, 4], [counts2, 1.7], [moving2, 4]]
      )
        layer.style.setProperty("--size", String(Math.min(most, Math.max(1, 0.72 / zoom))));
    },
    draw(moment, scene7, still) {
      if (scene7 !== known5) learn(scene7);
      const { hops = [], lights: alight = [], counts: counted3 = /* @__PURE__ */ new Map() } = moment ?? {};
      rings.update(
        unique(
          alight.flatMap(({ key, failed }) => {
            const note = notes.get(key);
            return note ? [{ key, failed, x: note.x, y: note.y, w: note.w, h: note.h }] : [];
          })
        )
      );
      badges.update(
        [...counted3].flatMap(([key, count3]) => {
          const note = notes.get(key);
          return note && count3 ? [{ key, count: count3, x: note.x + note.w, y: note.y }] : [];
        })
      );
      tokens.update(
        (still ? [] : hops).flatMap(({ key, arrows, share, failed }) => {
          const place2 = wayAlong(arrows)?.(eased(share));
          return place2 ? [{ key, failed, ...place2 }] : [];
        })
      );
    }
  };
}
function unique(rings) {
  const found = /* @__PURE__ */ new Map();
  for (const ring2 of rings) if (!found.get(ring2.key)?.failed) found.set(ring2.key, ring2);
  return [...found.values()];
}
function eased(share) {
  return share * share * (3 - 2 * share);
}
function fillRing(element2, { key, x, y, w, h: height, failed }) {
  element2.dataset.of = key;
  element2.className = `t-ring of-${key.split("/")[0]}${failed ? " is-failed" : ""}`;
  element2.style.transform = `translate(${x}px, ${y}px)`;
  element2.style.width = `${w}px`;
  element2.style.height = `${height}px`;
}
function fillCount(element2, { key, x, y, count: count3 }) {
  element2.dataset.of = key;
  element2.style.transform = `translate(${x}px, ${y}px) scale(var(--size, 1)) translate(-50%, -55%)`;
  element2.textContent = `✓ ${count3.toLocaleString("en")}`;
}
function fillToken(element2, { x, y, failed }) {
  element2.className = `t-token${failed ? " is-failed" : ""}`;
  const place2 = `translate(${Math.round(x * 10) / 10}px, ${Math.round(y * 10) / 10}px)`;
  element2.style.transform = `${place2} scale(var(--size, 1)) translate(-50%, -50%)`;
  element2.textContent = failed ? "×" : "";
}

// board/source/frame/following.js
var LEGIBLE2 = 0.45;
var READING = 0.65;
var LEFT2 = 0.02;
var EDGE2 = 0.2;
function makeFollowing(board, wall2) {
  let on = false;
  let goal = null;
  const stop = () => {
    on = false;
    goal = null;
  };
  for (const kind of ["pointerdown", "wheel", "keydown"]) wall2.addEventListener(kind, stop, { passive: true });
  return {
    stop,
    begin() {
      goal = null;
      on = board.camera.zoom < LEGIBLE2;
      if (on) board.camera.zoomBy(READING / board.camera.zoom, { x: 0, y: wall2.clientHeight / 2 });
    },
    aim(keys2) {
      const boxes2 = board.scene.notes.filter((note) => keys2.includes(note.key));
      if (boxes2.length) goal = boxAround(boxes2);
    },
    move(seconds) {
      if (!on || !goal) return;
      const { sight, zoom } = board.camera;
      const share = 1 - LEFT2 ** seconds;
      const across = shift(goal.x, goal.w, sight.x, sight.w);
      const down = shift(goal.y, goal.h, sight.y, sight.h);
      if (Math.abs(across) + Math.abs(down) > 0.5) board.camera.panBy(across * zoom * share, down * zoom * share);
    }
  };
}
function shift(start, size, from, length2) {
  const margin = length2 * EDGE2;
  if (start < from + margin) return start - from - margin;
  return Math.max(0, Math.min(start + size - (from + length2 - margin), start - from - margin));
}

// board/source/frame/trace.js
var BUS2 = 7;
var BREATH = 2500;
var SLOWEST = 100;
var AFTER = 0.05;
function makeTrace(board, { wall: wall2, changed }) {
  let play = null;
  let time = 0;
  let before2 = 0;
  let frame = 0;
  let said3 = 0;
  let shown = -1;
  let marked2 = -1;
  let back = () => {
  };
  const tokens = makeTokens(wall2.querySelector(".world") ?? wall2);
  const following2 = makeFollowing(board, wall2);
  const calm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");
  const slider = h("input", {
    type: "range",
    class: "f-slider",
    min: 0,
    max: 0,
    step: 1,
    value: 0,
    "aria-label": "Step of the trace",
    oninput: () => goTo2(Number(slider.value))
  });
  const words4 = h("p", { class: "f-replay-words", "aria-live": "off" });
  const playing = button({ name: "Play", icon: "play", kind: "quiet", run: () => frame ? pause() : start() });
  const toBus = button({ name: "Show it on the bus", words: "Show it on the bus", run: () => board.setStep(BUS2) });
  const element2 = h(
    "div",
    { class: "f-replay f-trace", role: "group", "aria-label": "Trace", hidden: true },
    h(
      "div",
      { class: "f-replay-row" },
      button({ name: "One step back", icon: "back", kind: "quiet", run: () => goTo2(shown - 1) }),
      playing,
      button({ name: "One step on", icon: "forward", kind: "quiet", run: () => goTo2(shown + 1) }),
      slider,
      toBus,
      button({ name: "Close the trace", words: "Close", kind: "strong", run: () => close2() })
    ),
    words4
  );
  for (const kind of ["pointerdown", "wheel", "contextmenu"])
    element2.addEventListener(kind, (event) => event.stopPropagation());
  element2.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close2();
    else if (event.key === " " && event.target === slider) playing.click();
    else if (!event.ctrlKey && !event.metaKey) return;
    event.stopPropagation();
    if (event.key === "Escape" || event.key === " " && event.target === slider) event.preventDefault();
  });
  function start() {
    if (!play || frame) return;
    if (time >= play.end) time = 0;
    before2 = performance.now();
    frame = requestAnimationFrame(tick2);
    setPlay("Pause", "pause");
    draw();
  }
  function tick2(now) {
    if (!play || element2.hidden) return;
    const seconds = Math.min(Math.max(0, now - before2), SLOWEST) / 1e3;
    time += seconds;
    before2 = now;
    following2.move(seconds);
    frame = requestAnimationFrame(tick2);
    if (time >= play.end) pause();
    draw();
  }
  function pause() {
    cancelAnimationFrame(frame);
    frame = 0;
    setPlay("Play", "play");
  }
  function setPlay(name, sign) {
    playing.setAttribute("aria-label", name);
    playing.title = name;
    playing.replaceChildren(icon(sign));
  }
  function goTo2(beats) {
    if (!play) return;
    pause();
    const wanted = Math.max(0, Math.min(play.beats.length, beats));
    time = wanted ? play.beats[wanted - 1].at + AFTER : 0;
    if (wanted < shown) while (time > AFTER && momentAt(play, time).beats > wanted) time = beforeTime(play, time);
    said3 = 0;
    draw();
  }
  function draw() {
    if (!play || element2.hidden) return;
    const moment = momentAt(play, time);
    tokens.draw(moment, board.scene, calm?.matches ?? false);
    markTravelled(moment.travelled);
    toBus.hidden = board.step.number === BUS2;
    if (moment.beats !== shown) tell(play, moment.beats);
  }
  function tell(what, beats) {
    shown = beats;
    const beat = what.beats[beats - 1];
    const when = beat ? clock2(beat.seconds) : clock2(0);
    const now = beat ? wordsOf2(board.session.doc, beat) : "Nothing has happened yet";
    if (beat) following2.aim([`events/${beat.event}`, `policies/${beat.policy}`]);
    slider.value = String(beats);
    slider.setAttribute("aria-valuetext", `${beats} of ${what.beats.length}, ${when}: ${now}`);
    words4.replaceChildren(
      h("b", null, when),
      " · ",
      h("bdi", null, now),
      ` · ${beats} of ${what.beats.length}${what.leftOut ? ` · ${what.leftOut}` : ""}`
    );
    const over = beats === what.beats.length && frame;
    if (!beat || Date.now() - said3 < BREATH && !over) return;
    said3 = Date.now();
    board.say(`${now}, ${when}.${over ? " The trace is over." : ""}`);
  }
  function markTravelled(travelled) {
    if (travelled.size === marked2) return;
    marked2 = travelled.size;
    for (const arrow2 of wall2.querySelectorAll(".lines .arrow[data-key]"))
      arrow2.toggleAttribute("data-travelled", travelled.has(arrow2.getAttribute("data-key") ?? ""));
  }
  function open(asked) {
    if (!play) return;
    if (asked) back = rememberFocus(board.root);
    time = 0;
    shown = -1;
    said3 = 0;
    slider.max = String(play.beats.length);
    element2.hidden = false;
    board.say(`A trace of ${counted2(play)} plays on the wall. Space plays and pauses it, Escape closes it.`);
    said3 = Date.now();
    if (asked) slider.focus();
    if (asked || allInSight()) makeRoom();
    if (asked && !calm?.matches) following2.begin();
    draw();
    if (!calm?.matches) start();
    changed();
  }
  function allInSight() {
    const [all, { x, y, w, h: height }] = [around(board.scene), board.camera.sight];
    return all && x <= all.x && y <= all.y && x + w >= all.x + all.w && y + height >= all.y + all.h;
  }
  function makeRoom() {
    const all = around(board.scene);
    if (!all) return;
    const share = element2.offsetHeight / Math.max(1, wall2.clientHeight - element2.offsetHeight);
    board.camera.fit({ ...all, h: all.h * (1 + share) + element2.offsetHeight * share });
  }
  function close2() {
    if (element2.hidden) return;
    pause();
    following2.stop();
    const had = element2.contains(element2.ownerDocument.activeElement);
    element2.hidden = true;
    tokens.draw(null, board.scene, true);
    markTravelled(/* @__PURE__ */ new Set());
    if (had) back();
    changed();
  }
  function watch() {
    close2();
    if (board.replay !== null) return;
    board.setStep(BUS2);
    open(true);
  }
  board.camera.on(() => tokens.zoomed(board.camera.zoom));
  board.on("draw", () => {
    marked2 = -1;
    if (board.replay === null) draw();
    else close2();
  });
  return {
    element: element2,
    hear(message) {
      const next = readPlay(message);
      if (!next || next.id === play?.id) return;
      close2();
      play = next;
      changed();
      if (!next.fresh) return;
      if (board.step.number === BUS2 && board.replay === null) open(false);
      else board.notice("note", `A trace of ${counted2(next)} can be watched on the bus.`, [{ name: "Watch it", run: watch }]);
    },
    toggle: () => element2.hidden ? watch() : close2(),
    close: close2,
    get on() {
      return !element2.hidden;
    },
    get known() {
      return play !== null;
    }
  };
}
function counted2({ steps, lasted }) {
  return `${steps === 1 ? "1 step" : `${steps.toLocaleString("en")} steps`} in ${clock2(lasted)}`;
}
function beforeTime(play, time) {
  const here = play.beats.filter((beat) => beat.at < time).pop()?.at ?? 0;
  const last = play.beats.filter((beat) => beat.at < here).pop()?.at;
  return last === void 0 ? 0 : last + AFTER;
}

// board/source/frame/index.js
var BREATH2 = 250;
var NARROW = 900;
function makeFrame(board, { wall: wall2 }) {
  const polite = h("div", { class: "f-unseen", "aria-live": "polite" });
  const urgent = h("div", { class: "f-unseen", "aria-live": "assertive" });
  const say = speaker(polite);
  const alert = speaker(urgent);
  const question = h("h2", { class: "f-question" });
  const hint = h("p", { class: "f-step-hint" });
  const find = makeFind(board);
  const replay = makeReplay(board);
  const trace = makeTrace(board, { wall: wall2, changed: () => drawBars() });
  const panel = makePanel(board, () => narrow && togglePanel());
  let narrow = false;
  const slot = h("div", { class: "f-wall" }, wall2);
  const { root } = board;
  const element2 = h("div", { class: "f-board", "data-panel": "open", lang: "en" });
  const screen = fullScreen(root, () => drawBars());
  const notices = makeNotices(root, (words4, pressing) => (pressing ? alert : say)(words4));
  const commands = makeCommands({ board, element: element2, wall: wall2, find, replay, trace, screen, togglePanel, changed: () => drawBars() });
  const tools = makeStepTools(board);
  const bar = makeCommandBar("Board", commands.bar);
  const view = makeCommandBar("View", commands.view);
  const stepBar = makeStepBar(board, STEPS);
  const people = makePeople(board, STEPS);
  const status = makeStatusLine(board, view.element);
  const summons = makeSummons(board);
  const strip = makeStrip(board, summons);
  element2.append(
    h("div", { class: "f-header" }, stepBar.element, people.element),
    strip.element,
    h("div", { class: "f-heading" }, h("div", { class: "f-words" }, question, hint), bar.element),
    tools.element,
    h(
      "div",
      { class: "f-middle" },
      h("div", { class: "f-stage" }, slot, find.element, replay.element, trace.element, notices.element),
      panel.element
    ),
    status.element,
    makeHandle(root),
    polite,
    urgent
  );
  function drawBars() {
    bar.draw();
    view.draw();
    status.draw();
  }
  let shown = [];
  function togglePanel(open = element2.dataset.panel === "closed") {
    element2.dataset.panel = open ? "open" : "closed";
    drawBars();
    panel.draw();
  }
  const draw = oncePerFrame(() => {
    shown = [board.scene, board.replay];
    question.textContent = board.step.question;
    hint.textContent = laterWords(board.session.workshop ?? null, board.step.number) ?? board.step.hint;
    stepBar.draw();
    strip.draw();
    tools.draw();
    drawBars();
    people.draw();
    panel.draw();
  });
  const drawSelection = oncePerFrame(() => {
    tools.draw();
    status.draw();
    panel.draw();
  });
  element2.addEventListener("keydown", (event) => {
    const command = event.defaultPrevented || event.isComposing ? void 0 : commands.byKey(event, takesText(event.target));
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    command.run();
  });
  const sized = new ResizeObserver(() => {
    const now = root.clientWidth > 0 && root.clientWidth <= NARROW;
    if (now === narrow) return;
    narrow = now;
    togglePanel(!narrow);
  });
  sized.observe(root);
  const stops = [
    () => sized.disconnect(),
    board.camera.on(status.drawZoom),
    ...["change", "insight", "status"].map((event) => board.session.on(event, draw)),
    board.session.on("people", people.draw),
    board.session.on("workshop", draw),
    board.session.on("door", panel.draw),
    keepLookingAtDoor(board),
    ...["change", "workshop"].map((event) => board.session.on(event, summons.heed)),
    strip.close,
    board.session.on("notice", (told) => notices.show(told.tone, told.text, told.actions)),
    board.session.on("play", trace.hear),
    trace.close,
    board.on("selection", drawSelection),
    board.on("preview", panel.draw),
    board.on("draw", () => (board.scene !== shown[0] || board.replay !== shown[1]) && draw()),
    board.on("step", () => {
      say(`Step ${board.step.number}, ${board.step.short}. ${board.step.question}`);
      panel.stepChanged();
      draw();
    }),
    screen.stop
  ];
  draw();
  return {
    element: element2,
    say,
    alert,
    notice: notices.show,
    menu: (at2, items, title2) => void openMenu(root, at2, items, title2),
    draw,
    close: () => stops.forEach((stop) => stop())
  };
}
function speaker(region) {
  let last = 0;
  return (words4) => {
    const before2 = Date.now() - last < BREATH2 ? `${region.textContent} ` : "";
    const next = `${before2}${words4}`;
    region.textContent = region.textContent === next ? `${next} ` : next;
    last = Date.now();
  };
}

// board/source/paint/overlay.js
function makeOverlay(camera) {
  const light = h("div", { class: "target", hidden: true });
  const meaning = h("div", { class: "meaning", hidden: true });
  const rubber = h("div", { class: "band", hidden: true });
  const lamp = h("div", { class: "spot", hidden: true });
  const crowd = h("div", { class: "crowd" });
  const element2 = h("div", { class: "overlay", "aria-hidden": "true" }, light, lamp, rubber, crowd, meaning);
  const people = keyed(crowd, () => h("div", { class: "pointer" }, h("i"), h("span", { dir: "auto" })), fillPointer);
  let lit = null;
  let banded = null;
  let spotlit = null;
  let present = [];
  const redraw = () => {
    frameOn(light, lit);
    frameOn(rubber, banded);
    frameOn(lamp, spotlit);
    people.update(present.map((one) => ({ ...one, ...camera.toScreen(one) })));
  };
  const frameOn = (frame, box) => {
    frame.hidden = !box;
    if (!box) return;
    const { x, y } = camera.toScreen(box);
    frame.style.transform = `translate(${x}px, ${y}px)`;
    frame.style.width = `${Math.max(4, box.w * camera.zoom)}px`;
    frame.style.height = `${Math.max(4, box.h * camera.zoom)}px`;
  };
  camera.on(redraw);
  return {
    element: element2,
    target(box) {
      lit = box;
      frameOn(light, lit);
    },
    words(text5, at2) {
      meaning.hidden = !text5;
      if (!text5 || !at2) return;
      if (meaning.textContent !== text5) meaning.textContent = text5;
      const toLeft = at2.x > camera.width * 0.6;
      const place2 = `translate(${at2.x + (toLeft ? -18 : 18)}px, ${at2.y + 22}px)`;
      meaning.style.transform = toLeft ? `${place2} translateX(-100%)` : place2;
    },
    spot(box) {
      spotlit = box;
      frameOn(lamp, spotlit);
    },
    band(box) {
      banded = box;
      frameOn(rubber, banded);
    },
    pointers(some, step) {
      present = some.flatMap(
        (person) => person.pointer && person.here !== false && (person.step ?? step) === step ? [{ key: person.id, name: person.name, hue: person.hue, x: person.pointer[0], y: person.pointer[1] }] : []
      );
      redraw();
    }
  };
}
function fillPointer(element2, pointer) {
  element2.style.transform = `translate(${pointer.x}px, ${pointer.y}px)`;
  wearHue(element2, pointer.hue);
  element2.lastElementChild.textContent = clip(pointer.name || "Somebody", 24);
}

// board/source/hands/clipboard.js
var OURS = "application/x-anycompany-notes";
var AGAIN = ["policies", "entities", "contexts", "services", "hotspots", "decisions"];
function giveClipboard(board, element2, addLines) {
  const mine = (event) => event.target instanceof Element && event.target.closest("input, textarea") ? null : event.clipboardData;
  for (
    const kind of
    /** @type {const} */
    ["copy", "cut"]
  ) {
    element2.addEventListener(kind, (event) => {
      const data = mine(event);
      const notes = chosen2(board);
      if (!data || !notes.length) return;
      event.preventDefault();
      data.setData("text/plain", linesOf5(notes));
      const things = notes.map((note) => ({ section: splitRef(note.ref ?? note.key)[0], text: note.text }));
      data.setData(OURS, JSON.stringify(things));
      board.say(notes.length === 1 ? `Copied “${notes[0].text.slice(0, 80)}”.` : `Copied ${notes.length} notes.`);
      const remove = kind === "cut" && board.actions().find((action) => action.keys === "Delete");
      if (remove) board.run(
        /** @type {Action} */
        remove
      );
    });
  }
  element2.addEventListener("paste", (event) => {
    const data = mine(event);
    if (!data) return;
    event.preventDefault();
    const ours = readOurs(data.getData(OURS));
    const text5 = ours ? ours.lines.join("\n") : data.getData("text/plain");
    if (ours?.edits.length) void board.do(ours.edits, "Pasted.");
    if (text5.trim()) void addLines(text5);
  });
}
function linesOf5(notes) {
  return notes.map((note) => note.text.replace(/\s+/g, " ")).join("\n");
}
function readOurs(json) {
  try {
    const things = JSON.parse(json);
    if (!Array.isArray(things)) return null;
    const named3 = things.filter((one) => typeof one?.text === "string" && typeof one.section === "string");
    const again = named3.filter((one) => AGAIN.includes(one.section));
    return {
      lines: named3.filter((one) => !again.includes(one)).map((one) => one.text),
      edits: again.map((one) => ({ kind: "add", to: one.section, name: one.text }))
    };
  } catch {
    return null;
  }
}
function chosen2(board) {
  const keys2 = new Set(keysMeant(board));
  return board.scene.notes.filter((note) => keys2.has(note.key));
}

// board/source/hands/naming.js
var NAMED2 = ["events", "policies", "entities", "contexts", "services", "listeners", "hotspots", "decisions"];
var TRIGGER_WORDS = ["actor", "command", "external", "schedule", "says"];
function wordingOf(doc, key, ref) {
  const [section2, id2] = splitRef(ref);
  const part2 = key.split("#")[1];
  const event = key.startsWith("triggers/") ? splitRef(key)[1].split("#")[0] : "";
  const trigger = doc.triggers?.[event];
  if (trigger && part2 && TRIGGER_WORDS.includes(part2)) return triggerWording(trigger, event, part2);
  const named3 = section2 === "contracts" ? "events" : section2;
  const thing = (
    /** @type {any} */
    doc[named3]?.[id2]
  );
  if (!NAMED2.includes(named3) || thing === void 0) return null;
  const textual = named3 === "hotspots" || named3 === "decisions";
  return {
    text: titleOf(doc, `${named3}/${id2}`),
    was: (textual ? thing.text : thing.name) ?? "",
    rename: (text5) => ({ kind: "rename", of: named3, id: id2, name: text5 }),
    again: (text5) => ({ kind: "add", to: named3, name: text5 })
  };
}
function triggerWording(trigger, event, part2) {
  const words4 = (
    /** @type {Record<string, string>} */
    /** @type {any} */
    trigger
  );
  return {
    text: words4[part2] ?? "",
    was: words4[part2] ?? "",
    rename: (text5) => ({ kind: "trigger", event, trigger: { ...trigger, [part2]: text5 } })
  };
}
function asName(text5) {
  return text5.replace(/\s+/g, " ").trim();
}

// board/source/hands/editing.js
var LEAST3 = { w: 168, h: 76 };
var TALLEST = 260;
var NEW_NOTE = { w: 132, h: 88 };
function makeEditing(board, wall2, add) {
  let current = null;
  const open = (writing) => {
    current?.finish(true, false);
    const field = h("textarea", { "aria-label": writing.label, dir: "auto", rows: 2, spellcheck: "true" });
    const line3 = h("p", { class: "meanwhile", role: "status", hidden: true });
    const buttons = (writing.choices ?? []).map(({ name, run }) => {
      const take = () => {
        const text5 = asName(field.value);
        finish(false);
        run(text5);
      };
      return h("button", { type: "button", onclick: take }, name);
    });
    const choices = buttons.length ? h("div", { class: "choices" }, buttons) : null;
    const element2 = h("div", { class: `editor of-${writing.kind}` }, field, line3, choices);
    field.value = writing.text;
    const grow = () => {
      field.style.height = "auto";
      field.style.height = `${Math.min(TALLEST, Math.max(Number(field.dataset.least), field.scrollHeight))}px`;
    };
    const place2 = () => {
      const box = writing.box();
      const { x, y } = wall2.camera.toScreen(box);
      const zoom = wall2.camera.zoom;
      const [width, height] = [Math.max(LEAST3.w, box.w * zoom), Math.max(LEAST3.h, box.h * zoom)];
      element2.style.transform = `translate(${x + (box.w * zoom - width) / 2}px, ${y + (box.h * zoom - height) / 2}px)`;
      element2.style.width = `${width}px`;
      field.style.fontSize = `${14 * Math.max(1, Math.min(zoom, 1.8))}px`;
      field.dataset.least = String(height);
      grow();
    };
    const look = () => {
      const words4 = writing.meanwhile?.() ?? null;
      line3.hidden = !words4;
      if (words4 && line3.textContent !== words4) line3.textContent = words4;
      place2();
    };
    const finish = (commit, refocus = true) => {
      if (current?.element !== element2) return;
      current = null;
      const text5 = asName(field.value);
      element2.remove();
      board.session.tell({ editing: null });
      if (refocus) writing.ended();
      if (commit && !isBlank(text5)) writing.commit(text5);
      else if (commit && writing.text) board.say("A name cannot be empty. Nothing was changed.");
    };
    field.addEventListener("input", grow);
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "Enter" || event.key === "Tab") finish(true);
      else if (event.key === "Escape") finish(false);
      else return;
      event.preventDefault();
    });
    field.addEventListener("blur", () => {
      if (document.hasFocus() && !choices) finish(true, false);
    });
    choices?.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") finish(false);
    });
    current = { element: element2, finish, place: place2, look };
    wall2.element.append(element2);
    look();
    field.focus({ preventScroll: true });
    field.select();
  };
  const openNote = (key, ref, wording, other = {}) => {
    const drawn = wall2.boxOf(key);
    if (!drawn) return;
    let box = (
      /** @type {Box} */
      drawn
    );
    wall2.camera.reveal(box);
    board.session.tell({ editing: key });
    open({
      box: () => box = placeOf2(key) ?? box,
      kind: "kind" in drawn ? drawn.kind : "event",
      text: wording.text,
      label: `Text of ${wording.text || "this note"}`,
      commit: (typed) => void rename(key, ref, wording, typed),
      ended: () => board.focus(key),
      meanwhile: () => meanwhile(key, ref, wording),
      ...other
    });
  };
  const placeOf2 = (key) => {
    const drawn = wall2.boxOf(key);
    if (!drawn) return null;
    return "shape" in drawn ? drawn : { x: drawn.x + 8, y: drawn.y + 8, w: Math.min(drawn.w - 16, 260), h: 44 };
  };
  const meanwhile = (key, ref, began) => {
    const now = wordingOf(board.session.doc, key, ref);
    if (!now) return "Somebody removed this note meanwhile.";
    if (now.text === began.text) return null;
    const writer = board.session.people.find((person) => person.editing === key && person.id !== board.session.me.id);
    return `${writer?.name || "Somebody"} has written “${now.text.slice(0, 80)}” meanwhile.`;
  };
  const rename = async (key, ref, began, text5) => {
    if (text5 === began.text) return;
    board.say(`Renamed to “${text5.slice(0, 80)}”.`);
    const outcome = await board.session.do(began.rename(text5), { was: began.was });
    if (outcome.ok) return;
    const { conflict } = outcome;
    const again = () => conflict ? settle(key, ref, began, text5, conflict) : openNote(key, ref, began, { text: text5 });
    if (conflict && !current) return again();
    const name = conflict ? "Choose" : "Write it again";
    board.notice("warning", `${outcome.why} ${outcome.remedy}`.trim(), [{ name, run: again }]);
  };
  const settle = (key, ref, began, mine, { theirs, author }) => {
    const now = { ...wordingOf(board.session.doc, key, ref) ?? began, text: theirs, was: theirs };
    const another = began.again;
    const keepMine = (text5) => void rename(key, ref, now, text5);
    const keepBoth = (text5) => {
      if (another) void board.do([another(text5)], `Added “${text5.slice(0, 80)}”.`);
    };
    openNote(key, ref, now, {
      text: mine,
      commit: keepMine,
      meanwhile: () => `${author || "Somebody"} has written “${theirs.slice(0, 80)}” meanwhile.`,
      choices: [
        { name: "Keep mine", run: keepMine },
        { name: "Keep theirs", run: () => board.say(`“${theirs.slice(0, 80)}” stays.`) },
        ...another ? [{ name: "Keep both", run: keepBoth }] : []
      ]
    });
  };
  wall2.camera.on(() => current?.place());
  board.on("draw", () => current?.look());
  return {
    get open() {
      return current !== null;
    },
    edit(key) {
      const drawn = wall2.boxOf(key);
      const ref = drawn?.ref ?? key;
      const wording = wordingOf(board.session.doc, key, ref);
      if (!drawn || board.replay !== null || board.root.classList.contains("is-readonly")) return;
      if (!wording) return board.say("This note has no text of its own to edit.");
      openNote(key, ref, wording);
    },
    newAt(at2) {
      if (board.step.placeholder === null || board.root.classList.contains("is-readonly")) return;
      const box = { x: Math.round(at2.x - NEW_NOTE.w / 2), y: Math.round(at2.y - NEW_NOTE.h / 2), ...NEW_NOTE };
      open({
        box: () => box,
        kind: "event",
        text: "",
        label: board.step.placeholder,
        commit: (text5) => void add(text5, { x: box.x, y: box.y }),
        ended: () => wall2.element.focus({ preventScroll: true })
      });
    },
    close: () => current?.finish(false)
  };
}

// board/source/hands/gestures.js
function panning({ camera }, from) {
  let before2 = from;
  return {
    move(screen) {
      camera.panBy(before2.x - screen.x, before2.y - screen.y);
      before2 = screen;
    },
    end() {
    },
    cancel() {
    },
    edges: false
  };
}
function banding(board, { camera }, overlay, { start, adding }) {
  const from = camera.toWall(start);
  const before2 = adding ? [...board.selection] : [];
  return {
    move(screen) {
      const box = boxBetween(from, camera.toWall(screen));
      overlay.band(box);
      board.select([...before2, ...within(board.scene.notes, box).map((note) => note.key)]);
    },
    end() {
      overlay.band(null);
      const count3 = board.selection.size;
      board.say(count3 === 1 ? "One note selected." : `${count3} notes selected.`);
    },
    cancel() {
      overlay.band(null);
      board.select(before2);
    },
    edges: true
  };
}
function carrying(board, wall2, overlay, key, start, { rootPoint, lost }) {
  const { camera } = wall2;
  const keys2 = board.selection.has(key) ? [...board.selection] : [key];
  const drag = pickUp(board, wall2, overlay, keys2, camera.toWall(start), () => {
    lost();
    board.say("What you held was taken away by somebody else.");
  });
  if (!drag) return null;
  return {
    move: (screen) => drag.move(camera.toWall(screen), screen),
    end: (screen) => drag.drop(rootPoint(screen)),
    cancel: () => drag.cancel(),
    edges: true
  };
}
function boxBetween(one, other) {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return { x, y, w: Math.abs(one.x - other.x), h: Math.abs(one.y - other.y) };
}

// board/source/hands/wheel.js
function giveWheel(board, wall2, pointIn) {
  wall2.element.addEventListener(
    "wheel",
    (event) => {
      const line3 = event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? 300 : 1;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const by = Math.max(-60, Math.min(60, event.deltaY * line3));
        wall2.camera.zoomBy(Math.exp(-by * 8e-3), pointIn(event));
        return;
      }
      const inside = board.root.matches(":focus-within") || document.fullscreenElement?.contains(board.root);
      if (!inside && !board.root.querySelector(".f-fixed")) return;
      event.preventDefault();
      const sideways = event.shiftKey && !event.deltaX;
      wall2.camera.panBy((sideways ? event.deltaY : event.deltaX) * line3, (sideways ? 0 : event.deltaY) * line3);
    },
    { passive: false }
  );
}

// board/source/hands/pointer.js
var THRESHOLD = 4;
var LONG_PRESS = 550;
var EDGE3 = 36;
var TOLD_EVERY2 = 60;
var OWN_HANDS = ".editor, .typing, .finding";
function givePointers(board, wall2, overlay, hands) {
  const { element: element2, camera } = wall2;
  const fingers = /* @__PURE__ */ new Map();
  let press = null;
  let pinch = null;
  let longPress;
  let frame = 0;
  let last = { x: 0, y: 0 };
  let told = 0;
  const pointIn = (event, frame2 = element2) => {
    const { left, top } = frame2.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const rootPoint = (screen) => {
    const [here, root] = [element2.getBoundingClientRect(), board.root.getBoundingClientRect()];
    return { x: screen.x + here.left - root.left, y: screen.y + here.top - root.top };
  };
  const down = (event) => {
    const target = (
      /** @type {Element} */
      event.target
    );
    if (target.closest(OWN_HANDS)) return;
    const point = pointIn(event);
    if (event.pointerType === "touch") {
      fingers.set(event.pointerId, point);
      if (fingers.size === 2) return startPinch();
    }
    if (press || event.button === 2) return;
    const key = keyAt(target);
    const pan = event.button === 1 || hands.spaceHeld() || element2.dataset.hand === "true";
    if (event.button === 1) event.preventDefault();
    const adding = event.shiftKey || event.ctrlKey || event.metaKey;
    const kind = event.pointerType;
    press = { id: event.pointerId, kind, start: point, key, pan, gesture: null, toggled: false, adding };
    last = point;
    if (event.pointerType === "touch") longPress = setTimeout(pressLong, LONG_PRESS);
    if (pan) return;
    event.preventDefault();
    if (!key) return element2.focus({ preventScroll: true });
    if (adding) {
      board.select([key], "toggle");
      press.toggled = true;
    } else if (!board.selection.has(key)) board.select([key]);
    board.focus(key, { reveal: false });
  };
  const move = (event) => {
    const point = pointIn(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, point);
    if (pinch) return movePinch();
    last = point;
    tellPointer(point);
    if (!press || press.id !== event.pointerId) return;
    if (press.kind === "mouse" && event.buttons === 0) return up(event);
    if (!press.gesture) {
      if (Math.hypot(point.x - press.start.x, point.y - press.start.y) < THRESHOLD) return;
      clearTimeout(longPress);
      press.gesture = begin(press);
      if (!press.gesture) return;
      element2.setPointerCapture?.(event.pointerId);
      element2.classList.add("has-gesture");
    }
    frame ||= requestAnimationFrame(tick2);
  };
  const tick2 = () => {
    frame = 0;
    const gesture = press?.gesture;
    if (!gesture) return;
    if (gesture.edges && panAtEdge()) frame = requestAnimationFrame(tick2);
    gesture.move(last);
  };
  const panAtEdge = () => {
    const push = (at2, length2) => at2 < EDGE3 ? Math.max(-EDGE3, at2 - EDGE3) : at2 > length2 - EDGE3 ? Math.min(EDGE3, at2 - length2 + EDGE3) : 0;
    const [dx, dy] = [push(last.x, camera.width), push(last.y, camera.height)];
    if (dx || dy) camera.panBy(dx / 3, dy / 3);
    return Boolean(dx || dy);
  };
  const up = (event) => {
    fingers.delete(event.pointerId);
    if (fingers.size < 2) pinch = null;
    if (!press || press.id !== event.pointerId) return;
    const done = press;
    release();
    if (event.type === "pointercancel") return done.gesture?.cancel();
    if (done.gesture) {
      done.gesture.move(pointIn(event));
      return done.gesture.end(pointIn(event));
    }
    if (done.pan || done.toggled) return;
    if (done.key) board.select([done.key]);
    else if (!done.adding) board.select([]);
  };
  const release = () => {
    clearTimeout(longPress);
    cancelAnimationFrame(frame);
    frame = 0;
    press = null;
    element2.classList.remove("has-gesture");
  };
  const cancel = () => {
    const gesture = press?.gesture;
    release();
    gesture?.cancel();
    return Boolean(gesture);
  };
  const begin = (held) => {
    if (held.pan || held.kind === "touch" && !held.key) {
      if (hands.spaceHeld()) hands.spaceUsed();
      return panning(wall2, held.start);
    }
    const isNote = held.key && board.scene.notes.some((note) => note.key === held.key);
    if (!held.key || !isNote) return banding(board, wall2, overlay, held);
    if (board.root.classList.contains("is-readonly")) return null;
    return carrying(board, wall2, overlay, held.key, held.start, { rootPoint, lost: cancel });
  };
  const pressLong = () => {
    if (!press || press.gesture) return;
    const { key, start } = press;
    release();
    hands.menuAt(key, rootPoint(start));
  };
  const startPinch = () => {
    cancel();
    pinch = spread3([...fingers.values()]);
  };
  const movePinch = () => {
    const now = spread3([...fingers.values()]);
    if (!pinch || fingers.size < 2) return;
    camera.panBy(pinch.middle.x - now.middle.x, pinch.middle.y - now.middle.y);
    camera.zoomBy(now.distance / pinch.distance, now.middle);
    pinch = now;
  };
  const tellPointer = (screen) => {
    if (press?.gesture || Date.now() - told < TOLD_EVERY2) return;
    told = Date.now();
    const { x, y } = camera.toWall(screen);
    board.session.tell({ pointer: [Math.round(x), Math.round(y)] });
  };
  element2.addEventListener("pointerdown", down);
  element2.addEventListener("pointermove", move);
  element2.addEventListener("pointerup", up);
  element2.addEventListener("pointercancel", up);
  element2.addEventListener("pointerleave", () => {
    if (!press) board.session.tell({ pointer: null });
  });
  element2.addEventListener("dblclick", (event) => {
    const target = (
      /** @type {Element} */
      event.target
    );
    if (target.closest(OWN_HANDS)) return;
    const key = keyAt(target);
    if (key) board.edit(key);
    else hands.newAt(camera.toWall(pointIn(event)));
  });
  element2.addEventListener("contextmenu", (event) => {
    const target = (
      /** @type {Element} */
      event.target
    );
    if (target.closest(".editor, .typing")) return;
    event.preventDefault();
    if (press?.kind === "touch") release();
    hands.menuAt(keyAt(target), pointIn(event, board.root));
  });
  giveWheel(board, wall2, pointIn);
  return { cancel };
}
function keyAt(target) {
  return target.closest(".note, .place-title, .place-subtitle") ? keyOf(target) : null;
}
function spread3([one, other]) {
  if (!one || !other) return { distance: 1, middle: one ?? { x: 0, y: 0 } };
  return {
    distance: Math.max(10, Math.hypot(one.x - other.x, one.y - other.y)),
    middle: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }
  };
}

// board/source/hands/typing.js
function makeTyping(board, add, addLines) {
  const field = h("input", { type: "text", dir: "auto", autocomplete: "off", spellcheck: "true" });
  const added = h("span", { class: "added", dir: "auto", "aria-hidden": "true" });
  const element2 = h("div", { class: "typing" }, field, added);
  let step = 0;
  const enter2 = () => {
    const text5 = asName(field.value);
    if (isBlank(text5) || !add(text5)) return;
    field.value = "";
    added.textContent = clip(text5, 60);
  };
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") return enter2();
    field.value = "";
    field.blur();
    const key = board.focused ?? board.scene.notes[0]?.key;
    if (key) board.focus(key);
  });
  field.addEventListener("paste", (event) => {
    const text5 = event.clipboardData?.getData("text/plain") ?? "";
    if (!/\S[^\S\n]*[\n\r]+[^\S\n]*\S/.test(text5)) return;
    event.preventDefault();
    event.stopPropagation();
    void addLines(text5);
  });
  field.addEventListener("blur", () => added.textContent = "");
  return {
    element: element2,
    start(letters) {
      if (element2.hidden) return false;
      field.value += letters;
      field.focus({ preventScroll: true });
      return true;
    },
    draw() {
      const { placeholder, number: number2 } = board.step;
      const later = laterWords(board.session.workshop ?? null, number2) !== null;
      element2.hidden = later || placeholder === null || board.replay !== null || board.root.classList.contains("is-readonly");
      if (step === number2) return;
      step = number2;
      added.textContent = "";
      field.placeholder = placeholder ?? "";
      field.setAttribute("aria-label", placeholder ?? "");
    }
  };
}

// board/source/hands/index.js
var NEW_NOTE2 = { w: 132, h: 88 };
function giveHands(board, wall2) {
  const overlay = makeOverlay(wall2.camera);
  const readOnly = () => board.root.classList.contains("is-readonly");
  const add = (text5, at2 = null) => {
    const spot = at2 ?? freeSpot(board.scene.notes, inSight2(), NEW_NOTE2);
    const near = [...board.selection].pop() ?? board.focused;
    try {
      const edits = board.step.typed(board.session.doc, text5, near, spot);
      if (edits.length) void addAll(edits, `Added “${text5.slice(0, 80)}”.`, at2 !== null);
      else board.notice("note", "Nothing was added: it is here already, or it cannot be added at this step.");
      return edits.length > 0;
    } catch (error) {
      board.notice("warning", error instanceof Error ? error.message : String(error));
      return false;
    }
  };
  const addLines = async (text5) => {
    if (readOnly() || isJson(text5) && add(text5)) return;
    try {
      const { edits } = await board.session.ask("lines", { text: text5 });
      const count3 = edits.length;
      await addAll(edits, count3 === 1 ? "One note added." : `${count3} notes added.`, false);
    } catch (error) {
      board.notice("warning", error instanceof Error ? error.message : String(error));
    }
  };
  const addAll = async (edits, words4, focusing) => {
    const before2 = new Set(board.scene.notes.map((note) => note.key));
    const done = board.do(edits, words4);
    const made2 = board.scene.notes.filter((note) => !before2.has(note.key));
    if (made2.length) {
      board.select(made2.map((note) => note.key));
      if (focusing) board.focus(made2[0].key);
      else wall2.camera.reveal(made2[made2.length - 1]);
    }
    await done;
  };
  const inSight2 = () => {
    const { x, y, w, h: h2 } = wall2.camera.sight;
    const under = wall2.camera.inset / wall2.camera.zoom;
    return { x, y: y + under, w, h: h2 - under };
  };
  const cornerOf = (key) => {
    const { left, top, width, height } = (key && wall2.noteElement(key) || wall2.element).getBoundingClientRect();
    const root = board.root.getBoundingClientRect();
    return { x: left - root.left + width / 2, y: top - root.top + height / 2 };
  };
  const moveTo = () => {
    const keys3 = keysMeant(board);
    const held = board.scene.notes.filter((note) => keys3.includes(note.key) && !note.fixed).map((note) => note.key);
    const drops2 = held.length && !readOnly() ? board.step.drops(board.session.doc, board.scene, held) : [];
    if (!drops2.length) return board.say("This note cannot be moved at this step.");
    const at2 = cornerOf(held[0]);
    chooseFrom(board, "Move to…", drops2.map((drop2) => ({ words: drop2.words, run: () => carryOut(board, drop2, at2) })));
  };
  const findings = (key = board.focused) => {
    const thing = key && wall2.boxOf(key);
    if (thing) showFindings(board, thing.ref ?? thing.key, cornerOf(thing.key));
  };
  const menuAt = (key, at2) => {
    if (key && !board.selection.has(key)) board.select([key]);
    if (key) board.focus(key, { reveal: false });
    else board.select([]);
    const thing = key ? wall2.boxOf(key) : null;
    const title2 = thing ? "text" in thing ? thing.text : thing.title : void 0;
    const actions = board.actions();
    const ours = actions.filter((action) => action.id.startsWith("wall-") && !(key && action.id === "wall-write"));
    const others = actions.filter((action) => !action.id.startsWith("wall-"));
    const items = [...ours, ...others].map((action) => ({ ...action, run: () => board.run(action) }));
    const many = board.selection.size > 1;
    if (items.length) board.menu(at2, items, many ? `${board.selection.size} notes` : title2?.slice(0, 60));
  };
  const menu = () => {
    const key = keysMeant(board).pop() ?? null;
    menuAt(key, cornerOf(key));
  };
  const editing = makeEditing(board, wall2, add);
  const typing = makeTyping(board, add, addLines);
  const keys2 = giveKeys(board, wall2.element, {
    moveTo,
    menu,
    findings,
    type: (letters) => !readOnly() && typing.start(letters),
    cancel: () => pointers.cancel()
  });
  const pointers = givePointers(board, wall2, overlay, { menuAt, newAt: (at2) => editing.newAt(at2), ...keys2 });
  giveClipboard(board, wall2.element, addLines);
  wall2.element.append(overlay.element, typing.element);
  wall2.element.addEventListener("click", (event) => {
    const badge2 = (
      /** @type {Element} */
      event.target.closest(".finding")
    );
    const thing = badge2?.closest("[data-key]");
    if (thing instanceof HTMLElement) findings(thing.dataset.key ?? null);
  });
  const pointTo = () => {
    const others = board.session.people.filter((person) => person.id !== board.session.me.id);
    overlay.pointers(others, board.step.number);
  };
  board.session.on("people", pointTo);
  board.on("draw", () => {
    pointTo();
    overlay.spot(litNote(board));
    typing.draw();
  });
  return {
    edit: (key) => editing.edit(key),
    typing: typing.element,
    actions: () => wallActions(board, { moveTo, findings, write: () => void typing.start(""), readOnly: readOnly() })
  };
}
function wallActions(board, { moveTo, findings, write, readOnly }) {
  const key = keysMeant(board).pop();
  const note = board.scene.notes.find((one) => one.key === key);
  const writes = !readOnly && board.step.placeholder !== null;
  const actions = writes ? [{ id: "wall-write", name: "Write a new note", run: write }] : [];
  if (!key) return actions;
  const found = findingsByRef(board.session.insight?.findings ?? {}, board.step.number).has(note?.ref ?? key);
  if (!readOnly) actions.push({ id: "wall-edit", name: "Edit the text", keys: "F2", run: () => board.edit(key) });
  if (!readOnly && note && !note.fixed) actions.push({ id: "wall-move", name: "Move to…", keys: "m", run: moveTo });
  if (found) actions.push({ id: "wall-findings", name: "Show the findings", keys: "!", run: () => findings() });
  return actions;
}
function isJson(text5) {
  try {
    return typeof JSON.parse(text5) === "object";
  } catch {
    return false;
  }
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
  for (const [number2, op] of asList(ops, "a delta").entries()) {
    try {
      applyOp(holder, own, op);
    } catch (error) {
      throw new Error(`Operation ${number2} of a delta does not fit: ${/** @type {Error} */
      error.message}`);
    }
  }
  return holder.root;
}
function applyOp(holder, own, op) {
  const [kind, path2] = asList(op, "an operation");
  const whole = ["root", ...asList(path2, "a path")];
  if (kind === "splice") {
    const list = asList(owned(holder, own, whole), "what is spliced");
    const [, , index, count3, items] = op;
    const fits3 = isIndex(index, list.length + 1) && isIndex(count3, list.length - index + 1);
    if (!fits3) throw new Error(`${index} and ${count3} are not a stretch of ${list.length} items`);
    list.splice(index, count3, ...asList(items, "new items"));
    return;
  }
  const key = whole.pop();
  const container = owned(holder, own, whole);
  if (kind === "set") setKey(holder, own, whole, container, key, op[2], op[3]);
  else if (kind === "del") deleteKey(container, key);
  else throw new Error(`the kind ${JSON.stringify(kind)} is not known`);
}
function owned(holder, own, path2) {
  let container = holder;
  for (const key of path2) {
    if (!has(container, key)) throw new Error(`there is nothing at ${JSON.stringify(path2.slice(1))}`);
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
function setKey(holder, own, path2, container, key, value, before2) {
  if (value === void 0) throw new Error("a value is missing");
  if (Array.isArray(container) || has(container, key) || before2 === void 0 || !has(container, before2)) {
    if (Array.isArray(container) && !has(container, key)) throw new Error(`there is no item ${JSON.stringify(key)}`);
    put(container, key, value);
    return;
  }
  const entries = Object.entries(container);
  entries.splice(
    entries.findIndex(([one]) => one === before2),
    0,
    [String(key), value]
  );
  const ordered2 = Object.fromEntries(entries);
  own.add(ordered2);
  put(
    owned(holder, own, path2.slice(0, -1)),
    /** @type {any} */
    path2.at(-1),
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
function isIndex(value, length2) {
  return Number.isInteger(value) && value >= 0 && value < length2;
}
function asList(value, what) {
  if (!Array.isArray(value)) throw new Error(`${what} is a list, not ${JSON.stringify(value)?.slice(0, 40)}`);
  return value;
}

// board/source/sync/keep.js
var place = (
  /** @returns {Storage} */
  () => globalThis.sessionStorage
);
var ALIVE = /* @__PURE__ */ Symbol.for("anycompany.board.tabs");
function placeOf(path2, person) {
  return `anycompany-board-edits:${person}:${path2}`;
}
function alive() {
  const page = (
    /** @type {any} */
    globalThis
  );
  return page[ALIVE] ??= /* @__PURE__ */ new Set();
}
function stayAlive(tab) {
  alive().add(tab);
  return () => alive().delete(tab);
}
function keep3(path2, person, messages, ours) {
  try {
    const all = [...everything(path2, person).filter(({ id: id2 }) => !ours.has(id2)), ...messages];
    const key = placeOf(path2, person);
    if (all.length) place().setItem(key, JSON.stringify(all));
    else place().removeItem(key);
  } catch {
  }
}
function kept3(path2, person) {
  return everything(path2, person).filter(({ id: id2 }) => !alive().has(id2.slice(0, id2.indexOf("_"))));
}
function everything(path2, person) {
  try {
    const said3 = JSON.parse(place().getItem(placeOf(path2, person)) ?? "[]");
    return Array.isArray(said3) ? said3.filter(isNumbered) : [];
  } catch {
    return [];
  }
}
function isNumbered(message) {
  if (!message || !/^[0-9a-f]{12}_\d{1,20}$/.test(message.id)) return false;
  const isEdit = message.type === "edit" && typeof message.edit?.kind === "string";
  return isEdit || message.type === "undo" || message.type === "redo";
}

// board/source/sync/hearing.js
var PROTOCOL = 1;
var MOST_IDS = 20;
function makeHearing({
  known: known5,
  me,
  pending,
  people,
  emit,
  setStatus,
  changed,
  peopleSoon,
  again,
  tries,
  ...session
}) {
  const goOn = () => {
    tries.stop();
    known5.trouble = "";
    if (known5.status === "live") pending.pump();
  };
  const arrived = (ids2) => {
    if (!pending.arrived(ids2, known5.revision)) return;
    if (known5.trouble) emit("notice", { tone: "good", text: "Edits are saved again." });
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
    known5.retired.add(id2);
    pending.giveAnotherId(one, section2, id2, mint(session.over(), section2, thing.name, known5.retired));
    changed();
    pending.pump();
    return true;
  };
  return {
    snapshot(message) {
      if (message.protocol !== PROTOCOL) return this.outdated(message);
      known5.doc = message.doc;
      known5.revision = message.revision;
      known5.insight = message.insight ?? known5.insight;
      known5.insightNumber = message.n ?? 0;
      if (known5.path !== message.path) {
        known5.path = String(message.path ?? "");
        pending.adopt(kept3(known5.path, me.id.slice(0, 8)));
      }
      me.name ||= String(message.author ?? "");
      people.replace(message.people);
      setStatus("live");
      session.greeted();
      changed();
      emit("insight");
      emit("people");
      if (message.warning) emit("notice", { tone: "warning", text: String(message.warning) });
      arrived([]);
      pending.resendLost();
    },
    patch({ from, revision, delta, ids: ids2 = [] }) {
      if (known5.status === "connecting") return;
      if (!Number.isSafeInteger(revision) || !Array.isArray(ids2)) return again();
      if (from !== known5.revision) return revision > known5.revision ? again() : arrived(ids2);
      try {
        known5.doc = applyDelta(known5.doc, delta);
      } catch {
        return again();
      }
      known5.revision = revision;
      for (const [op, path2] of delta) if (op === "del" && path2.length === 2) known5.retired.add(String(path2[1]));
      arrived(ids2);
      changed();
    },
    insight({ n, from_n: from, delta }) {
      if (known5.status === "connecting" || n <= known5.insightNumber) return;
      try {
        if (from !== known5.insightNumber) throw new Error("An insight is missing.");
        known5.insight = applyDelta(known5.insight, delta);
      } catch {
        return again();
      }
      known5.insightNumber = n;
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
      if (message.again && known5.trouble !== message.why) {
        known5.trouble = message.why;
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
    answer: session.answer,
    notice({ tone, text: text5, edits = [] }) {
      const actions = edits.map((way) => ({
        name: way.words,
        run: () => session.carryOut(way.edits.length === 1 ? way.edits[0] : { kind: "batch", edits: way.edits })
      }));
      emit("notice", { tone, text: text5, actions });
    },
    workshop({ type, to, ...standing2 }) {
      known5.workshop = { ...standing2, at: performance.now() };
      emit("workshop");
    },
    door({ type, to, ...door }) {
      known5.door = door;
      emit("door");
    },
    quiet(message) {
      known5.quiet = Array.isArray(message.people) ? message.people.map(String) : [];
      emit("workshop");
    },
    play(message) {
      emit("play", message);
    },
    outdated({ why }) {
      session.outdated();
      setStatus("outdated");
      emit("notice", { tone: "error", text: why ?? "This page is older than the notebook. Reload it to go on." });
    }
  };
}

// board/source/sync/known.js
var NO_INSIGHT2 = {
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
    insight: NO_INSIGHT2,
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
  add(message, said3) {
    return new Promise((done) => {
      this.ids.add(message.id);
      this.edits.push({ message, said: said3, done, sent: false, sentAt: 0, turn: 0, renamed: 0, revision: null });
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
      ({ message, revision: at2 }) => ids2.includes(message.id) || at2 !== null && at2 <= revision
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
var LONGEST_NAME2 = 60;
var HUES2 = 24;
var SHOWN3 = (
  /** @type {const} */
  ["step", "pointer", "holds", "editing"]
);
function hueOf(id2) {
  return (Number.parseInt(id2.slice(0, 4), 16) || 0) % HUES2;
}
var People = class {
  /** @param {string} me the id of one's own tab */
  constructor(me) {
    this.me = me;
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
    const known5 = this.others;
    this.others = /* @__PURE__ */ new Map();
    for (const said3 of Array.isArray(listed) ? listed : []) this.hear(said3, known5);
    this.sorted = null;
  }
  /**
   * What one tab tells of itself.
   *
   * @param {any} said
   * @param {Map<string, Person>} [known]
   */
  hear(said3, known5 = this.others) {
    if (typeof said3?.person !== "string" || typeof said3.tab !== "string") return;
    const id2 = said3.person + said3.tab;
    if (id2 === this.me) return;
    const name = String(said3.name ?? "").slice(0, LONGEST_NAME2) || known5.get(id2)?.name || "Somebody";
    const person = { ...known5.get(id2), id: id2, name, hue: hueOf(id2), here: true };
    for (const key of SHOWN3) if (Object.hasOwn(said3, key)) person[key] = said3[key];
    this.others.set(id2, person);
    this.sorted = null;
  }
};
function makeTeller(me, send) {
  let last = 0;
  let waiting = {};
  let timer2;
  const flush = () => {
    clearTimeout(timer2);
    timer2 = void 0;
    last = Date.now();
    if (send(waiting)) waiting = {};
  };
  const alive2 = setInterval(flush, MILLISECONDS_BETWEEN_SIGNS_OF_LIFE);
  const tell = (said3) => {
    Object.assign(me, said3);
    Object.assign(waiting, said3);
    const wait = last + MILLISECONDS_BETWEEN_POINTERS - Date.now();
    if (wait <= 0) flush();
    else timer2 ??= setTimeout(flush, wait);
  };
  return {
    tell,
    tellAll: () => tell(Object.fromEntries(SHOWN3.map((key) => [key, me[key] ?? null]).filter(([, value]) => value))),
    close() {
      clearInterval(alive2);
      clearTimeout(timer2);
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
      const timer2 = setTimeout(() => this.#close(n)?.reject(new Error(late)), SECONDS_TO_ANSWER * 1e3);
      this.open.set(n, { resolve, reject, timer: timer2 });
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
function unsealed({ nonce, text: text5 }, key) {
  const closed = Uint8Array.from(atob(text5), (character) => character.charCodeAt(0));
  const start = new Uint8Array([...bytesOf2(key), ...bytesOf2(nonce), 0, 0, 0, 0]);
  const counter = new DataView(start.buffer);
  for (let at2 = 0; at2 < closed.length; at2 += 32) {
    counter.setUint32(start.length - 4, at2 / 32);
    const mixed = sha256(start);
    for (let index = 0; index < 32 && at2 + index < closed.length; index += 1) closed[at2 + index] ^= mixed[index];
  }
  return JSON.parse(new TextDecoder().decode(closed));
}
function bytesOf2(digits) {
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
  const words4 = new Uint32Array(ROUNDS);
  for (let at2 = 0; at2 < padded.length; at2 += BLOCK) {
    for (let round2 = 0; round2 < ROUNDS; round2 += 1) {
      words4[round2] = round2 < 16 ? view.getUint32(at2 + 4 * round2) : expanded(words4, round2);
    }
    compress(state, words4);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setUint32(4 * index, word));
  return new Uint8Array(digest.buffer);
}
function expanded(words4, round2) {
  const [early, late] = [words4[round2 - 15], words4[round2 - 2]];
  const one = turned(early, 7) ^ turned(early, 18) ^ early >>> 3;
  const other = turned(late, 17) ^ turned(late, 19) ^ late >>> 10;
  return words4[round2 - 16] + one + words4[round2 - 7] + other;
}
function compress(state, words4) {
  let [a, b, c, d, e, f, g, i] = state;
  for (let round2 = 0; round2 < ROUNDS; round2 += 1) {
    const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = i + high + (e & f ^ ~e & g) + ADDED[round2] + words4[round2] | 0;
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
  for (let number2 = 2; primes.length < ROUNDS; number2 += 1) {
    if (primes.every((prime) => number2 % prime)) primes.push(number2);
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
  let timer2;
  const wait = () => {
    timer2 = setTimeout(run, seconds[Math.min(times, seconds.length - 1)] * 1e3);
  };
  const run = () => {
    clearTimeout(timer2);
    work(times);
    times += 1;
    wait();
  };
  const stop = () => {
    clearTimeout(timer2);
    timer2 = void 0;
    times = 0;
  };
  return {
    start() {
      stop();
      run();
    },
    later() {
      if (timer2 === void 0) wait();
    },
    stop,
    get running() {
      return timer2 !== void 0;
    }
  };
}
function oncePerPicture(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    const run = () => {
      asked = false;
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
function openSession({ wire, person, tab = freshTab(), name = "", step = 1, path: path2 = "", first = 0 }) {
  const me = { id: `${person}${tab}`, name, hue: hueOf(person), step, here: true };
  const known5 = nothingKnown();
  const key = wire.shared ? freshKey() : "";
  let count3 = first;
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
      wire.send({ ...message, person, tab, name: me.name });
    } catch {
      setStatus("away");
    }
  };
  const setStatus = (now) => {
    if (known5.status === now || known5.status === "outdated") return;
    known5.status = now;
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
  const people = new People(me.id);
  const questions = new Questions(send);
  const teller = makeTeller(me, (said3) => {
    if (known5.status === "live") send({ type: "presence", ...said3 });
    return known5.status === "live";
  });
  const hello = patiently(SECONDS_BETWEEN_HELLOS, (times) => {
    if (times === 0) pending.mark();
    if (times >= HELLOS_UNTIL_AWAY) setStatus("away");
    const sealing = key ? { key } : {};
    send({ type: "hello", protocol: PROTOCOL, step: me.step, revision: known5.revision || null, ...sealing });
  });
  const tries = patiently(SECONDS_BETWEEN_TRIES, () => {
    if (known5.status === "live") pending.pump();
  });
  const watch = setInterval(() => {
    const oldest = pending.edits[0];
    const late = oldest?.sent && Date.now() - oldest.sentAt > SECONDS_WITHOUT_WORD * 1e3;
    if (late && known5.status === "live") again();
  }, 1e3);
  const gone = stayAlive(me.id);
  const again = () => {
    if (!closed && !hello.running) hello.start();
  };
  const remember2 = () => {
    if (known5.path) keep3(known5.path, person, pending.messages, pending.ids);
  };
  const changed = () => {
    shown = null;
    remember2();
    soon();
  };
  const hearing2 = makeHearing({
    known: known5,
    me,
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
    carryOut: (edit) => void session.do(edit),
    over: () => session.doc
  });
  wire.onMessage((message) => {
    if (closed || known5.status === "outdated" || message?.to && message.to !== me.id) return;
    try {
      if (message?.type === "sealed") message = unsealed(message, key);
      if (Object.hasOwn(hearing2, message?.type)) hearing2[message.type](message);
    } catch (error) {
      console.error(error);
      again();
    }
  });
  wire.onStatus((now) => {
    if (closed || known5.status === "outdated") return;
    if (now === "closed") setStatus("away");
    hello.start();
  });
  const onItsWay = (message, said3) => {
    if (closed || known5.status === "outdated") return Promise.resolve(refusedHere(said3, closed, emit));
    count3 += 1;
    const outcome = pending.add({ ...message, id: `${me.id}_${count3}` }, said3);
    shown = null;
    remember2();
    if (known5.status === "live") pending.pump();
    emit("change");
    return outcome;
  };
  const session = {
    get doc() {
      return shown ??= pending.over(known5.doc);
    },
    get revision() {
      return known5.revision;
    },
    get insight() {
      return known5.insight;
    },
    get people() {
      return people.list;
    },
    get pending() {
      return pending.count;
    },
    get status() {
      return known5.status;
    },
    get workshop() {
      return known5.workshop;
    },
    get door() {
      return known5.door;
    },
    atDoor(what) {
      if (known5.status === "live") send({ type: "door", do: what });
    },
    get quiet() {
      return known5.quiet;
    },
    me,
    do: (edit, { was } = {}) => {
      const message = { type: (
        /** @type {const} */
        "edit"
      ), edit: withIds(session.doc, edit, known5.retired) };
      for (const id2 of idsRetiredBy(edit)) known5.retired.add(id2);
      return onItsWay(was === void 0 ? message : { ...message, was }, edit);
    },
    undo: () => onItsWay({ type: "undo" }),
    redo: () => onItsWay({ type: "redo" }),
    ask: (question, about = {}) => known5.status === "live" ? questions.ask(question, about) : Promise.reject(new Error(AWAY)),
    tell(said3) {
      teller.tell(said3);
      if (Object.hasOwn(said3, "name")) emit("people");
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
  if (path2) {
    known5.path = path2;
    pending.adopt(kept3(path2, person));
  }
  hello.start();
  return session;
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

// board/source/sync/wire.js
var TARGET = "anycompany.board";
var LISTEN = "from anycompany.board.revive import listen; listen()";
var HOST = "from anycompany.workshop.reviving import listen; listen()";
var ENDINGS2 = ["restarting", "autorestarting", "terminating", "dead"];
var READY = ["idle", "busy"];
function widgetWire(model) {
  let hear = () => {
  };
  let tell = () => {
  };
  let kernel = null;
  let comm = null;
  let lost = false;
  let asked = false;
  let asking = false;
  let closed = false;
  const onCustom = (message) => hear(message);
  const onStatus = (_, status) => {
    if (ENDINGS2.includes(status)) lose();
    else if (lost && !asked && status === "idle") void comeBack();
  };
  const onConnection = (_, status) => {
    if (status !== "connected") tell("closed");
    else if (lost) void comeBack();
    else tell("open");
  };
  const lose = () => {
    comm = null;
    lost = true;
    asked = false;
    tell("closed");
  };
  const comeBack = async () => {
    if (asking || closed || !kernel || kernel.connectionStatus !== "connected" || !READY.includes(kernel.status))
      return;
    asking = asked = true;
    try {
      const code = model.get("facilitates") === true ? HOST : LISTEN;
      const request = { code, silent: true, store_history: false, allow_stdin: false };
      const reply = await kernel.requestExecute(request).done;
      if (closed || reply?.content?.status === "error") return;
      const fresh = kernel.createComm(TARGET);
      fresh.onMsg = (message) => hear(message.content.data);
      fresh.onClose = () => fresh === comm && lose();
      const opening = {
        path: model.get("path"),
        step: model.get("step"),
        facilitates: model.get("facilitates") === true
      };
      await fresh.open(opening).done;
      comm = fresh;
      lost = false;
      if (closed) hangUp();
      else tell("open");
    } catch {
    } finally {
      asking = false;
    }
  };
  const hangUp = () => {
    if (comm && !comm.isDisposed) comm.close();
    comm = null;
  };
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
  model.on("msg:custom", onCustom);
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
      model.off("msg:custom", onCustom);
      unfollow();
      hangUp();
    }
  };
}
function kernelOf(model) {
  try {
    const kernel = model.widget_manager?.kernel;
    return typeof kernel?.requestExecute === "function" && typeof kernel.createComm === "function" ? kernel : null;
  } catch {
    return null;
  }
}

// board/source/saved.js
var PATIENCE = 4e3;
var KEPT_EVERY = 2e3;
function savedWhile(live, model) {
  const saved = readSaved(model.get("saved"));
  let waiting = saved !== null && live.status !== "live";
  let patient = true;
  const watchers = /* @__PURE__ */ new Set();
  let keeping;
  const keep4 = () => {
    keeping = void 0;
    if (live.status !== "live" || live.pending || live.doc.workshop?.blind) return;
    model.set("saved", { revision: live.revision, doc: live.doc, insight: live.insight });
  };
  const keepSoon = () => {
    if (live.status === "live") waiting = false;
    keeping ??= setTimeout(keep4, KEPT_EVERY);
  };
  const stops = ["status", "change", "insight"].map((event) => live.on(event, keepSoon));
  const giveUp2 = setTimeout(() => {
    patient = false;
    if (waiting) for (const watcher of [...watchers]) watcher();
  }, PATIENCE);
  const instead2 = {
    doc: () => saved?.doc,
    revision: () => saved?.revision,
    insight: () => saved?.insight,
    status: () => patient ? "connecting" : "readonly"
  };
  const own = {
    on(event, listener) {
      if (event === "status") watchers.add(listener);
      const stop = live.on(event, listener);
      return () => {
        watchers.delete(listener);
        stop();
      };
    },
    close() {
      clearTimeout(keeping);
      clearTimeout(giveUp2);
      for (const stop of stops) stop();
      live.close();
    }
  };
  return new Proxy(live, {
    get(target, key) {
      if (typeof key === "string" && key in own) return own[key];
      if (waiting && typeof key === "string" && key in instead2) return instead2[key]();
      const value = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    }
  });
}
function readSaved(value) {
  return value && typeof value === "object" && value.doc && typeof value.doc === "object" ? value : null;
}

// board/source/main.js
var PERSON = "anycompany-board-person";
var NAME2 = "anycompany-board-name";
var OURS2 = ["keydown", "keyup", "keypress", "copy", "cut", "paste"];
function mountBoard(el, { wire, session: given, step = 1, name, readonly = false }) {
  const quiet = { "data-lm-suppress-shortcuts": "true" };
  const root = h("div", { class: "anycompany-board", role: "region", "aria-label": "Board", ...quiet });
  const session = given ?? openSession({ wire: (
    /** @type {Wire} */
    wire
  ), ...whoIsThis(name), step });
  const { board, wall: wall2, draw, close: close2 } = makeBoard(root, {
    session,
    steps: STEPS,
    step,
    readonly,
    frame: () => frame,
    hands: () => hands
  });
  const hands = giveHands(board, wall2);
  const frame = makeFrame(board, { wall: wall2.element });
  root.append(frame.element);
  for (const kind of OURS2) root.addEventListener(kind, (event) => event.stopPropagation());
  dress(root, themeAround());
  el.append(root);
  draw();
  const stopTheme = onTheme((theme) => dress(root, theme));
  const sized = new ResizeObserver(() => wall2.camera.resized());
  sized.observe(wall2.element);
  board.on("draw", () => session.me?.name && remember(NAME2, session.me.name));
  return {
    board,
    close() {
      sized.disconnect();
      stopTheme();
      frame.close();
      close2();
      if (!given) session.close();
      root.remove();
    }
  };
}
function render({ model, el }) {
  const step = Number(model.get("step")) || 1;
  const live = openSession({ wire: widgetWire(model), ...whoIsThis(), step });
  const session = savedWhile(live, model);
  const mounted = mountBoard(el, { session, step });
  const hidden2 = hideTwin(String(model.get("twin") ?? ""));
  const endTour = tourOnce(mounted.board);
  return () => {
    endTour();
    mounted.close();
    session.close();
    hidden2?.remove();
  };
}
function hideTwin(twin) {
  if (!/^[\w-]+$/.test(twin)) return null;
  const style = h("style", null, `.${twin} { display: none }`);
  document.head.append(style);
  return style;
}
function whoIsThis(name) {
  const known5 = recall(PERSON) ?? "";
  const id2 = /^[0-9a-f]{8}$/.test(known5) ? known5 : freshId2();
  remember(PERSON, id2);
  return { person: id2, name: name ?? recall(NAME2) ?? "" };
}
function freshId2() {
  const bytes = new Uint8Array(4);
  globalThis.crypto.getRandomValues(bytes);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
function recall(key) {
  try {
    return globalThis.localStorage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}
function remember(key, value) {
  try {
    globalThis.localStorage?.setItem(key, value);
  } catch {
  }
}
var main_default = { render };
export {
  main_default as default,
  mountBoard
};
