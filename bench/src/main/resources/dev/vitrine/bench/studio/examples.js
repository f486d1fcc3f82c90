// Rows that the models were not trained on, one by one.

import { ask, received } from './api.js';
import { el } from './dom.js';
import { problem } from './main.js';

export function examples(about, place, show) {
  const number = el('input', {
    type: 'number', min: 0, max: about.rows - 1, value: 0, 'aria-label': 'Number of the test row',
    onchange: () => go(+number.value),
  });
  const is = el('span', { class: 'note' });
  const button = (text, label, by) =>
    el('button', { type: 'button', 'aria-label': label, onclick: () => go(+number.value + by) }, text);
  place.append(el('span', {}, 'Test row'), el('span', { class: 'stepper' },
    button('‹', 'Previous test row', -1), number, button('›', 'Next test row', 1)), is);

  async function go(row) {
    const wanted = ((Math.trunc(row) || 0) + about.rows) % about.rows;
    try {
      const answer = await ask('row', { row: Math.min(Math.max(wanted, 0), about.rows - 1) });
      number.value = answer.row;
      is.textContent = answer.label === null ? '' : `is ${about.classes[answer.label]}`;
      show(received(answer.x));
    } catch (error) {
      problem(error);
    }
  }
  return { go, forget: () => { is.textContent = ''; } };
}
