// The stage for tables: a slider or a choice for each column, and what would change the class.

import { ask } from './api.js';
import { card } from './card.js';
import { choices } from './choices.js';
import { closer } from './closer.js';
import { isChoice, written } from './columns.js';
import { $, choice, el, slider } from './dom.js';
import { examples } from './examples.js';
import { live } from './live.js';
import { problem } from './main.js';

export function tableStage(about) {
  const stage = $('table');
  let x = about.columns.map((c) => c.median);
  const controls = about.columns.map((c, i) => {
    const moved = (v, event) => {
      x[i] = v;
      rows.forget();
      changed(event?.timeStamp);
    };
    if (isChoice(c)) {
      const one = choice(c.name, c.categories.map((name, k) => [k, name]), (k) => moved(+k));
      one.field.className = 'slider';
      return { field: one.field, set: (v) => { one.select.value = v; } };
    }
    const one = slider(c.name, c.low, c.high, c.decimals === 0 ? 1 : 'any', (v) => written(c, v),
      (v, event) => moved(+v.toFixed(c.decimals), event));
    return {
      field: one.field,
      set(v) {
        // a test row may lie beyond what training rows showed
        one.input.min = Math.min(c.low, v);
        one.input.max = Math.max(c.high, v);
        one.set(v);
      },
    };
  });
  $('sliders').append(...controls.map((one) => one.field));

  const picked = choices(about, stage.querySelector('.choices'), 'integrated-gradients', () => changed());
  const choose = (target) => picked.set({ target: picked.now.target === target ? null : target });
  const cards = about.models.map((_, i) => card(about, i, choose));
  const others = about.models.map((m, i) => otherwise(i));
  if (about.classes.length) $('others').append(...others.map((o) => o.node));
  stage.querySelector('.cards').append(...cards.map((one) => one.node));
  stage.classList.toggle('two', cards.length > 1);
  const look = closer(about);
  const changed = live({
    about,
    read: () => { others.forEach((o) => o.forget()); return [...x]; },
    choices: picked,
    cards,
    rested: look.rested,
  });

  function set(values) {
    x = [...values];
    controls.forEach((one, i) => one.set(x[i]));
    changed();
  }

  // The nearest row of another class.
  function otherwise(model) {
    const list = el('ul');
    const says = el('p', { class: 'note' });
    const take = el('button', { type: 'button', hidden: true }, 'Take these values');
    const find = el('button', { type: 'button', onclick: search }, 'What would change the class?');
    let values = null;
    take.addEventListener('click', () => { rows.forget(); set(values); });

    async function search() {
      says.textContent = 'Searching …';
      try {
        const from = [...x];
        const answer = await ask('change', { model, x: from });
        values = answer.x;
        says.textContent = answer.found
          ? `${about.classes[answer.before]} becomes ${about.classes[answer.after]} if you change`
          : `No change within the training range makes it another class than ${about.classes[answer.before]}.`;
        list.replaceChildren(...answer.columns.map((j) =>
          el('li', {}, `${about.columns[j].name} from ${written(about.columns[j], from[j])} to `,
            el('strong', {}, written(about.columns[j], values[j])))));
        take.hidden = !answer.found;
      } catch (error) {
        problem(error);
        says.textContent = '';
      }
    }
    return {
      node: el('div', { class: 'otherwise' }, about.models.length > 1 ? el('h3', {}, about.models[model].name) : null, find, says, list, take),
      forget() {
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
