// dx of a convolution behind which a max pool stands (sparse.h). Each pixel of dy that is not 0 in some channels adds to the pixels of dx
// under its kernel; from the last pixel of dy to the first, so that each pixel of dx meets its kernel's rows and columns ascending. A few
// of the kernel's taps at a time pass over the image, as many as have weights that fit into the first-level cache.
//
// The chains of an image wait in memory, with a frame that takes what falls outside. Each chunk of taps has an image of chains to itself.
#pragma once
#include "few_channels.h"
#include "sparse.h"
#include "transpose.h"

namespace ISA {

// A pixel of dy: so many shares, which belong to chains from `at` on.
struct Source {
  int64_t at;
  int64_t count;
};

// For each pixel N vectors of chains: chain += share·w for each share, its channel's weights N·W neighbours.
template <int N>
static void spread(const Source* pixels, int64_t number, const int32_t* channels, const float* shares, const float* w, int64_t w_step,
                   float* chains, const int64_t* cells) {
  for (int64_t p = 0; p < number; p++) {
    float* at = chains + pixels[p].at;
    Vec chain[N];
#pragma GCC unroll 24
    for (int i = 0; i < N; i++) chain[i] = load(at + cells[i]);
    for (int64_t e = pixels[p].count; e > 0; e--) {
      const float* from = w + *channels++ * w_step;
      const Vec share = all(*shares++);
#pragma GCC unroll 24
      for (int i = 0; i < N; i++) chain[i] = fma(share, load(from + i * W), chain[i]);
    }
#pragma GCC unroll 24
    for (int i = 0; i < N; i++) store(at + cells[i], chain[i]);
  }
}

using Spread = void (*)(const Source*, int64_t, const int32_t*, const float*, const float*, int64_t, float*, const int64_t*);

static inline Spread spread_of(int chains) {
  static constexpr Spread table[] = {
#define OF(N) spread<(N <= MOST_CHAINS ? N : 1)>
      nullptr, OF(1),  OF(2),  OF(3),  OF(4),  OF(5),  OF(6),  OF(7),  OF(8),  OF(9),  OF(10), OF(11), OF(12),
      OF(13),  OF(14), OF(15), OF(16), OF(17), OF(18), OF(19), OF(20), OF(21), OF(22), OF(23), OF(24)
#undef OF
  };
  return table[chains];
}

class SparseData {
 public:
  // Fewer operations this way, counted in cycles as they were measured?
  static bool pays(const Gradient& dy, const Geometry& g) {
    if (dy.index == nullptr || g.groups != 1 || g.o > CHUNK || g.c == 0 || covered(dy, g) == 0) return false;
    const double cells = double(g.kh * g.kw) * double((g.c + W - 1) / W);
    const double pixels = covered(dy, g);
    const double shares = pixels / double(dy.kernel_h * dy.kernel_w) * double(g.o);
    const double here = shares * (0.6 * cells + 2) + pixels * (2.5 * cells + 30);
    const double terms = double(g.n * g.o * g.kh * g.kw);
    const double there = FewChannels::pay(g) ? 1.5 / W * terms * double(g.out_h * g.out_w * g.c)
                                             : 0.7 * terms * double(g.h * g.w) * double((g.c + W - 1) / W) / double(g.stride_h * g.stride_w);
    return here < there;
  }

  // False: some weight is not finite.
  bool prepare(const Geometry& geometry, const float* w) {
    g = geometry;
    const int64_t taps = g.kh * g.kw;
    if (!finite(w, taps * g.c * g.o)) return false;
    width = (g.c + W - 1) / W * W;
    lines = (g.out_h - 1) * g.stride_h + (g.kh - 1) * g.dilation_h + 1;
    columns = (g.out_w - 1) * g.stride_w + (g.kw - 1) * g.dilation_w + 1;
    image = lines * columns * width;
    per = per_chunk(g.o);
    chunks = (taps + per - 1) / per;

    step = taps * width;
    weights = panel.floats(g.o * step);
    if (width != g.c) memset(weights, 0, 4 * g.o * step);
    for (int64_t t = 0; t < taps; t++) transpose(w + t * g.c * g.o, g.o, g.c, g.o, weights + t * width, step);
    cells = reinterpret_cast<int64_t*>(places.floats(2 * taps * width / W));
    for (int64_t t = 0, i = 0; t < taps; t++) {
      const int64_t pixel = t / g.kw * g.dilation_h * columns + t % g.kw * g.dilation_w;
      for (int64_t v = 0; v < width; v += W) cells[i++] = t / per * image + pixel * width + v;
    }
    most = g.o * step * 4 <= CACHED ? step / W : CACHED / (4 * W * g.o);
    if (most > MOST_CHAINS) most = MOST_CHAINS;
    if (most < 4) most = 4;
    return true;
  }

