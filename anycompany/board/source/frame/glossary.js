/**
 * The glossary in the board's help: the terms of the method and of AWS, found by typing.
 *
 * @module frame/glossary
 */

import glossary from '../../../../data/course/glossary.json';
import { h } from '../dom.js';
import { openLayer } from './layer.js';
import { matches, plain } from './picker.js';
import { freshId } from './widgets.js';

/**
 * Opens the glossary.
 *
 * @param {{readonly root: HTMLElement}} board
 */
export function showGlossary(board) {
  const { terms } = glossary;
  const texts = terms.map(({ term, says }) => plain(`${term} ${says}`));
  const list = h('dl', { class: 'f-glossary' });
  const none = h('p', { class: 'f-soft', role: 'status' });
  const id = freshId('find');
  const input = h('input', { id, type: 'search', class: 'f-input', 'data-first': true, autocomplete: 'off', oninput: draw });

  function draw() {
    const found = matches(texts, input.value);
    list.replaceChildren(
      ...found.flatMap((index) => {
        const { term, says, source } = terms[index];
        return [h('dt', null, term), h('dd', null, says, ' ', h('small', null, `(${source})`))];
      }),
    );
    list.hidden = found.length === 0;
    none.textContent = found.length === 0 ? 'No such term.' : '';
  }

  draw();
  openLayer(board.root, {
    title: 'Glossary',
    kind: 'f-choosing',
    content: [
      h('div', { class: 'f-glossary-find' }, h('label', { for: id }, 'Find a term'), input),
      none,
      h('div', { class: 'f-glossary-terms', tabindex: '0', role: 'group', 'aria-label': 'Terms' }, list),
    ],
  });
}
