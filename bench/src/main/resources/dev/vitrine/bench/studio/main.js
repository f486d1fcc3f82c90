// The page: what there is to be seen decides what is shown.

import { ask } from './api.js';
import { setColours } from './colours.js';
import { $ } from './dom.js';
import { imageStage } from './image.js';
import { tableStage } from './table.js';

export function problem(error) {
  $('problem').hidden = !error;
  $('problem').textContent = error ? 'Something went wrong: ' + error.message : '';
}

async function open() {
  const about = await ask('about');
  setColours(about);
  const names = about.models.map((m) => m.name);
  document.title = `${names.join(' and ')} – Vitrine`;
  $('about').textContent = about.models
    .map((m) => `${m.name}: ${m.layers}, ${m.parameters.toLocaleString('en')} parameters`).join('  ·  ');
  (about.images ? imageStage : tableStage)(about);
  document.body.classList.add('open');
}

open().catch(problem);
