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

template <int ROWS, int COLUMNS>
static inline void window(const float* image, Grid t, int64_t channels, float* y, int32_t* index) {
  Vec best;
  Ints where;
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

void max_pool(const Header* call) {
  struct Arguments {
    const float* x;
    float* y;
    int32_t* index;
    Pool g;
    int64_t from, to;
  };
  const auto& [x, y, index, g, from, to] = arguments<Arguments>(call);
  for (int64_t r = from; r < to; r++) {
    const Taps rows = inside(r % g.out_h * g.stride_h - g.pad_h, g.dilation_h, g.kernel_h, g.height);
    const float* image = x + r / g.out_h * g.height * g.width * g.channels;
    for (int64_t ow = 0; ow < g.out_w; ow++) {
      const Taps columns = inside(ow * g.stride_w - g.pad_w, g.dilation_w, g.kernel_w, g.width);
      const int64_t at = (r * g.out_w + ow) * g.channels;
      if (rows.count == 0 || columns.count == 0) {  // padding altogether
        for (int64_t c = 0; c < g.channels; c++) y[at + c] = -INFINITY;
        for (int64_t c = 0; c < g.channels; c++) index[at + c] = 0;
      } else if (rows.count == 2 && columns.count == 2) {
        window<2, 2>(image, grid(g, rows, columns), g.channels, y + at, index + at);
      } else {
        window<0, 0>(image, grid(g, rows, columns), g.channels, y + at, index + at);
      }
    }
  }
}

// V vectors of channels: one chain alone would wait for each of its additions.
template <int V>
static inline void mean(const float* image, Grid t, Mask m, float count, float* y) {
  Vec chain[V];
  for (int v = 0; v < V; v++) chain[v] = zero();
  for (int64_t kh = 0; kh < t.rows; kh++) {
    for (int64_t kw = 0; kw < t.columns; kw++) {
      const float* tap = image + t.first + kh * t.down + kw * t.right;
      for (int v = 0; v < V; v++) chain[v] = chain[v] + (V == 1 ? load(tap, m) : load(tap + v * W));
    }
  }
  for (int v = 0; v < V; v++) {
    if (V == 1) {
      store(y, chain[v] / all(count), m);
    } else {
      store(y + v * W, chain[v] / all(count));
    }
  }
}

void avg_pool(const Header* call) {
  struct Arguments {
    const float* x;
    float* y;
    Pool g;
    int64_t count_pad, from, to;
  };
  const auto& [x, y, g, count_pad, from, to] = arguments<Arguments>(call);
  for (int64_t r = from; r < to; r++) {
    const Taps rows = inside(r % g.out_h * g.stride_h - g.pad_h, g.dilation_h, g.kernel_h, g.height);
    const float* image = x + r / g.out_h * g.height * g.width * g.channels;
    for (int64_t ow = 0; ow < g.out_w; ow++) {
      const Taps columns = inside(ow * g.stride_w - g.pad_w, g.dilation_w, g.kernel_w, g.width);
      const float count = float(count_pad ? g.kernel_h * g.kernel_w : rows.count * columns.count);
      const Grid t = grid(g, rows, columns);
      float* out = y + (r * g.out_w + ow) * g.channels;
      int64_t c = 0;
      for (; c + 4 * W <= g.channels; c += 4 * W) mean<4>(image + c, t, lanes(W), count, out + c);
      for (; c < g.channels; c += W) mean<1>(image + c, t, lanes(g.channels - c), count, out + c);
    }
  }
}

// dx += dy ÷ count at every tap; ALONE: no other window has been there, so that dx is still +0.
template <bool ALONE>
static inline void spread(float* dx, Grid t, int64_t channels, float count, const float* dy) {
  for (int64_t c = 0; c < channels; c += W) {
    const Mask m = lanes(channels - c);
    const Vec share = load(dy + c, m) / all(count);
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
  const auto& [dy, dx, g, count_pad, from, to] = arguments<Arguments>(call);
  const int64_t size = g.height * g.width * g.channels;
  const bool alone = g.dilation_h * (g.kernel_h - 1) < g.stride_h && g.dilation_w * (g.kernel_w - 1) < g.stride_w;
  for (int64_t n = from; n < to; n++) {
    float* image = dx + n * size;
    memset(image, 0, 4 * size);
    for (int64_t oh = 0; oh < g.out_h; oh++) {
      const Taps rows = inside(oh * g.stride_h - g.pad_h, g.dilation_h, g.kernel_h, g.height);
      for (int64_t ow = 0; ow < g.out_w; ow++) {
        const Taps columns = inside(ow * g.stride_w - g.pad_w, g.dilation_w, g.kernel_w, g.width);
        const float count = float(count_pad ? g.kernel_h * g.kernel_w : rows.count * columns.count);
        const float* out = dy + ((n * g.out_h + oh) * g.out_w + ow) * g.channels;
        if (alone) {
          spread<true>(image, grid(g, rows, columns), g.channels, count, out);
        } else {
          spread<false>(image, grid(g, rows, columns), g.channels, count, out);
        }
      }
    }
  }
}

}  // namespace ISA
