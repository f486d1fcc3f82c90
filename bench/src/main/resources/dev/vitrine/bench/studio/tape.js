// The tape: every op of the network in the order it was computed, and what it gave.

import { activation } from './activation.js';
import { ask, decode } from './api.js';
import { el } from './dom.js';
import { problem } from './main.js';

const bytes = (n) => (n < 1024 ? n + ' B' : n < 1 << 20 ? (n / 1024).toFixed(1) + ' KiB' : (n / (1 << 20)).toFixed(1) + ' MiB');

export function tapePanel() {
  const list = el('tbody');
  const held = el('div', { class: 'held', 'aria-live': 'polite' });
  let last = null;
  let chosen = null;
  let nodes = [];

  function row(node, longest) {
    const time = el('span', { class: 'fill' });
    time.style.width = (100 * node.microseconds) / longest + '%';
    const from = node.in.map((i) => '%' + i).join(', ');
    return el('tr', { class: node.leaf ? 'leaf' : '' },
      el('th', { scope: 'row' }, el('button', {
        type: 'button', 'aria-pressed': 'false', onclick: () => look(node.index),
      }, el('span', { class: 'index' }, '%' + node.index), ' ' + node.op, el('span', { class: 'name' }, ' ' + node.name))),
      el('td', {}, from),
      el('td', {}, `[${node.shape.join(', ')}]`),
      el('td', { class: 'number' }, bytes(node.bytes)),
      el('td', { class: 'number' }, node.microseconds > 0 ? node.microseconds.toFixed(1) + ' µs' : '–',
        el('span', { class: 'track' }, time)));
  }

  async function look(index) {
    chosen = index;
    const inputs = new Set(nodes[index].in);
    [...list.rows].forEach((r, i) => {
      r.classList.toggle('chosen', i === index);
      r.classList.toggle('input', inputs.has(i));
      r.querySelector('button').setAttribute('aria-pressed', String(i === index));
    });
    try {
      const value = await ask('node', { model: last.model, x: last.encoded, node: index });
      held.replaceChildren(el('h3', {}, `%${index} ${nodes[index].op} ${nodes[index].name}`),
        activation(value.shape, decode(value.values), value.least, value.largest));
    } catch (error) {
      problem(error);
    }
  }

  return {
    name: 'tape',
    title: 'Tape',
    node: el('div', { class: 'panel tape' },
      el('p', { class: 'lead' }, 'The network as it was recorded. Press a node to see what it holds.'),
      el('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': 'Nodes of the tape' },
        el('table', {},
          el('thead', {}, el('tr', {}, ...['Node', 'Reads', 'Shape', 'Bytes', 'Time'].map((t) => el('th', { scope: 'col' }, t)))),
          list)),
      held),
    async show(now) {
      const other = last?.model !== now.model;
      last = now;
      nodes = await ask('tape', { model: now.model, x: now.encoded });
      const longest = Math.max(...nodes.map((n) => n.microseconds), 0.001);
      const focused = [...list.rows].findIndex((r) => r.contains(document.activeElement));
      list.replaceChildren(...nodes.map((n) => row(n, longest)));
      if (focused >= 0) list.rows[focused]?.querySelector('button').focus();
      const first = nodes.findIndex((n) => !n.leaf);
      await look(other || chosen === null ? first : chosen);
    },
  };
}
