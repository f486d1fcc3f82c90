// Elements by one call: el('button', { type: 'button', onclick }, 'Clear').

const SVG = 'http://www.w3.org/2000/svg';

export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.filter((c) => c != null));
  return node;
}

export const $ = (id) => document.getElementById(id);

// A labelled choice; entries are [value, text].
export function choice(label, entries, onchange) {
  const select = el('select', { onchange: () => onchange(select.value) },
    ...entries.map(([value, text]) => el('option', { value }, text)));
  return { select, field: el('label', { class: 'field' }, el('span', {}, label), select) };
}

// A labelled slider with its value beside it.
export function slider(label, least, most, step, shown, oninput) {
  const value = el('output');
  const input = el('input', { type: 'range', min: least, max: most, step });
  const say = (v) => {
    value.textContent = shown(v);
    input.setAttribute('aria-valuetext', value.textContent);
  };
  input.addEventListener('input', (event) => { say(+input.value); oninput(+input.value, event); });
  const field = el('label', { class: 'slider' }, el('span', {}, label), input, value);
  return { input, field, set(v) { input.value = v; say(v); } };
}

export function percent(p) {
  if (!Number.isFinite(p)) return '–';
  if (p > 0.9995 && p < 1) return '> 99.9 %';
  const fine = (p > 0 && p < 0.0995) || (p > 0.9949 && p < 1);
  return (100 * p).toFixed(fine ? 1 : 0) + ' %';
}

export function brief(v) {
  if (!Number.isFinite(v)) return '–';
  const size = Math.abs(v);
  const text = size === 0 ? '0' : size >= 1000 || size < 0.001 ? v.toExponential(1) : v.toPrecision(3);
  return text.replaceAll('-', '−');
}

export function duration(ms) {
  return ms < 1000 ? (ms < 9.95 ? ms.toFixed(1) : Math.round(ms)) + ' ms' : (ms / 1000).toFixed(1) + ' s';
}
