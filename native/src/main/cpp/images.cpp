// y[n, i, j, c] = Σ over four corners of (weight of the row · weight of the column) · x[n, row, column, c], one fma chain
// from +0 in row-major order; and its transpose.
#include <cstdlib>
#include <cstring>

#include "kernels.h"

namespace ISA {

enum Mode { NEAREST, BILINEAR, BILINEAR_CORNERS };

struct Images {
  const float* from_pixels;
  float* to_pixels;
  int64_t mode, height, width, channels, out_h, out_w, from, to;
};

// Between which two input rows (columns) an output row lies, and what each of them weighs.
struct Place {
  int64_t low, high;
  float before, behind;
};

// Output row i lies at the fraction position / unit of the input rows: exact in integers.
static inline Place place(int64_t mode, int64_t i, int64_t in, int64_t out) {
  if (mode == NEAREST) return {i * in / out, i * in / out, 1, 0};
  const int64_t position = mode == BILINEAR ? (2 * i + 1) * in - out : i * (in - 1);
  const int64_t unit = mode == BILINEAR ? 2 * out : out > 1 ? out - 1 : 1;
  const int64_t low = position < 0 ? -1 : position / unit;  // it is never below −1
  const float t = position < 0 || position > unit * (in - 1) ? 0 : float(position % unit) / float(unit);
  const int64_t last = in - 1;
  return {low < 0 ? 0 : low > last ? last : low, low + 1 > last ? last : low + 1, 1 - t, t};
}

// The places of an output row's columns, or of its single floats where the channels are too few to fill a vector.
struct Columns {
  int32_t* low = nullptr;
  int32_t* high;
  float* before;
  float* behind;
  int64_t room = 0;

  ~Columns() { free(low); }

  void reserve(int64_t n) {
    if (n <= room) return;
    auto* grown = static_cast<int32_t*>(realloc(low, 16 * n));
    if (!grown) abort();
    low = grown;
    high = low + n;
    before = reinterpret_cast<float*>(low + 2 * n);
    behind = reinterpret_cast<float*>(low + 3 * n);
    room = n;
  }
};

constexpr int64_t FEW = 8;  // channels

// How many places there are.
static inline int64_t columns(const Images& s, Columns& table) {
  const int64_t repeat = s.channels < FEW ? s.channels : 1;
  table.reserve(s.out_w * repeat);
  for (int64_t j = 0; j < s.out_w; j++) {
    const Place p = place(s.mode, j, s.width, s.out_w);
    for (int64_t c = 0; c < repeat; c++) {
      table.low[j * repeat + c] = int32_t(p.low * s.channels + c);
      table.high[j * repeat + c] = int32_t(p.high * s.channels + c);
      table.before[j * repeat + c] = p.before;
      table.behind[j * repeat + c] = p.behind;
    }
  }
  return s.out_w * repeat;
}

void interpolate(const Header* call) {
  const Images& s = arguments<Images>(call);
  static thread_local Columns table;
  const int64_t places = columns(s, table);
  const int32_t* low = table.low;
  const int32_t* high = table.high;
  const int64_t row = s.width * s.channels;
  for (int64_t r = s.from; r < s.to; r++) {
    const Place p = place(s.mode, r % s.out_h, s.height, s.out_h);
    const float* image = s.from_pixels + r / s.out_h * s.height * row;
    const float* top = image + p.low * row;
    const float* bottom = image + p.high * row;
    float* __restrict y = s.to_pixels + r * s.out_w * s.channels;
    if (s.channels < FEW && s.mode == NEAREST) {
      for (int64_t e = 0; e < places; e++) y[e] = top[low[e]];
    } else if (s.channels < FEW) {
      for (int64_t e = 0; e < places; e++) {
        const float before = table.before[e], behind = table.behind[e];
        float chain = __builtin_fmaf(p.before * before, top[low[e]], 0.0f);
        chain = __builtin_fmaf(p.before * behind, top[high[e]], chain);
        chain = __builtin_fmaf(p.behind * before, bottom[low[e]], chain);
        y[e] = __builtin_fmaf(p.behind * behind, bottom[high[e]], chain);
      }
    } else if (s.mode == NEAREST) {
      for (int64_t j = 0; j < places && s.channels > 0; j++) memcpy(y + j * s.channels, top + low[j], 4 * s.channels);
    } else {
      for (int64_t j = 0; j < places; j++) {
        const float w0 = p.before * table.before[j], w1 = p.before * table.behind[j];
        const float w2 = p.behind * table.before[j], w3 = p.behind * table.behind[j];
        const float *x0 = top + low[j], *x1 = top + high[j], *x2 = bottom + low[j], *x3 = bottom + high[j];
        for (int64_t c = 0; c < s.channels; c++) {
          float chain = __builtin_fmaf(w0, x0[c], 0.0f);
          chain = __builtin_fmaf(w1, x1[c], chain);
          chain = __builtin_fmaf(w2, x2[c], chain);
          y[j * s.channels + c] = __builtin_fmaf(w3, x3[c], chain);
        }
      }
    }
  }
}

// dx += weight · dy over the channels.
static inline void add(float weight, const float* __restrict dy, float* __restrict dx, int64_t channels) {
  for (int64_t c = 0; c < channels; c++) dx[c] = __builtin_fmaf(weight, dy[c], dx[c]);
}

// Outputs ascending, the corners of each in row-major order, so an image's outputs belong to one unit of work.
void interpolate_data(const Header* call) {
  const Images& s = arguments<Images>(call);
  static thread_local Columns table;
  const int64_t places = columns(s, table);
  const int32_t* low = table.low;
  const int32_t* high = table.high;
  const int64_t row = s.width * s.channels;
  for (int64_t n = s.from; n < s.to; n++) {
    float* image = s.to_pixels + n * s.height * row;
    if (s.height * row > 0) memset(image, 0, 4 * s.height * row);
    for (int64_t i = 0; i < s.out_h; i++) {
      const Place p = place(s.mode, i, s.height, s.out_h);
      const float* dy = s.from_pixels + (n * s.out_h + i) * s.out_w * s.channels;
      float* top = image + p.low * row;
      float* bottom = image + p.high * row;
      if (s.channels < FEW && s.mode == NEAREST) {
        for (int64_t e = 0; e < places; e++) top[low[e]] += dy[e];
      } else if (s.channels < FEW) {
        for (int64_t e = 0; e < places; e++) {
          const float before = table.before[e], behind = table.behind[e];
          top[low[e]] = __builtin_fmaf(p.before * before, dy[e], top[low[e]]);
          top[high[e]] = __builtin_fmaf(p.before * behind, dy[e], top[high[e]]);
          bottom[low[e]] = __builtin_fmaf(p.behind * before, dy[e], bottom[low[e]]);
          bottom[high[e]] = __builtin_fmaf(p.behind * behind, dy[e], bottom[high[e]]);
        }
      } else {
        for (int64_t j = 0; j < places; j++, dy += s.channels) {
          if (s.mode == NEAREST) {
            add(1, dy, top + low[j], s.channels);
            continue;
          }
          add(p.before * table.before[j], dy, top + low[j], s.channels);
          add(p.before * table.behind[j], dy, top + high[j], s.channels);
          add(p.behind * table.before[j], dy, bottom + low[j], s.channels);
          add(p.behind * table.behind[j], dy, bottom + high[j], s.channels);
        }
      }
    }
  }
}

}  // namespace ISA
