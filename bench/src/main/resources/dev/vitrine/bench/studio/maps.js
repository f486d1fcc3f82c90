// What each layer makes of the image.

import { activation } from './activation.js';
import { ask, decode } from './api.js';
import { choice, el } from './dom.js';

export function mapsPanel(about) {
  let last = null;
  const options = () => about.models[last?.model ?? 0].places.map((p, i) => [i, p.name]);
  const layer = choice('Layer', options(), () => draw());
  const gallery = el('div');

  async function draw() {
    const place = about.models[last.model].places[+layer.select.value];
    const held = await ask('node', { model: last.model, x: last.encoded, node: place.node });
    gallery.replaceChildren(activation(held.shape, decode(held.values), held.least, held.largest));
  }

  return {
    name: 'maps',
    title: 'Feature maps',
    node: el('div', { class: 'panel maps' }, layer.field, gallery),
    async show(now) {
      const other = last?.model !== now.model;
      last = now;
      if (other) {
        const kept = layer.select.selectedIndex;
        layer.select.replaceChildren(...options().map(([value, text]) => el('option', { value }, text)));
        layer.select.selectedIndex = Math.min(Math.max(kept, 0), layer.select.options.length - 1);
      }
      await draw();
    },
  };
}
