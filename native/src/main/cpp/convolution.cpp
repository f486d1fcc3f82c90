// y[n, oh, ow, o] = Σ_{kh, kw, i} x[n, oh·s + kh·d − p, ow·s + kw·d − p, i]·w[kh, kw, i, o] (+ bias[o]): a product whose left operand is
// the image itself. A row of pixels is a row of tiles; neighbours in the image are one run of terms.
#include "convolution.h"
#include "kernels.h"

namespace ISA {

void conv2d(const Header* call) {
  struct Arguments {
    const float* x;
    const float* w;
    const float* bias;
    float* y;
    Geometry g;
    int64_t from;  // output rows, of all images
    int64_t to;
  };
  const auto& [x, w, bias, y, g, from, to] = arguments<Arguments>(call);
  static thread_local Buffer buffer;
  static thread_local Terms terms;
  const int64_t depth = g.c / g.groups;
  const int64_t outputs = g.o / g.groups;
  const int64_t taps = per_chunk(depth);
  const int64_t pixel = g.stride_w * g.c;
  // As far to the right as the last window reaches.
  const int64_t reach = (g.out_w - 1) * g.stride_w + (g.kw - 1) * g.dilation_w + 1 - g.pad_w;
  const int64_t behind = reach > g.w ? reach - g.w : 0;
  const int64_t line = (g.pad_w + g.w + behind) * g.c;

  for (int64_t group = 0; group < g.groups; group++) {
    const float* weights = w + group * outputs;
    const float* b = bias == nullptr ? nullptr : bias + group * outputs;
    const float* image = nullptr;
    int64_t known_lo = -1;
    int64_t known_hi = -1;
    for (int64_t row = from; row < to; row++) {
      const int64_t n = row / g.out_h;
      const int64_t top = row % g.out_h * g.stride_h - g.pad_h;
      if (image == nullptr || row % g.out_h == 0) {
        image = padded(buffer, x + n * g.h * g.w * g.c, g.h, g.w * g.c, g.pad_w * g.c, behind * g.c);
      }
      // The rows of the kernel that lie inside the image.
      int64_t lo = 0;
      while (lo < g.kh && top + lo * g.dilation_h < 0) lo++;
      int64_t hi = lo;
      while (hi < g.kh && top + hi * g.dilation_h < g.h) hi++;
      if (lo != known_lo || hi != known_hi) {
        terms.clear();
        for (int64_t kh = lo; kh < hi; kh++) {
          for (int64_t kw = 0; kw < g.kw; kw++) {
            const int64_t tap = kh * g.kw + kw;
            const int64_t a = (kh - lo) * g.dilation_h * line + kw * g.dilation_w * g.c;
            for (int64_t i = 0; i < depth; i += CHUNK) {
              const int64_t length = depth - i < CHUNK ? depth - i : CHUNK;
              const int64_t chunk = depth > CHUNK ? tap * depth + i : tap / taps;
              terms.add(chunk, a + i, (tap * depth + i) * g.o, length, 1, g.o);
            }
          }
        }
        known_lo = lo;
        known_hi = hi;
      }
      const float* a = image + (hi > lo ? (top + lo * g.dilation_h) * line : 0) + group * depth;
      const Out out = {y + row * g.out_w * g.o + group * outputs, g.o, false, b};
      terms.multiply({a, pixel, false}, {weights, g.o}, out, g.out_w, outputs);
    }
  }
}

}  // namespace ISA
