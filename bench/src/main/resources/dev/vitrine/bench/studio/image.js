// The stage for images: what is drawn, taken from the test rows or uploaded, and what the models see in it.

import { card } from './card.js';
import { pixels } from './centring.js';
import { choices } from './choices.js';
import { closer } from './closer.js';
import { $ } from './dom.js';
import { drawing } from './drawing.js';
import { examples } from './examples.js';
import { live } from './live.js';
import { problem } from './main.js';

export function imageStage(about) {
  const [h, w, c] = about.shape;
  const stage = $('image');
  let exact = null;     // a test row is seen as it is

  const canvas = drawing($('canvas'), (stamp) => {
    exact = null;
    rows.forget();
    hint();
    changed(stamp);
  });
  const picked = choices(about, stage.querySelector('.choices'), 'integrated-gradients', () => changed());
  const choose = (target) => picked.set({ target: picked.now.target === target ? null : target });
  const cards = about.models.map((_, i) => card(about, i, choose));
  stage.querySelector('.cards').append(...cards.map((one) => one.node));
  stage.classList.toggle('two', cards.length > 1);
  const look = closer(about);
  const changed = live({ about, read, choices: picked, cards, rested: look.rested });

  const hint = () => { $('hint').hidden = !canvas.isEmpty(); };

  function read() {
    if (exact) return exact;
    if (canvas.isEmpty()) return null;
    const ink = pixels($('canvas'), h, w, $('centre').checked);
    return c === 1 ? ink : Float32Array.from({ length: h * w * c }, (_, i) => ink[Math.floor(i / c)]);
  }

  const rows = examples(about, stage.querySelector('.examples'), (x) => {
    exact = x;
    canvas.show(c === 1 ? x : Float32Array.from({ length: h * w }, (_, i) => x[i * c]), h, w);
    hint();
    changed();
  });

  $('clear').addEventListener('click', () => canvas.clear());
  $('undo').addEventListener('click', () => canvas.undo());
  $('centre').addEventListener('change', () => changed());
  $('upload').addEventListener('change', async (event) => {
    const [file] = event.target.files;
    event.target.value = '';
    if (!file) return;
    try {
      canvas.load(await createImageBitmap(file));
    } catch {
      return problem(new Error(`${file.name} is no picture that this browser can read`));
    }
    exact = null;
    rows.forget();
    hint();
    changed();
  });

  stage.hidden = false;
  rows.go(0);
}
