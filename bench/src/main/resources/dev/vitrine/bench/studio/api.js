// What the server is asked: JSON there and back, numbers as base64 of float32.

export async function ask(what, question = {}, signal) {
  const answer = await fetch('/api/' + what, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(question),
    signal,
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error ?? answer.statusText);
  return said;
}

export function encode(floats) {
  const bytes = new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(text);
}

export function decode(text) {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return new Float32Array(bytes.buffer);
}

// A row as the server has it: pixels as base64, the values of columns as they are.
export const sent = (x) => (Array.isArray(x) ? x : encode(x));
export const received = (x) => (Array.isArray(x) ? x : decode(x));

// At most one run at a time; of what comes meanwhile the newest wins. Whoever asks can wait for all of it.
export function latest(run) {
  let running = null;
  let next = null;
  async function all() {
    try {
      while (next) {
        const now = next;
        next = null;
        await run(...now);
      }
    } finally {
      running = null;
    }
  }
  return function request(...args) {
    next = args;
    return (running ??= all());
  };
}

// Calls once nothing has changed for a while.
export function whenQuiet(milliseconds, call) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(call, milliseconds);
  };
}
