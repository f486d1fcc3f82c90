// Maps as pictures, in the colours that Vitrine's own pictures have: the server sends their table.

let diverging = [];
let sequential = [];

const rgb = (text) => [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));

export function setColours(about) {
  diverging = about.diverging.map(rgb);
  sequential = about.sequential.map(rgb);
}

const at = (table, share) => table[Math.round(Math.min(Math.max(share, 0), 1) * (table.length - 1))];

// The smallest limit that 99 % of the magnitudes that aren't 0 reach or stay below.
export function limit(map) {
  const sizes = Float32Array.from(map, Math.abs).filter((v) => v > 0 && v < Infinity).sort();
  return sizes.length === 0 ? 0 : sizes[Math.max(Math.ceil(0.99 * sizes.length), 1) - 1];
}

// A map from −most to most over a faded image, one value per pixel.
export function paintMap(canvas, h, w, map, most, ink) {
  paint(canvas, h, w, (i) => {
    const t = most > 0 ? Math.min(Math.max(map[i] / most, -1), 1) : 0;
    if (Number.isNaN(t)) return [128, 128, 128];
    const colour = at(diverging, (t + 1) / 2);
    const kept = ink ? 1 - 0.42 * (1 - Math.abs(t)) * ink[i] : 1;
    return kept === 1 ? colour : colour.map((c) => c * kept);
  });
}

// Ink on paper, from 0 to 1.
export function paintInk(canvas, h, w, ink) {
  const paper = at(diverging, 0.5);
  paint(canvas, h, w, (i) => paper.map((c) => c + (27 - c) * Math.min(Math.max(ink[i], 0), 1)));
}

// Values that are never negative, from 0 to most.
export function paintAmount(canvas, h, w, values, most) {
  paint(canvas, h, w, (i) => at(sequential, most > 0 ? values[i] / most : 0));
}

function paint(canvas, h, w, colour) {
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  const context = canvas.getContext('2d');
  const image = context.createImageData(w, h);
  for (let i = 0; i < h * w; i++) {
    const [r, g, b] = colour(i);
    image.data.set([r, g, b, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
}

// The scale itself, from against to for.
export function paintScale(canvas) {
  paint(canvas, 1, diverging.length, (i) => diverging[i]);
}
