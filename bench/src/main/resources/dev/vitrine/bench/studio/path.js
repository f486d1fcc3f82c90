// Integrated gradients, step by step: from black to the image, adding up gradients on the way.

import { ask, decode } from './api.js';
import { chart } from './chart.js';
import { limit, paintInk, paintMap } from './colours.js';
import { brief, el, slider } from './dom.js';

export function pathPanel(about) {
  const [h, w, c] = about.shape;
  const size = h * w;
  const pictures = ['The image at this point', 'The gradient there', 'The sum so far'].map((text) => {
    const canvas = el('canvas', { role: 'img', 'aria-label': text });
    return { canvas, node: el('figure', {}, el('div', { class: 'plate' }, canvas), el('figcaption', {}, text)) };
  });
  const curve = chart('The explained output along the path', 'from black to the image', brief);
  const along = slider('Along the path', 0, 1, 1 / 32, (v) => (100 * v).toFixed(0) + ' %', (v) => draw(v));
  const says = el('p', { class: 'note' });
  along.set(1);
  let now = null;

  function draw(alpha) {
    if (!now) return;
    const k = Math.round(alpha * (now.alphas.length - 1));
    const part = (all) => all.subarray(k * size, (k + 1) * size);
    const ink = Float32Array.from({ length: size }, (_, i) => alpha * now.x[i * c]);
    const sum = part(now.sums);
    paintInk(pictures[0].canvas, h, w, ink);
    paintMap(pictures[1].canvas, h, w, part(now.gradients), now.steepest);
    paintMap(pictures[2].canvas, h, w, sum, now.most);
    curve.mark(alpha);
    const added = sum.reduce((a, b) => a + b, 0);
    const rise = now.values[k] - now.values[0];
    says.textContent = `So far the output for ${now.name} rose by ${brief(rise)}, and the pixels add up to ${brief(added)}.`;
  }

  return {
    name: 'path',
    title: 'Along the path',
    node: el('div', { class: 'panel path' },
      el('p', { class: 'lead' }, 'Integrated gradients turn the image up from black and add up what each pixel does on the way.'),
      along.field, el('div', { class: 'trio' }, ...pictures.map((p) => p.node)),
      el('div', { class: 'aside' }, curve.node, says)),
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
