// What is explained, how, and where: the controls that both stages share.

import { choice } from './dom.js';

export function choices(about, place, usual, changed) {
  const shared = Object.keys(about.models[0].methods)
    .filter((m) => about.models.every((other) => m in other.methods));
  const layered = (m) => about.models.every((other) => other.methods[m].layered);
  const places = about.models[0].places
    .filter((p) => p.shape.length === 3 && about.models.every((m) => m.places.some((q) => q.name === p.name)));
  const now = { method: usual, target: null, layer: null };

  const method = choice('Method', shared.map((m) => [m, m]), (m) => set({ method: m }));
  const targets = about.models.map((m) => m.targets).reduce((a, b) => (a.length < b.length ? a : b));
  const target = choice('Explain',
    [['', about.classes.length ? 'the predicted class' : targets[0]],
      ...(about.classes.length || targets.length > 1 ? targets.map((t, i) => [i, t]) : [])],
    (t) => set({ target: t === '' ? null : +t }));
  const layer = choice('Layer', [['', 'last convolution'], ...places.map((p) => [p.name, p.name])],
    (l) => set({ layer: l || null }));

  function set(some) {
    Object.assign(now, some);
    method.select.value = now.method;
    target.select.value = now.target ?? '';
    layer.field.hidden = !layered(now.method) || places.length === 0;
    changed();
  }

  target.field.hidden = targets.length < 2;
  place.append(method.field, target.field, layer.field);
  method.select.value = now.method;
  layer.field.hidden = !layered(now.method);
  return {
    now,
    set,
    drafted: () => about.models[0].methods[now.method].drafted,
    question: () => ({ method: now.method, target: now.target, layer: layered(now.method) ? now.layer : null }),
  };
}
