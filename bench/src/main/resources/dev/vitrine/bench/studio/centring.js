// From a drawing to the pixels that a model sees, as MNIST's were made: the ink is scaled into a box of
// 20 of 28 pixels, and its centre of mass lies in the middle.

const BOX = 20 / 28;
const FINE = 6;   // samples of the drawing along each side of a pixel

export function pixels(canvas, h, w, centred) {
  const side = canvas.width;
  const data = canvas.getContext('2d').getImageData(0, 0, side, side).data;
  const all = { x: side / 2, y: side / 2, size: side / Math.max(h, w) };
  const frame = (centred && centre(data, side, h, w)) || all;
  const out = new Float32Array(h * w);
  for (let i = 0; i < h; i++) {
    for (let j = 0; j < w; j++) {
      let sum = 0;
      for (let s = 0; s < FINE * FINE; s++) {
        const y = Math.floor(frame.y + (i - h / 2 + (Math.floor(s / FINE) + 0.5) / FINE) * frame.size);
        const x = Math.floor(frame.x + (j - w / 2 + ((s % FINE) + 0.5) / FINE) * frame.size);
        if (x >= 0 && y >= 0 && x < side && y < side) sum += data[4 * (y * side + x) + 3];
      }
      out[i * w + j] = sum / (255 * FINE * FINE);
    }
  }
  return out;
}

// Where the middle of the picture lies in the drawing, and the size of a pixel there; nothing without ink.
function centre(data, side, h, w) {
  let mass = 0, mx = 0, my = 0;
  let left = side, right = -1, top = side, bottom = -1;
  for (let y = 0, k = 3; y < side; y++) {
    for (let x = 0; x < side; x++, k += 4) {
      const ink = data[k];
      if (ink === 0) continue;
      mass += ink;
      mx += ink * x;
      my += ink * y;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (mass === 0) return null;
  const extent = Math.max(right - left, bottom - top) + 1;
  return { x: mx / mass, y: my / mass, size: extent / (BOX * Math.min(h, w)) };
}