  // The rows from … to − 1 of image n. False: some chain ended as −0.
  bool rows(const Gradient& dy, int64_t n, int64_t from, int64_t to, float* dx) {
    float* chains = memory.floats(chunks * image);
    memset(chains, 0, 4 * chunks * image);
    const int64_t room = dy.out_h * dy.out_w * g.o + W;
    int32_t* channels = reinterpret_cast<int32_t*>(found.floats(2 * room));
    float* shares = found.floats(0) + room;
    Source* pixels = reinterpret_cast<Source*>(sources.floats(g.out_h * g.out_w * int64_t(sizeof(Source) / 4)));
    int64_t number = 0;
    int64_t entries = 0;
    const int64_t reach = (g.kh - 1) * g.dilation_h;
    for (int64_t row = g.out_h - 1; row >= 0; row--) {
      const int64_t top = row * g.stride_h - g.pad_h;
      if (top >= to || top + reach < from) continue;
      for (int64_t q = g.out_w - 1; q >= 0; q--) {
        const int64_t count = dy.nonzero(n, row, q, g.out_w, g.o, 0, g.o, channels + entries, shares + entries);
        pixels[number] = {(row * g.stride_h * columns + q * g.stride_w) * width, count};
        number += count > 0;
        entries += count;
      }
    }
    const int64_t all = step / W;
    const int64_t groups = (all + most - 1) / most;
    for (int64_t i = 0; i < groups; i++) {
      const int64_t first = all * i / groups;
      const int chosen = int(all * (i + 1) / groups - first);
      spread_of(chosen)(pixels, number, channels, shares, weights + first * W, step, chains, cells + first);
    }
    bool sure = true;
    for (int64_t row = from; row < to; row++) sure = put(chains, row, dx + (n * g.h + row) * g.w * g.c) && sure;
    return sure;
  }

 private:
  // Bytes of weights that stay in the first-level cache.
  static constexpr int64_t CACHED = 28 << 10;

  // A row of dx is the sum of its chunks; false: one of them is −0.
  bool put(float* chains, int64_t row, float* dx) const {
    const int64_t line = row + g.pad_h;
    int64_t inside = columns - g.pad_w < g.w ? columns - g.pad_w : g.w;  // pixels that are under some kernel
    if (line >= lines || inside < 0) inside = 0;
    float* sums = chains + (line * columns + g.pad_w) * width;
    bool sure = true;
    for (int64_t chunk = 0; chunk < chunks; chunk++) {
      const float* more = sums + chunk * image;
      if (negative_zero(more, inside * width)) sure = false;
      for (int64_t i = 0; i < inside * width && chunk > 0; i++) sums[i] += more[i];
    }
    if (width == g.c) memcpy(dx, sums, 4 * inside * width);
    for (int64_t p = 0; p < inside && width != g.c; p++) memcpy(dx + p * g.c, sums + p * width, 4 * g.c);
    memset(dx + inside * g.c, 0, 4 * (g.w - inside) * g.c);
    return sure;
  }

  Geometry g;
  int64_t width;                  // channels of a pixel, filled up to whole vectors
  int64_t lines, columns, image;  // of an image of chains with its frame; floats of all of it
  int64_t per, chunks;            // taps in a chunk; chunks of all taps
  int64_t step;                   // from the weights of a channel of dy to the next one's
  float* weights;                 // [o][kh, kw][i]
  int64_t* cells;                 // where each vector of weights belongs, from the pixel under the kernel's first tap on
  int64_t most;                   // vectors of weights of a channel that are used at a time
  Buffer panel;
  Buffer places;
  Buffer found;
  Buffer sources;
  Buffer memory;
};

}  // namespace ISA
