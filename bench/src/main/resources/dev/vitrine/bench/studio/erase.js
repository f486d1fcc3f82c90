// The pixels that the explanation calls important are erased: does the model notice, and more than by chance?

import { ask } from './api.js';
import { chart } from './chart.js';
import { paintInk } from './colours.js';
import { el, percent, slider } from './dom.js';

export function erasePanel(about) {
  const [h, w, c] = about.shape;
  const canvas = el('canvas', { role: 'img', 'aria-label': 'The image with its most important pixels erased' });
  const curve = chart('Probability while pixels are erased', 'share of pixels erased', percent, about.classes.length ? [0, 1] : null);
  const share = slider('Erase the most important', 0, 1, 0.02, (v) => (100 * v).toFixed(0) + ' %', draw);
  const says = el('p', {});
  share.set(0.1);
  let now = null;

  function draw(part) {
    if (!now) return;
    const last = now.said.length - 1;
    const step = Math.round(part * last);
    const ink = Float32Array.from({ length: h * w }, (_, i) => now.x[i * c]);
    now.order.slice(0, Math.round((step * h * w) / last)).forEach((i) => { ink[i] = 0; });
    paintInk(canvas, h, w, ink);
    curve.mark(part);
    const becomes = about.classes.length && now.classes[step] !== now.classes[0]
      ? ` The model now says ${about.classes[now.classes[step]]}.` : '';
    says.textContent = `${now.name}: ${percent(now.said[step])} without them, ${percent(now.random[step])} without as many at random.${becomes}`;
  }

  return {
    name: 'erase',
    title: 'Erase',
    node: el('div', { class: 'panel erase' },
      el('p', { class: 'lead' }, 'If the explanation is right, erasing what it marks red should hurt more than erasing at random.'),
      share.field, el('figure', {}, el('div', { class: 'plate' }, canvas)),
      el('div', { class: 'aside' }, curve.node,
        el('p', { class: 'legend' }, el('span', { class: 'ours' }, 'most important first'), el('span', { class: 'random' }, 'at random')), says)),
    async show({ model, x, encoded, answer, target }) {
      if (!answer.map) return;
      const one = about.models[model].targets.length === 1 && about.classes.length ? 1 : target;
      const answered = await ask('erase', { model, x: encoded, map: answer.map, target: one });
      now = { ...answered, x, name: about.classes[one] ?? about.models[model].targets[target] };
      curve.draw([{ name: 'random', values: now.random }, { name: 'ours', values: now.said }]);
      draw(+share.input.value);
    },
  };
}
