// The loop from a change to a picture: one question in flight, the newest state wins. While something moves a
// method is asked for its draft, and a slow one for nothing: the prediction alone follows. Once all rests the
// method runs in full.

import { ask, latest, sent, whenQuiet } from './api.js';
import { $, percent } from './dom.js';
import { problem } from './main.js';

const SLOW = 120;    // milliseconds of a method, at its best of late: the first time it is still being compiled
const LATE = 3;      // times that are remembered
const AGAIN = 1000;  // milliseconds: who was slow once, but less than that, is tried again at rest
const PAUSE = 300;

export function live({ about, read, choices, cards, rested }) {
  const cost = new Map();
  let full = null;       // what can be given up when something moves again
  let last = null;
  let work = Promise.resolve();

  const key = (draft) => [choices.now.method, choices.now.layer, draft].join(' ');
  const times = (draft) => cost.get(key(draft)) ?? [];
  const isSlow = (draft) => times(draft).length > 0 && Math.min(...times(draft)) > SLOW;
  const isDoubtful = () => times(false).length === 1 && isSlow(false) && times(false)[0] < AGAIN;

  const step = latest(async (stamp, moving) => {
    const x = read();
    if (!x) {
      last = null;
      requestAnimationFrame(() => cards.forEach((card) => card.blank()));
      return;
    }
    const begun = performance.now();
    const draft = moving && choices.drafted();
    const follow = moving && isSlow(draft);
    const asked = { x: sent(x), ...choices.question(), draft, ...(follow ? { method: null } : {}) };
    const called = key(draft);
    full = moving ? null : new AbortController();
    if (!moving && isSlow(false)) cards.forEach((card) => card.wait(`${choices.now.method} is at work …`));
    let answers;
    try {
      answers = await Promise.all(about.models.map((_, model) => ask('explain', { ...asked, model }, full?.signal)));
    } catch (error) {
      if (error.name !== 'AbortError') problem(error);
      return;
    } finally {
      full = null;
    }
    problem(null);
    const milliseconds = Math.max(...answers.map((a) => a.milliseconds));
    if (!follow) cost.set(called, [milliseconds, ...(cost.get(called) ?? [])].slice(0, LATE));
    last = { x, asked, answers, whole: !draft && !follow };
    const answered = performance.now();
    requestAnimationFrame(() => {
      cards.forEach((card, i) => card.show(x, answers[i], choices.now));
      const detail = { explained: !follow, begun, answered, milliseconds };
      performance.measure('stroke to picture', { start: stamp, end: performance.now(), detail });
    });
  });

  const rest = whenQuiet(PAUSE, async () => {
    await work;
    if (last && (!last.whole || isDoubtful())) await step(performance.now(), false);
    if (!last) return rested(null);
    if (!last.whole) return;   // it moves again, or could not be had
    $('spoken').textContent = last.answers.map((a, i) => {
      const says = about.classes.length ? `${about.classes[a.predicted]}, ${percent(a.said[a.predicted])}` : a.said[0];
      return `${about.models.length > 1 ? about.models[i].name + ' says' : 'Prediction'} ${says}`;
    }).join('; ');
    rested(last);
  });

  // With the time of an event: something moves. Without one: another row, another method.
  return function changed(stamp) {
    full?.abort();
    if (performance.getEntriesByType('measure').length > 2000) performance.clearMeasures();
    work = step(stamp ?? performance.now(), stamp !== undefined || isSlow(false));
    rest();
  };
}
