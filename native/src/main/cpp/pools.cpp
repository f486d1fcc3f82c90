// y = the largest element, or the mean, of each window of an image [n, h, w, c]: channels are lanes.
#include <cmath>
#include <cstring>

#include "choose.h"
#include "kernels.h"

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

// One vector of channels of one window. ROWS × COLUMNS taps, or as many as the grid says where they are 0.
template <int ROWS, int COLUMNS>
static inline void largest(const float* image, Grid t, int64_t c, Mask m, Vec& best, Ints& where) {
  best = load(image + t.first + c, m);
  where = ints(0);
  for (int64_t kh = 0; kh < (ROWS ? ROWS : t.rows); kh++) {
    for (int64_t kw = kh == 0 ? 1 : 0; kw < (COLUMNS ? COLUMNS : t.columns); kw++) {
      const int64_t tap = kh * t.down + kw * t.right;
      const Vec v = load(image + t.first + c + tap, m);
      const Mask won = better<true>(v, best);
      best = choose(won, v, best);
      where = choose(won, ints(int32_t(tap)), where);
    }
  }
  where = add(add(where, counting()), ints(int32_t(t.first + c)));
}

// `count` windows, each `step` floats behind the one before.
template <int ROWS, int COLUMNS>
static inline void windows(const float* image, Grid t, int64_t count, int64_t step, int64_t channels, float* y,
                           int32_t* index) {
  Vec best;
  Ints where;
  for (int64_t k = 0; k < count; k++, t.first += step, y += channels, index += channels) {
    int64_t c = 0;
    for (; c + W <= channels; c += W) {
      largest<ROWS, COLUMNS>(image, t, c, lanes(W), best, where);
      store(y + c, best);
      store(index + c, where);
    }
    if (c < channels) {
      const Mask m = lanes(channels - c);
      largest<ROWS, COLUMNS>(image, t, c, m, best, where);
      store(y + c, best, m);
      store(index + c, where, m);
    }
  }
}

void max_pool(const Header* call) {
  struct Arguments {
    const float* x;
    float* y;
    int32_t* index;
    Pool g;
    int64_t from, to;
  };
  const Arguments a = arguments<Arguments>(call);
  const Pool& g = a.g;
  for (int64_t r = a.from; r < a.to; r++) {
    const Taps rows = inside(r % g.out_h * g.stride_h - g.pad_h, g.dilation_h, g.kernel_h, g.height);
    const float* image = a.x + r / g.out_h * g.height * g.width * g.channels;
    pieces(g, [=, &g](int64_t ow, int64_t count, Taps columns) {
      float* y = a.y + (r * g.out_w + ow) * g.channels;
      int32_t* index = a.index + (r * g.out_w + ow) * g.channels;
      const Grid t = grid(g, rows, columns);
      const int64_t step = g.stride_w * g.channels;
      if (t.rows == 0 || t.columns == 0) {  // padding altogether
        for (int64_t c = 0; c < count * g.channels; c++) y[c] = -INFINITY;
        for (int64_t c = 0; c < count * g.channels; c++) index[c] = 0;
      } else if (t.rows == 2 && t.columns == 2) {
        windows<2, 2>(image, t, count, step, g.channels, y, index);
      } else if (t.rows == 3 && t.columns == 3) {
        windows<3, 3>(image, t, count, step, g.channels, y, index);
      } else {
        windows<0, 0>(image, t, count, step, g.channels, y, index);
      }
    });
  }
}

// x ÷ count. By a power of two that is a product with the same bits, in a quarter of the time.
struct Divisor {
  float count, reciprocal;

  explicit Divisor(int64_t n) : count(float(n)), reciprocal(n > 0 && (n & (n - 1)) == 0 ? 1.0f / float(n) : 0.0f) {}

  Vec operator()(Vec x) const { return reciprocal != 0 ? x * all(reciprocal) : x / all(count); }
};

// V vectors of channels: one chain alone would wait for each of its additions. TAPS × TAPS, or as the grid says if 0.
template <int V, int TAPS>
static inline void mean(const float* image, const Grid& t, Mask m, Divisor by, float* y) {
  Vec chain[V];
  for (int v = 0; v < V; v++) chain[v] = zero();
  for (int64_t kh = 0; kh < (TAPS ? TAPS : t.rows); kh++) {
    for (int64_t kw = 0; kw < (TAPS ? TAPS : t.columns); kw++) {
      const float* tap = image + t.first + kh * t.down + kw * t.right;
      for (int v = 0; v < V; v++) chain[v] = chain[v] + (V == 1 ? load(tap, m) : load(tap + v * W));
    }
  }
  for (int v = 0; v < V; v++) {
    if (V == 1) {
      store(y, by(chain[v]), m);
    } else {
      store(y + v * W, by(chain[v]));
    }
  }
}

