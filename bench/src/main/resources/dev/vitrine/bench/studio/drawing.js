// A canvas to draw on, by mouse, touch, pen or keyboard. The ink is its alpha channel.

import { $ } from './dom.js';

const PEN = 0.075;     // of the side
const STEP = 1 / 56;   // of the side, for each press of an arrow key
const INK = '#1b1b1b';

export function drawing(canvas, changed) {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const brush = $('brush');
  const side = canvas.width;
  let strokes = [];
  let loaded = false;    // a picture that nobody drew: the first stroke replaces it
  let at = [0.5, 0.5];
  let painting = false;

  function reset() {
    context.globalCompositeOperation = 'source-over';
    context.clearRect(0, 0, side, side);
    Object.assign(context, { lineWidth: PEN * side, lineCap: 'round', lineJoin: 'round', strokeStyle: INK });
  }

  function line([x0, y0], [x1, y1]) {
    context.beginPath();
    context.moveTo(x0 * side, y0 * side);
    context.lineTo(x1 * side, y1 * side);
    context.stroke();
  }

  function begin(point) {
    if (loaded) clear(false);
    strokes.push([point]);
    line(point, point);
  }

  function extend(point) {
    const stroke = strokes.at(-1);
    line(stroke.at(-1), point);
    stroke.push(point);
  }

  function clear(tell = true) {
    strokes = [];
    loaded = false;
    reset();
    if (tell) changed(performance.now());
  }

  function undo() {
    if (loaded) return clear();
    strokes.pop();
    reset();
    for (const stroke of strokes) {
      stroke.forEach((point, i) => line(stroke[Math.max(i - 1, 0)], point));
    }
    changed(performance.now());
  }

  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    canvas.setPointerCapture(event.pointerId);
    painting = true;
    begin(at = place(event));
    changed(event.timeStamp);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!painting || !event.isPrimary) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const e of all.length > 0 ? all : [event]) extend(at = place(e));
    changed(event.timeStamp);
  });
  for (const end of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(end, () => { painting = false; });
  }

  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  let down = false;

  function showBrush() {
    brush.style.left = 100 * at[0] + '%';
    brush.style.top = 100 * at[1] + '%';
    brush.classList.toggle('down', down);
  }

  canvas.addEventListener('keydown', (event) => {
    if (event.key === ' ') {
      event.preventDefault();
      if (!down) {
        down = true;
        begin(at);
        changed(event.timeStamp);
      }
    } else if (event.key in arrows) {
      event.preventDefault();
      const far = event.shiftKey ? 4 : 1;
      at = at.map((v, i) => Math.min(Math.max(v + far * STEP * arrows[event.key][i], 0), 1));
      if (down) {
        extend(at);
        changed(event.timeStamp);
      }
    }
    showBrush();
  });
  canvas.addEventListener('keyup', (event) => {
    if (event.key === ' ') down = false;
    showBrush();
  });
  canvas.addEventListener('focus', () => { brush.hidden = !canvas.matches(':focus-visible'); showBrush(); });
  canvas.addEventListener('blur', () => { down = false; brush.hidden = true; });

  reset();
  return {
    clear,
    undo,
    isEmpty: () => strokes.length === 0 && !loaded,
    isDrawn: () => !loaded,
    isPainting: () => painting || down,

    // Shows an image from 0 to 1 as it is.
    show(ink, h, w) {
      strokes = [];
      loaded = true;
      reset();
      const size = side / Math.max(h, w);
      const [dx, dy] = [(side - w * size) / 2, (side - h * size) / 2];
      for (let i = 0; i < h * w; i++) {
        context.fillStyle = `rgb(27 27 27 / ${ink[i]})`;
        context.fillRect(dx + (i % w) * size, dy + Math.floor(i / w) * size, size, size);
      }
    },

    // Shows a picture in greys; where its edge is bright, dark is ink.
    load(picture) {
      strokes = [];
      loaded = true;
      reset();
      const scale = Math.min(side / picture.width, side / picture.height);
      const [w, h] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
      const [x, y] = [Math.floor((side - w) / 2), Math.floor((side - h) / 2)];
      context.drawImage(picture, x, y, w, h);
      const image = context.getImageData(x, y, w, h);
      const grey = new Float32Array(w * h);
      let edge = 0, count = 0;
      for (let i = 0; i < w * h; i++) {
        const [r, g, b, a] = image.data.subarray(4 * i, 4 * i + 4);
        grey[i] = ((0.299 * r + 0.587 * g + 0.114 * b) * a) / 65025 + (1 - a / 255);
        if (i % w === 0 || i % w === w - 1 || i < w || i >= w * (h - 1)) {
          edge += grey[i];
          count++;
        }
      }
      const dark = edge > count / 2;
      for (let i = 0; i < w * h; i++) {
        const ink = dark ? 1 - grey[i] : grey[i];
        // paper is never quite white
        image.data.set([27, 27, 27, 255 * Math.min(Math.max((ink - 0.1) / 0.8, 0), 1)], 4 * i);
      }
      context.putImageData(image, x, y);
    },
  };
}
