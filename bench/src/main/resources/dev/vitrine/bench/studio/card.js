// What one model says, and why.

import { bars } from './bars.js';
import { decode } from './api.js';
import { limit, paintInk, paintMap, paintScale } from './colours.js';
import { brief, duration, el, percent } from './dom.js';
import { waterfall } from './waterfall.js';

export function card(about, index, choose) {
  const model = about.models[index];
  const classes = about.classes;
  const many = about.models.length > 1;
  const picture = about.images ? heatmap(about) : waterfall(about);
  const note = el('p', { class: 'note' });
  const says = el('strong', { class: 'says' });
  const sure = el('span', { class: 'sure' });
  const choosable = classes.length > 1 && classes.length === model.targets.length;
  const probabilities = bars(classes, choosable, choose);
  const node = el('article', { class: 'card', 'aria-label': many ? model.name : 'Prediction and explanation' },
    many ? el('h3', {}, model.name) : null,
    el('div', { class: 'verdict' },
      el('p', { class: 'headline' }, says, sure), classes.length ? probabilities.node : null,
      choosable ? el('p', { class: 'note press' }, 'Press a class to explain it.') : null),
    el('div', { class: 'picture' }, picture.node, note));

  function blank() {
    says.textContent = '–';
    sure.textContent = '';
    note.textContent = '';
    probabilities.show([], -1);
    picture.blank();
  }

  function show(x, answer, now) {
    says.textContent = classes.length ? classes[answer.predicted] : brief(answer.said[0]);
    sure.textContent = classes.length ? percent(answer.said[answer.predicted]) : '';
    probabilities.show(answer.said, model.targets.length === 1 ? 1 : answer.target);
    const name = model.targets[answer.target];
    if (answer.map === null) {
      picture.follow(x);
      note.textContent = `${now.method} runs when you pause.`;
      return;
    }
    picture.show(x, decode(answer.map), answer, name);
    note.textContent = how(answer, now.method);
  }

  blank();
  return { node, blank, show, wait(text) { note.textContent = text; picture.node.classList.add('stale'); } };
}

// How the picture came about: which of draft and whole it is, and how far it is from adding up.
function how(answer, method) {
  const points = answer.points === null ? '' : ` with ${answer.points} ${answer.points === 1 ? 'point' : 'points'}`;
  const gap = answer.gap === null ? '' : ` ${answer.draft ? 'A draft until you pause: it' : 'It'} adds up to within ${brief(Math.abs(answer.gap))}.`;
  return `${method} took ${duration(answer.milliseconds)}${points}.${gap}`;
}

// What the model sees, under what spoke for and against.
function heatmap(about) {
  const [h, w, c] = about.shape;
  const canvas = el('canvas', { role: 'img', 'aria-label': 'Heatmap: nothing drawn yet' });
  const scale = el('canvas', { 'aria-hidden': 'true' });
  const against = el('span', {}, 'against');
  const pro = el('span', {}, 'for');
  const plate = el('div', { class: 'plate' }, canvas);
  const node = el('figure', {}, plate, el('div', { class: 'scale' }, against, scale, pro));
  paintScale(scale);
  const ink = (x) => (c === 1 ? x : Float32Array.from({ length: h * w }, (_, i) => x.subarray(i * c, i * c + c).reduce((a, b) => a + b) / c));
  return {
    node,
    blank() {
      node.classList.remove('stale');
      paintInk(canvas, h, w, new Float32Array(h * w));
      pro.textContent = 'for';
    },
    follow(x) {
      node.classList.add('stale');
      paintInk(canvas, h, w, ink(x));
    },
    show(x, map, answer, name) {
      node.classList.remove('stale');
      paintMap(canvas, h, w, map, limit(map), ink(x));
      pro.textContent = `for ${name}`;
      canvas.setAttribute('aria-label', `Heatmap: red pixels speak for ${name}, blue ones against it`);
    },
  };
}
