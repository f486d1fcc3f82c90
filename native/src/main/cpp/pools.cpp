// y = the largest element, or the mean, of each window of an image [n, h, w, c]: channels are lanes.
#include "pool.h"

#include <cstring>

#include "kernels.h"

namespace ISA {

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
    const float* image = a.x + r / g.out_h * g.height * g.width * g.channels;
    const int64_t row = r * g.out_w * g.channels;
    pool_row(g, image, 0, r % g.out_h, a.y + row, a.index + row);
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
