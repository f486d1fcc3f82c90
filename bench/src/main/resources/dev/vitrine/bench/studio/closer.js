// Below the stage: tabs that look closer at the row, one at a time, once the drawing pauses.

import { latest } from './api.js';
import { $, choice, el } from './dom.js';
import { erasePanel } from './erase.js';
import { problem } from './main.js';
import { mapsPanel } from './maps.js';
import { pathPanel } from './path.js';
import { tapePanel } from './tape.js';

export function closer(about) {
  const kinds = about.images ? [pathPanel, erasePanel, mapsPanel, tapePanel] : [pathPanel, erasePanel, tapePanel];
  const panels = kinds.map((kind) => kind(about));
  let model = 0;
  let open = 0;
  let state = null;

  const tabs = panels.map((panel, i) =>
    el('button', {
      type: 'button', role: 'tab', id: 'tab-' + panel.name, 'aria-controls': 'panel-' + panel.name,
      onclick: () => select(i), onkeydown: (event) => move(event, i),
    }, panel.title));
  const rooms = panels.map((panel) =>
    el('div', { role: 'tabpanel', id: 'panel-' + panel.name, 'aria-labelledby': 'tab-' + panel.name }, panel.node));
  $('tabs').append(...tabs);
  $('panels').append(...rooms);
  if (about.models.length > 1) {
    const which = choice('Model', about.models.map((m, i) => [i, m.name]), (i) => { model = +i; update(); });
    $('closer-model').append(which.field);
  }

  function move(event, i) {
    const to = { ArrowLeft: i - 1, ArrowRight: i + 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    select((to + tabs.length) % tabs.length);
    tabs[open].focus();
  }

  function select(i) {
    open = i;
    tabs.forEach((tab, k) => {
      tab.setAttribute('aria-selected', String(k === i));
      tab.tabIndex = k === i ? 0 : -1;
      rooms[k].hidden = k !== i;
    });
    update();
  }

  const update = latest(async () => {
    $('closer').classList.toggle('stale', !state);
    $('closer').hidden &&= !state;
    const answer = state?.answers[model];
    if (!answer) return;
    try {
      await panels[open].show({ model, x: state.x, encoded: state.asked.x, answer, target: answer.target });
    } catch (error) {
      problem(error);
    }
  });

  select(0);
  return { rested(now) { state = now; update(); } };
}
