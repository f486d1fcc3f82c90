// dy of a convolution, line by line: as it lies in memory, or as a max pool behind the convolution, with or without a relu between
// them, sends it back. The pool's windows don't overlap, so each pixel has its share from one window or +0.
#pragma once
#include "choose.h"
#include "convolution.h"

namespace ISA {

struct Gradient {
  const float* dy;                   // of the convolution; of the pool if there is an index
  const int32_t* index = nullptr;    // where in its image each window found its largest element
  const float* y = nullptr;          // what the pool gave, if a relu was before it
  int64_t kernel_h = 0, kernel_w = 0, stride_h = 0, stride_w = 0, out_h = 0, out_w = 0;  // of the pool

  // Rows from … of all images [h, w, c], `count` of them, with so many pixels of zeros before and behind each.
  const float* lines(Buffer& buffer, int64_t from, int64_t count, int64_t h, int64_t w, int64_t c, int64_t left, int64_t right) const {
    if (index == nullptr) return padded(buffer, dy + from * w * c, count, w * c, left * c, right * c);
    const int64_t step = (left + w + right) * c;
    float* to = buffer.floats(count * step);
    for (int64_t r = from; r < from + count; r++, to += step) {
      if (left > 0) memset(to, 0, 4 * left * c);
      line(r / h, r % h, w, c, to + left * c);
      if (right > 0) memset(to + (left + w) * c, 0, 4 * right * c);
    }
    return to - count * step;
  }

  // The channels first … end − 1 of pixel (row, q) of image n with a share other than 0, ascending, less first, and these shares; room
  // for W more than there are.
  int64_t nonzero(int64_t n, int64_t row, int64_t q, int64_t w, int64_t c, int64_t first, int64_t end, int32_t* channels,
                  float* shares) const {
    const int64_t window = row / stride_h;
    const int64_t k = q / stride_w;
    if (window >= out_h || row % stride_h >= kernel_h || k >= out_w || q % stride_w >= kernel_w) return 0;
    const int64_t from = ((n * out_h + window) * out_w + k) * c;
    int64_t count = 0;
    for (int64_t i = first; i < end; i += W) {
      const Mask m = lanes(end - i);
      const Vec g = share(from + i, m);
      const Mask won = both(m, equal(load(index + from + i, m), counted((row * w + q) * c + i)));
      const Ints channel = ISA::add(ints(int32_t(i - first)), counting());
      count += pressed(both(won, unequal(g, zero())), channel, g, channels + count, shares + count);
    }
    return count;
  }

  // Adds the pixels q … end − 1 of row `row` of image n to V chains, one for each of the channels from i on.
  template <int V>
  void add(int64_t n, int64_t row, int64_t q, int64_t end, int64_t w, int64_t c, int64_t i, Mask last, Vec (&chain)[V]) const {
    const int64_t window = row / stride_h;
    if (window >= out_h || row % stride_h >= kernel_h) return;  // +0 each
    for (int64_t k = q / stride_w; k < out_w && k * stride_w < end; k++) {
      const int64_t from = ((n * out_h + window) * out_w + k) * c + i;
      Vec shares[V];
      Ints found[V];
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) {
        const Mask m = v == V - 1 ? last : lanes(W);
        shares[v] = share(from + v * W, m);
        found[v] = load(index + from + v * W, m);
      }
      const int64_t first = k * stride_w < q ? q : k * stride_w;
      const int64_t behind = k * stride_w + kernel_w < end ? k * stride_w + kernel_w : end;
      for (int64_t p = first; p < behind; p++) {
        const Ints here = counted((row * w + p) * c + i);
#pragma GCC unroll 4
        for (int v = 0; v < V; v++) {
          chain[v] = chain[v] + choose(equal(found[v], ISA::add(here, ints(v * W))), shares[v], zero());
        }
      }
    }
  }

 private:
  // The places of a vector's channels.
  static Ints counted(int64_t place) { return ISA::add(ints(int32_t(place)), counting()); }

  // What a window sends to the pixel that it found: the pool's element `from`.
  Vec share(int64_t from, Mask m) const {
    const Vec g = zero() + load(dy + from, m);
    return y == nullptr ? g : g * choose(positive(load(y + from, m)), all(1), zero());
  }

  // Row `row` of image n.
  void line(int64_t n, int64_t row, int64_t w, int64_t c, float* to) const {
    const int64_t window = row / stride_h;
    int64_t done = 0;
    if (window < out_h && row % stride_h < kernel_h) {
      const int64_t first = (n * out_h + window) * out_w * c;
      for (int64_t i = 0; i < out_w; i++) {
        const int64_t at = i * stride_w;
        if (at > done) memset(to + done * c, 0, 4 * (at - done) * c);
        taps(first + i * c, (row * w + at) * c, c, to + at * c);
        done = at + kernel_w;
      }
    }
    if (done < w) memset(to + done * c, 0, 4 * (w - done) * c);
  }

  // The kernel_w pixels of a window that lie in one row, the first of them `place` in the image; the pool's element is `from`.
  void taps(int64_t from, int64_t place, int64_t c, float* to) const {
    for (int64_t i = 0; i < c; i += W) {
      const Mask m = lanes(c - i);
      const Vec g = share(from + i, m);
      const Ints found = load(index + from + i, m);
      for (int64_t k = 0; k < kernel_w; k++) {
        store(to + k * c + i, choose(equal(found, counted(place + i + k * c)), g, zero()), m);
      }
    }
  }
};

}  // namespace ISA
