// From the value without any feature to the value of the row: one step for each feature, the largest first.

import { brief, el, svg } from './dom.js';

const MOST = 12;
const ROW = 26;
const NUMBER = 76;   // room for a number behind a bar

export function waterfall(about) {
  const names = about.columns.map((c) => c.name);
  const chart = svg('svg', { class: 'waterfall', role: 'img', 'aria-label': 'Waterfall of attributions' });
  const node = el('figure', {}, chart);
  let last = null;
  new ResizeObserver(() => last && draw(...last)).observe(node);

  function steps(map) {
    const order = [...map.keys()].sort((a, b) => Math.abs(map[b]) - Math.abs(map[a]));
    const kept = order.length > MOST ? order.slice(0, MOST - 1) : order;
    const rest = order.slice(kept.length);
    const all = kept.map((i) => [names[i], map[i]]);
    if (rest.length) all.push([`${rest.length} others`, rest.reduce((sum, i) => sum + map[i], 0)]);
    return all;
  }

  function draw(map, value, name) {
    const all = steps(map);
    const base = value - all.reduce((sum, [, v]) => sum + v, 0);
    let at = base;
    const ends = [base, ...all.map(([, v]) => (at += v))];
    const [least, most] = [Math.min(...ends), Math.max(...ends)];
    const width = Math.max(node.clientWidth, 240);
    const left = Math.min(130, width * 0.34);
    const x = (v) => left + ((v - least) / (most - least || 1)) * (width - left - NUMBER);
    const height = ROW * (all.length + 2);
    chart.setAttribute('viewBox', `0 0 ${width} ${height}`);
    chart.setAttribute('width', width);
    chart.setAttribute('height', height);
    chart.setAttribute('aria-label', `Waterfall: from ${brief(base)} to ${brief(value)} for ${name}; `
      + all.slice(0, 5).map(([n, v]) => `${n} ${brief(v)}`).join(', '));
    const rows = all.map(([n, v], i) => step(n, v, ends[i], ends[i + 1], i + 1));
    chart.replaceChildren(end('starts at', base, 0), ...rows, end(name, value, all.length + 1));

    function label(text, row) {
      const most = Math.floor(left / 7);
      const short = text.length > most ? text.slice(0, most - 1) + '…' : text;
      return svg('text', { x: left - 10, y: row * ROW + 17, 'text-anchor': 'end' }, svg('title', {}, text), short);
    }
    function step(text, v, from, to, row) {
      const [a, b] = [x(Math.min(from, to)), x(Math.max(from, to))];
      return svg('g', { class: v < 0 ? 'against' : 'for' }, label(text, row),
        svg('line', { x1: x(from), x2: x(from), y1: row * ROW - 5, y2: row * ROW + 5 }),
        svg('rect', { x: a, y: row * ROW + 5, width: Math.max(b - a, 1), height: ROW - 10, rx: 2 }),
        svg('text', { x: b + 6, y: row * ROW + 17, class: 'number' }, (v > 0 ? '+' : '') + brief(v)));
    }
    function end(text, v, row) {
      return svg('g', { class: 'end' }, label(text, row),
        svg('circle', { cx: x(v), cy: row * ROW + 13, r: 4 }),
        svg('text', { x: x(v) + 9, y: row * ROW + 17, class: 'number' }, brief(v)));
    }
  }

  return {
    node,
    blank() { last = null; chart.replaceChildren(); },
    follow() { node.classList.add('stale'); },
    show(x, map, answer, name) {
      node.classList.remove('stale');
      last = [map, answer.value, name];
      draw(...last);
    },
  };
}
