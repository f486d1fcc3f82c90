// Integrated gradients, step by step: from nothing to the row, adding up gradients on the way.

import { ask, decode } from './api.js';
import { chart } from './chart.js';
import { limit, paintInk, paintMap } from './colours.js';
import { nothing, partly } from './columns.js';
import { brief, el, slider } from './dom.js';
import { ledger } from './ledger.js';

export function pathPanel(about) {
  const size = about.images ? about.shape[0] * about.shape[1] : about.columns.length;
  const [row, feature] = about.images ? ['the image', 'pixel'] : ['this row', 'column'];
  const pictures = about.images ? images(about) : list(about);
  const curve = chart('The explained output along the path', `from ${nothing(about)} to ${row}`, brief);
  const along = slider('Along the path', 0, 1, 1 / 32, (v) => (100 * v).toFixed(0) + ' %', (v) => draw(v));
  const says = el('p', { class: 'note' });
  along.set(1);
  let now = null;

  function draw(alpha) {
    if (!now) return;
    const k = Math.round(alpha * (now.alphas.length - 1));
    const part = (all) => all.subarray(k * size, (k + 1) * size);
    const sum = part(now.sums);
    pictures.show(now, alpha, part(now.gradients), sum);
    curve.mark(alpha);
    const added = sum.reduce((a, b) => a + b, 0);
    const rise = now.values[k] - now.values[0];
    says.textContent = `So far the output for ${now.name} ${rise < 0 ? 'fell' : 'rose'} by ${brief(Math.abs(rise))}, and the ${feature}s add up to ${brief(added)}.`;
  }

  return {
    name: 'path',
    title: 'Along the path',
    node: el('div', { class: 'panel path' },
      el('p', { class: 'lead' }, `Integrated gradients go from ${nothing(about)} to ${row} and add up what each ${feature} does on the way.`),
      along.field, pictures.node, el('div', { class: 'aside' }, curve.node, says)),
    async show({ model, x, encoded, target }) {
      const path = await ask('path', { model, x: encoded, target });
      const [gradients, sums] = [decode(path.gradients), decode(path.sums)];
      now = {
        ...path, x, gradients, sums, name: about.models[model].targets[target],
        steepest: limit(gradients), most: limit(sums.subarray(-size)),
      };
      curve.draw([{ name: 'ours', values: path.values }]);
      draw(+along.input.value);
    },
  };
}

function images(about) {
  const [h, w, c] = about.shape;
  const plates = ['The image at this point', 'The gradient there', 'The sum so far'].map((text) => {
    const canvas = el('canvas', { role: 'img', 'aria-label': text });
    return { canvas, node: el('figure', {}, el('div', { class: 'plate' }, canvas), el('figcaption', {}, text)) };
  });
  return {
    node: el('div', { class: 'trio' }, ...plates.map((p) => p.node)),
    show(now, alpha, gradient, sum) {
      paintInk(plates[0].canvas, h, w, Float32Array.from({ length: h * w }, (_, i) => alpha * now.x[i * c]));
      paintMap(plates[1].canvas, h, w, gradient, now.steepest);
      paintMap(plates[2].canvas, h, w, sum, now.most);
    },
  };
}

function list(about) {
  const rows = ledger(about, 'Column', 'At this point', 'Sum so far');
  return {
    node: rows.node,
    show(now, alpha, gradient, sum) {
      // a point of the path is given as text: no column holds half a category
      const values = about.columns.map((c, i) => partly(c, now.x[i], alpha));
      rows.show(values, { adds: sum, most: Math.max(...now.sums.map(Math.abs)) });
    },
  };
}
