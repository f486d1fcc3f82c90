// From the value without any feature to the value of the row: one step for each feature, the largest first.

import { written } from './columns.js';
import { brief, el, svg } from './dom.js';

const MOST = 12;
const ROW = 26;
const NUMBER = 76;   // room for a number behind a bar

const pen = document.createElement('canvas').getContext('2d');

export function waterfall(about) {
  const chart = svg('svg', { class: 'waterfall', role: 'img', 'aria-label': 'Waterfall of attributions' });
  const node = el('figure', {}, chart);
  let last = null;
  new ResizeObserver(() => last && draw(...last)).observe(node);

  // The text, or as much of it as there is room for.
  function fitted(text, room) {
    let kept = text.length;
    while (kept > 1 && pen.measureText(kept < text.length ? text.slice(0, kept) + '…' : text).width > room) kept--;
    return kept < text.length ? text.slice(0, kept).trimEnd() + '…' : text;
  }

  function steps(x, map) {
    const order = [...map.keys()].sort((a, b) => Math.abs(map[b]) - Math.abs(map[a]));
    const kept = order.length > MOST ? order.slice(0, MOST - 1) : order;
    const rest = order.slice(kept.length);
    const all = kept.map((i) => [about.columns[i].name, map[i], written(about.columns[i], x[i])]);
    if (rest.length) all.push([`${rest.length} others`, rest.reduce((sum, i) => sum + map[i], 0)]);
    return all;
  }

  function draw(x, map, value, name) {
    const all = steps(x, map);
    pen.font = getComputedStyle(chart).font;
    const base = value - all.reduce((sum, [, v]) => sum + v, 0);
    let at = base;
    const ends = [base, ...all.map(([, v]) => (at += v))];
    const [least, most] = [Math.min(...ends), Math.max(...ends)];
    const width = Math.max(node.clientWidth, 240);
    const left = Math.min(210, width * 0.46);
    const across = (v) => left + ((v - least) / (most - least || 1)) * (width - left - NUMBER);
    const height = ROW * (all.length + 2);
    chart.setAttribute('viewBox', `0 0 ${width} ${height}`);
    chart.setAttribute('width', width);
    chart.setAttribute('height', height);
    chart.setAttribute('aria-label', `Waterfall: from ${brief(base)} to ${brief(value)} for ${name}; `
      + all.slice(0, 5).map(([n, v]) => `${n} ${brief(v)}`).join(', '));
    const rows = all.map(([n, v, held], i) => step(n, held, v, ends[i], ends[i + 1], i + 1));
    chart.replaceChildren(end('starts at', base, 0), ...rows, end(name, value, all.length + 1));

    function label(text, row, held = '') {
      const short = fitted(text, left - 16 - pen.measureText(held).width);
      return svg('text', { x: left - 10, y: row * ROW + 17, 'text-anchor': 'end' }, svg('title', {}, `${text} ${held}`),
        short, held && svg('tspan', { class: 'number', dx: 6 }, held));
    }
    function step(text, held, v, from, to, row) {
      const [a, b] = [across(Math.min(from, to)), across(Math.max(from, to))];
      return svg('g', { class: v < 0 ? 'against' : 'for' }, label(text, row, held),
        svg('line', { x1: across(from), x2: across(from), y1: row * ROW - 5, y2: row * ROW + 5 }),
        svg('rect', { x: a, y: row * ROW + 5, width: Math.max(b - a, 1), height: ROW - 10, rx: 2 }),
        svg('text', { x: b + 6, y: row * ROW + 17, class: 'number' }, (v > 0 ? '+' : '') + brief(v)));
    }
    function end(text, v, row) {
      return svg('g', { class: 'end' }, label(text, row),
        svg('circle', { cx: across(v), cy: row * ROW + 13, r: 4 }),
        svg('text', { x: across(v) + 9, y: row * ROW + 17, class: 'number' }, brief(v)));
    }
  }

  return {
    node,
    blank() { last = null; chart.replaceChildren(); },
    follow() { node.classList.add('stale'); },
    show(x, map, answer, name) {
      node.classList.remove('stale');
      last = [x, map, answer.value, name];
      draw(...last);
    },
  };
}
