// Windows that slide over an image [n, h, w, c], and the largest element of each: channels are lanes.
#pragma once
#include <cmath>

#include "choose.h"

namespace ISA {

struct Pool {
  int64_t height, width, channels, out_h, out_w, kernel_h, kernel_w;
  int64_t stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w;
};

// Which taps of a window lie inside the image: they are neighbours.
struct Taps {
  int64_t at;     // where the first one is
  int64_t count;  // 0 = none
};

// Along one axis, where tap k of the window is at start + k·d.
static inline Taps inside(int64_t start, int64_t d, int64_t taps, int64_t extent) {
  if (start >= 0 && start + (taps - 1) * d < extent) return {start, taps};
  const int64_t first = start >= 0 ? 0 : (-start + d - 1) / d;
  const int64_t end = start >= extent ? 0 : (extent - start + d - 1) / d;
  const int64_t count = (end < taps ? end : taps) - first;
  return {start + first * d, count < 0 ? 0 : count};
}

// Where the taps of a window lie in memory, in floats.
struct Grid {
  int64_t first, rows, columns, down, right;
};

static inline Grid grid(const Pool& g, Taps rows, Taps columns) {
  return {(rows.at * g.width + columns.at) * g.channels, rows.count, columns.count, g.dilation_h * g.width * g.channels,
          g.dilation_w * g.channels};
}

// An output row, cut where windows begin and cease to lie inside the image from left to right: body(ow, how many windows
// follow each other at the stride, the first one's taps).
template <class Body>
static inline void pieces(const Pool& g, Body body) {
  const int64_t last = g.width - 1 - (g.kernel_w - 1) * g.dilation_w + g.pad_w;  // inside if ow · stride ≤ this
  const int64_t from = (g.pad_w + g.stride_w - 1) / g.stride_w;
  const int64_t past = last < 0 ? 0 : last / g.stride_w + 1, to = past < g.out_w ? past : g.out_w;
  for (int64_t ow = 0; ow < g.out_w;) {
    const bool whole = ow >= from && ow < to;
    const int64_t left = ow * g.stride_w - g.pad_w, count = whole ? to - ow : 1;
    body(ow, count, whole ? Taps{left, g.kernel_w} : inside(left, g.dilation_w, g.kernel_w, g.width));
    ow += count;
  }
}

// One vector of channels of one window, whose first tap is at x. ROWS × COLUMNS taps, or as many as the grid says where they are 0.
template <int ROWS, int COLUMNS>
static inline void largest(const float* x, Grid t, int64_t c, Mask m, Vec& best, Ints& where) {
  best = load(x + c, m);
  where = ints(0);
  for (int64_t kh = 0; kh < (ROWS ? ROWS : t.rows); kh++) {
    for (int64_t kw = kh == 0 ? 1 : 0; kw < (COLUMNS ? COLUMNS : t.columns); kw++) {
      const int64_t tap = kh * t.down + kw * t.right;
      const Vec v = load(x + c + tap, m);
      const Mask won = better<true>(v, best);
      best = choose(won, v, best);
      where = choose(won, ints(int32_t(tap)), where);
    }
  }
  where = add(add(where, counting()), ints(int32_t(t.first + c)));
}

// `count` windows, each `step` floats behind the one before.
template <int ROWS, int COLUMNS>
static inline void windows(const float* x, Grid t, int64_t count, int64_t step, int64_t channels, float* y, int32_t* index) {
  Vec best;
  Ints where;
  for (int64_t k = 0; k < count; k++, x += step, t.first += step, y += channels, index += channels) {
    int64_t c = 0;
    for (; c + W <= channels; c += W) {
      largest<ROWS, COLUMNS>(x, t, c, lanes(W), best, where);
      store(y + c, best);
      store(index + c, where);
    }
    if (c < channels) {
      const Mask m = lanes(channels - c);
      largest<ROWS, COLUMNS>(x, t, c, m, best, where);
      store(y + c, best, m);
      store(index + c, where, m);
    }
  }
}

// Row oh of an image's windows: their largest elements, and where in the image they were found. The image is in memory from its row
// `first` on.
static inline void pool_row(const Pool& g, const float* image, int64_t first, int64_t oh, float* y_row, int32_t* index_row) {
  const Taps rows = inside(oh * g.stride_h - g.pad_h, g.dilation_h, g.kernel_h, g.height);
  pieces(g, [=, &g](int64_t ow, int64_t count, Taps columns) {
    float* y = y_row + ow * g.channels;
    int32_t* index = index_row + ow * g.channels;
    if (rows.count == 0 || columns.count == 0) {  // padding altogether
      for (int64_t c = 0; c < count * g.channels; c++) y[c] = -INFINITY;
      for (int64_t c = 0; c < count * g.channels; c++) index[c] = 0;
      return;
    }
    const Grid t = grid(g, rows, columns);
    const float* x = image + ((rows.at - first) * g.width + columns.at) * g.channels;
    const int64_t step = g.stride_w * g.channels;
    if (t.rows == 2 && t.columns == 2) {
      windows<2, 2>(x, t, count, step, g.channels, y, index);
    } else if (t.rows == 3 && t.columns == 3) {
      windows<3, 3>(x, t, count, step, g.channels, y, index);
    } else {
      windows<0, 0>(x, t, count, step, g.channels, y, index);
    }
  });
}

}  // namespace ISA
