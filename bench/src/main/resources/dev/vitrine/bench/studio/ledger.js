// The columns of a row in a list: what each holds and, as a bar, what it adds.

import { written } from './columns.js';
import { brief, el } from './dom.js';

// heads: of the columns of the list, two or three.
export function ledger(about, ...heads) {
  const rows = about.columns.map((c) => {
    const value = el('td', { class: 'number' });
    const fill = el('span');
    const adds = heads.length > 2 ? el('td', {}, el('span', { class: 'swing' }, fill)) : null;
    return { node: el('tr', {}, el('th', { scope: 'row' }, c.name), value, adds), value, fill, adds };
  });
  const node = el('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': 'Columns' },
    el('table', { class: 'ledger' },
      el('thead', {}, el('tr', {}, ...heads.map((text) => el('th', { scope: 'col' }, text)))),
      el('tbody', {}, ...rows.map((r) => r.node))));
  return {
    node,
    // texts of the values, or the row itself; erased: by column; adds: by column, on a scale up to most
    show(values, { erased = [], adds = null, most = 1 }) {
      rows.forEach((row, i) => {
        const v = values[i];
        row.value.textContent = typeof v === 'string' ? v : written(about.columns[i], v);
        row.node.classList.toggle('gone', erased.includes(i));
        if (!adds) return;
        const share = most > 0 ? Math.min(Math.abs(adds[i]) / most, 1) : 0;
        row.fill.className = adds[i] < 0 ? 'against' : 'for';
        row.fill.style.width = 50 * share + '%';
        row.adds.title = brief(adds[i]);
      });
    },
  };
}
