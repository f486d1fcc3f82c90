// Values of any shape as pictures: a channel is an image, a vector is a strip.

import { paintAmount, paintMap } from './colours.js';
import { brief, el } from './dom.js';

const MOST = 256;    // pictures
const WIDE = 64;     // cells of a strip before it breaks

export function activation(shape, values, least, largest) {
  const signed = least < 0;
  const most = Math.max(Math.abs(least), Math.abs(largest));
  const paint = (canvas, h, w, some) =>
    signed ? paintMap(canvas, h, w, some, most) : paintAmount(canvas, h, w, some, most);
  const dims = shape[0] === 1 && shape.length > 1 ? shape.slice(1) : shape;
  const pictures = [];
  if (dims.length >= 3) {
    const [h, w] = dims;
    const c = values.length / (h * w);
    for (let k = 0; k < Math.min(c, MOST); k++) {
      const canvas = el('canvas', { role: 'img', 'aria-label': `Channel ${k}`, title: `channel ${k}` });
      paint(canvas, h, w, Float32Array.from({ length: h * w }, (_, i) => values[i * c + k]));
      pictures.push(canvas);
    }
  } else {
    const n = values.length;
    const w = dims.length === 2 ? dims[1] : Math.min(n, WIDE);
    const h = Math.ceil(n / w);
    const padded = new Float32Array(h * w);
    padded.set(values);
    const canvas = el('canvas', { role: 'img', 'aria-label': `${n} values`, class: 'strip' });
    paint(canvas, h, w, padded);
    pictures.push(canvas);
  }
  return el('div', {},
    el('p', { class: 'note' }, `[${shape.join(', ')}], from ${brief(least)} to ${brief(largest)}`),
    el('div', { class: 'gallery' }, ...pictures));
}
