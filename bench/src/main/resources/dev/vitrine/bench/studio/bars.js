// Probabilities as bars; a press on one explains that class.

import { el, percent } from './dom.js';

const MOST = 12;

export function bars(classes, choosable, choose) {
  const rows = classes.map((name, i) => {
    const fill = el('span', { class: 'fill' });
    const value = el('span', { class: 'value' });
    const parts = [el('span', { class: 'name', title: name }, name), el('span', { class: 'track' }, fill), value];
    const row = choosable
      ? el('button', { type: 'button', class: 'bar', 'aria-pressed': 'false', onclick: () => choose(i) }, ...parts)
      : el('div', { class: 'bar' }, ...parts);
    return { row, fill, value };
  });
  const node = el('div', { class: 'bars', role: 'group', 'aria-label': 'Probability of each class' }, ...rows.map((r) => r.row));
  return {
    node,
    show(said, target) {
      const least = classes.length > MOST ? [...said].sort((a, b) => b - a)[MOST - 1] : -1;
      rows.forEach(({ row, fill, value }, i) => {
        row.hidden = !!said.length && said[i] < least && i !== target;
        fill.style.width = 100 * (said[i] ?? 0) + '%';
        value.textContent = said.length ? percent(said[i]) : '';
        row.classList.toggle('chosen', i === target);
        if (choosable) row.setAttribute('aria-pressed', String(i === target));
      });
    },
  };
}
