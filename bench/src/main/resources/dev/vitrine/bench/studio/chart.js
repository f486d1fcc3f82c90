// Curves over 0 to 1, with a marker that a slider moves.

import { svg } from './dom.js';

const W = 440;
const H = 190;
const PAD = { left: 72, right: 14, top: 12, bottom: 34 };

export function chart(label, xLabel, shown, ends) {
  const node = svg('svg', { class: 'chart', viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': label });
  const x = (t) => PAD.left + t * (W - PAD.left - PAD.right);
  let y = () => 0;
  let curves = [];
  const marker = svg('line', { class: 'marker', y1: PAD.top, y2: H - PAD.bottom });

  return {
    node,
    // curves: [{ name, values, least?, largest? }], evenly spread over 0 to 1
    draw(all) {
      curves = all;
      const values = all.flatMap((c) => [...c.values]).filter(Number.isFinite);
      const [least, most] = ends ?? [Math.min(0, ...values), Math.max(0, ...values)];
      y = (v) => H - PAD.bottom - ((v - least) / (most - least || 1)) * (H - PAD.top - PAD.bottom);
      const grid = [least, (least + most) / 2, most].map((v) => svg('g', { class: 'grid' },
        svg('line', { x1: PAD.left, x2: W - PAD.right, y1: y(v), y2: y(v) }),
        svg('text', { x: PAD.left - 7, y: y(v) + 4, 'text-anchor': 'end' }, shown(v))));
      const below = ['0', xLabel, '1'].map((text, i) => svg('text',
        { x: x(i / 2), y: H - 10, 'text-anchor': ['start', 'middle', 'end'][i] }, text));
      const lines = all.map((c) => svg('path', {
        class: 'curve ' + c.name,
        d: [...c.values].map((v, i) => `${i ? 'L' : 'M'}${x(i / (c.values.length - 1)).toFixed(1)} ${y(v).toFixed(1)}`).join(''),
      }));
      node.replaceChildren(...grid, ...below, marker, ...lines, ...all.map((c) => svg('circle', { class: 'dot ' + c.name, r: 4.5 })));
    },
    mark(t) {
      marker.setAttribute('x1', x(t));
      marker.setAttribute('x2', x(t));
      curves.forEach((c) => {
        const dot = node.querySelector('.dot.' + c.name);
        dot.setAttribute('cx', x(t));
        dot.setAttribute('cy', y(c.values[Math.round(t * (c.values.length - 1))]));
      });
    },
  };
}
