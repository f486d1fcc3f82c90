// What the explanation calls important is erased, pixels or columns: does the model notice, and more than by chance?

import { ask } from './api.js';
import { chart } from './chart.js';
import { paintInk } from './colours.js';
import { erasing } from './columns.js';
import { brief, el, percent, slider } from './dom.js';
import { ledger } from './ledger.js';

export function erasePanel(about) {
  const count = about.images ? about.shape[0] * about.shape[1] : about.columns.length;
  const what = about.images ? 'pixels' : 'columns';
  const said = about.classes.length ? percent : brief;
  const picture = about.images ? image(about) : ledger(about, 'Column', 'Value');
  const curve = chart(`The model's answer while ${what} are erased`, `share of ${what} erased`, said, about.classes.length ? [0, 1] : null);
  const share = slider('Erase the most important', 0, 1, about.images ? 0.02 : 1 / count,
    (v) => (about.images ? (100 * v).toFixed(0) + ' %' : `${Math.round(v * count)} of ${count}`), draw);
  const says = el('p', {});
  share.set(about.images ? 0.1 : 1 / count);
  let now = null;

  function draw(part) {
    if (!now) return;
    const last = now.said.length - 1;
    const step = Math.round(part * last);
    picture.show(now.x, { erased: now.order.slice(0, Math.round((step * count) / last)) });
    curve.mark(part);
    const becomes = about.classes.length && now.classes[step] !== now.classes[0]
      ? ` The model now says ${about.classes[now.classes[step]]}.` : '';
    says.textContent = `${now.name}: ${said(now.said[step])} without them, ${said(now.random[step])} without as many at random.${becomes}`;
  }

  return {
    name: 'erase',
    title: 'Erase',
    node: el('div', { class: 'panel erase' },
      el('p', { class: 'lead' }, 'If the explanation is right, erasing what it marks red should hurt more than erasing at random.'
        + (about.images ? '' : ' ' + erasing(about))),
      share.field, picture.node,
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

function image(about) {
  const [h, w, c] = about.shape;
  const canvas = el('canvas', { role: 'img', 'aria-label': 'The image with its most important pixels erased' });
  return {
    node: el('figure', {}, el('div', { class: 'plate' }, canvas)),
    show(x, { erased }) {
      const ink = Float32Array.from({ length: h * w }, (_, i) => x[i * c]);
      erased.forEach((i) => { ink[i] = 0; });
      paintInk(canvas, h, w, ink);
    },
  };
}
