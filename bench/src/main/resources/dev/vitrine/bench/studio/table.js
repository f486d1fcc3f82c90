// The stage for tables: a slider for each column, and what would change the class.

import { ask, decode, encode } from './api.js';
import { card } from './card.js';
import { choices } from './choices.js';
import { closer } from './closer.js';
import { $, brief, el, slider } from './dom.js';
import { examples } from './examples.js';
import { live } from './live.js';
import { problem } from './main.js';

export function tableStage(about) {
  const stage = $('table');
  const x = Float32Array.from(about.columns, (c) => c.median);
  const sliders = about.columns.map((c, i) => {
    return slider(c.name, c.low, c.high, c.whole ? 1 : 'any', brief, (v) => {
      x[i] = v;
      rows.forget();
      changed();
    });
  });
  $('sliders').append(...sliders.map((s) => s.field));

  const picked = choices(about, stage.querySelector('.choices'), 'integrated-gradients', () => changed());
  const choose = (target) => picked.set({ target: picked.now.target === target ? null : target });
  const cards = about.models.map((_, i) => card(about, i, choose));
  const others = about.models.map((m, i) => otherwise(i));
  cards.forEach((one, i) => about.classes.length && one.node.append(others[i].node));
  stage.querySelector('.cards').append(...cards.map((one) => one.node));
  stage.classList.toggle('two', cards.length > 1);
  const look = closer(about);
  const changed = live({
    about,
    read: () => { others.forEach((o) => o.forget()); return x; },
    choices: picked,
    cards,
    rested: look.rested,
  });

  function set(values) {
    x.set(values);
    sliders.forEach((s, i) => {
      // a test row may lie beyond what training rows showed
      s.input.min = Math.min(about.columns[i].low, x[i]);
      s.input.max = Math.max(about.columns[i].high, x[i]);
      s.set(x[i]);
    });
    changed();
  }

  // The nearest row of another class.
  function otherwise(model) {
    const list = el('ul');
    const says = el('p', { class: 'note' });
    const take = el('button', { type: 'button', hidden: true }, 'Take these values');
    const find = el('button', { type: 'button', onclick: search }, 'What would change the class?');
    const able = about.models[model].targets.length > 1;
    if (!able) says.textContent = 'What would change the class is sought for models with an output per class.';
    let values = null;
    take.addEventListener('click', () => { rows.forget(); set(values); });

    async function search() {
      says.textContent = 'Searching …';
      try {
        const answer = await ask('change', { model, x: encode(x) });
        values = decode(answer.x);
        says.textContent = answer.found
          ? `${about.classes[answer.before]} becomes ${about.classes[answer.after]}, if:`
          : `No change within the training range makes it another class than ${about.classes[answer.before]}.`;
        list.replaceChildren(...answer.columns.map((j) =>
          el('li', {}, el('span', {}, about.columns[j].name), ` ${brief(x[j])} → `, el('strong', {}, brief(values[j])))));
        take.hidden = !answer.found;
      } catch (error) {
        problem(error);
        says.textContent = '';
      }
    }
    return {
      node: el('div', { class: 'otherwise' }, able ? find : null, says, list, take),
      forget() {
        if (!able) return;
        says.textContent = '';
        list.replaceChildren();
        take.hidden = true;
      },
    };
  }

  const rows = examples(about, stage.querySelector('.examples'), (values) => set(values));
  $('median').addEventListener('click', () => {
    rows.forget();
    set(about.columns.map((c) => c.median));
  });
  stage.hidden = false;
  rows.go(0);
}