// `count` windows, each `step` floats behind the one before.
template <int TAPS>
static inline void means(const float* image, Grid t, int64_t count, int64_t step, int64_t channels, Divisor by,
                         float* y) {
  for (int64_t k = 0; k < count; k++, t.first += step, y += channels) {
    int64_t c = 0;
    for (; c + 4 * W <= channels; c += 4 * W) mean<4, TAPS>(image + c, t, lanes(W), by, y + c);
    for (; c + 2 * W <= channels; c += 2 * W) mean<2, TAPS>(image + c, t, lanes(W), by, y + c);
    for (; c < channels; c += W) mean<1, TAPS>(image + c, t, lanes(channels - c), by, y + c);
  }
}

// What a window's sum is divided by.
static inline Divisor divisor(const Pool& g, bool count_pad, Grid t) {
  return Divisor(count_pad ? g.kernel_h * g.kernel_w : t.rows * t.columns);
}

void avg_pool(const Header* call) {
  struct Arguments {
    const float* x;
    float* y;
    Pool g;
    int64_t count_pad, from, to;
  };
  const Arguments a = arguments<Arguments>(call);
  const Pool& g = a.g;
  for (int64_t r = a.from; r < a.to; r++) {
    const Taps rows = inside(r % g.out_h * g.stride_h - g.pad_h, g.dilation_h, g.kernel_h, g.height);
    const float* image = a.x + r / g.out_h * g.height * g.width * g.channels;
    pieces(g, [=, &g](int64_t ow, int64_t count, Taps columns) {
      float* y = a.y + (r * g.out_w + ow) * g.channels;
      const Grid t = grid(g, rows, columns);
      const Divisor by = divisor(g, a.count_pad, t);
      if (t.rows == 2 && t.columns == 2) {
        means<2>(image, t, count, g.stride_w * g.channels, g.channels, by, y);
      } else {
        means<0>(image, t, count, g.stride_w * g.channels, g.channels, by, y);
      }
    });
  }
}

// dx += dy ÷ count at every tap; ALONE: no other window has been there, so that dx is still +0.
template <bool ALONE>
static inline void spread(float* dx, const Grid& t, int64_t channels, Divisor by, const float* dy) {
  for (int64_t c = 0; c < channels; c += W) {
    const Mask m = lanes(channels - c);
    const Vec share = by(load(dy + c, m));
    for (int64_t kh = 0; kh < t.rows; kh++) {
      for (int64_t kw = 0; kw < t.columns; kw++) {
        float* tap = dx + t.first + kh * t.down + kw * t.right + c;
        store(tap, (ALONE ? zero() : load(tap, m)) + share, m);
      }
    }
  }
}

// Windows ascending; an image's windows belong to one unit of work.
void avg_pool_data(const Header* call) {
  struct Arguments {
    const float* dy;
    float* dx;
    Pool g;
    int64_t count_pad, from, to;
  };
  const Arguments a = arguments<Arguments>(call);
  const Pool& g = a.g;
  const int64_t size = g.height * g.width * g.channels;
  const bool alone = g.dilation_h * (g.kernel_h - 1) < g.stride_h && g.dilation_w * (g.kernel_w - 1) < g.stride_w;
  for (int64_t n = a.from; n < a.to; n++) {
    float* image = a.dx + n * size;
    if (size > 0) memset(image, 0, 4 * size);
    for (int64_t oh = 0; oh < g.out_h; oh++) {
      const Taps rows = inside(oh * g.stride_h - g.pad_h, g.dilation_h, g.kernel_h, g.height);
      pieces(g, [=, &g](int64_t ow, int64_t count, Taps columns) {
        const float* dy = a.dy + ((n * g.out_h + oh) * g.out_w + ow) * g.channels;
        Grid t = grid(g, rows, columns);
        const Divisor by = divisor(g, a.count_pad, t);
        for (int64_t k = 0; k < count; k++, t.first += g.stride_w * g.channels, dy += g.channels) {
          if (alone) {
            spread<true>(image, t, g.channels, by, dy);
          } else {
            spread<false>(image, t, g.channels, by, dy);
          }
        }
      });
    }
  }
}

}  // namespace ISA
