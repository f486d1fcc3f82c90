// The loop from a change to a picture: one question in flight, the newest state wins. A slow method runs
// only when the changes pause; until then the prediction alone follows.

import { ask, encode, latest, whenQuiet } from './api.js';
import { $, percent } from './dom.js';
import { problem } from './main.js';

const SLOW = 120;    // milliseconds of a method
const PAUSE = 300;

export function live({ about, read, choices, cards, rested }) {
  const cost = new Map();
  let slow = null;
  let last = null;

  const key = () => choices.now.method + ' ' + (choices.now.layer ?? '');
  const isSlow = () => (cost.get(key()) ?? 0) > SLOW;

  const step = latest(async (stamp, paused) => {
    const x = read();
    if (!x) {
      last = null;
      requestAnimationFrame(() => cards.forEach((card) => card.blank()));
      return;
    }
    const full = paused || !isSlow();
    const asked = { x: encode(x), ...choices.question(), ...(full ? {} : { method: null }) };
    const called = key();
    slow = isSlow() && full ? new AbortController() : null;
    if (slow) cards.forEach((card) => card.wait(`${choices.now.method} is at work …`));
    let answers;
    try {
      answers = await Promise.all(about.models.map((_, model) => ask('explain', { ...asked, model }, slow?.signal)));
    } catch (error) {
      if (error.name !== 'AbortError') problem(error);
      return;
    } finally {
      slow = null;
    }
    problem(null);
    if (full) cost.set(called, Math.max(...answers.map((a) => a.milliseconds)));
    last = { x, asked, answers, full };
    requestAnimationFrame(() => {
      cards.forEach((card, i) => card.show(x, answers[i], choices.now));
      performance.measure('stroke to picture', { start: stamp, end: performance.now() });
    });
  });

  const rest = whenQuiet(PAUSE, async () => {
    if (isSlow() && !(last?.full)) await step(performance.now(), true);
    if (!last) return rested(null);
    $('spoken').textContent = last.answers.map((a, i) => {
      const says = about.classes.length ? `${about.classes[a.predicted]}, ${percent(a.said[a.predicted])}` : a.said[0];
      return `${about.models.length > 1 ? about.models[i].name + ' says' : 'Prediction'} ${says}`;
    }).join('; ');
    rested(last);
  });

  return function changed(stamp = performance.now()) {
    slow?.abort();
    if (performance.getEntriesByType('measure').length > 2000) performance.clearMeasures();
    step(stamp, false);
    rest();
  };
}
