// y[n, oh, ow, o] = Σ_{kh, kw, i} x[n, oh·s + kh·d − p, ow·s + kw·d − p, i]·w[kh, kw, i, o] (+ bias[o]): a product whose left operand is
// the image itself. A row of pixels is a row of tiles; neighbours in the image are one run of terms.
#include "convolution.h"
#include "elementwise.h"
#include "kernels.h"
#include "pool.h"

namespace ISA {

// One group of output channels, row by row: neighbouring rows share what was prepared for them.
class Rows {
 public:
  Rows(const float* x, const float* w, const float* bias, bool relu, const Geometry& g, int64_t group)
      : x(x), g(g), group(group), depth(g.c / g.groups), outputs(g.o / g.groups), relu(relu) {
    weights = w + group * outputs;
    this->bias = bias == nullptr ? nullptr : bias + group * outputs;
    // As far to the right as the last window reaches.
    const int64_t reach = (g.out_w - 1) * g.stride_w + (g.kw - 1) * g.dilation_w + 1 - g.pad_w;
    behind = reach > g.w ? reach - g.w : 0;
    line = (g.pad_w + g.w + behind) * g.c;
  }

  // The first `columns` pixels of a row of y, counted through all images.
  void row(int64_t row, int64_t columns, float* y) {
    if (row / g.out_h != known_image) {
      known_image = row / g.out_h;
      image = padded(buffer(), x + known_image * g.h * g.w * g.c, g.h, g.w * g.c, g.pad_w * g.c, behind * g.c);
    }
    const int64_t top = row % g.out_h * g.stride_h - g.pad_h;
    // The rows of the kernel that lie inside the image.
    int64_t lo = 0;
    while (lo < g.kh && top + lo * g.dilation_h < 0) lo++;
    int64_t hi = lo;
    while (hi < g.kh && top + hi * g.dilation_h < g.h) hi++;
    if (lo != known_lo || hi != known_hi) list(lo, hi);
    const float* a = image + (hi > lo ? (top + lo * g.dilation_h) * line : 0) + group * depth;
    const Out out = {y, g.o, false, bias, relu};
    terms().multiply({a, g.stride_w * g.c, false}, {weights, g.o}, out, columns, outputs);
  }

 private:
  static Buffer& buffer() {
    static thread_local Buffer memory;
    return memory;
  }

  static Terms& terms() {
    static thread_local Terms memory;
    return memory;
  }

  void list(int64_t lo, int64_t hi) {
    const int64_t taps = per_chunk(depth);
    terms().clear();
    for (int64_t kh = lo; kh < hi; kh++) {
      for (int64_t kw = 0; kw < g.kw; kw++) {
        const int64_t tap = kh * g.kw + kw;
        const int64_t a = (kh - lo) * g.dilation_h * line + kw * g.dilation_w * g.c;
        for (int64_t i = 0; i < depth; i += CHUNK) {
          const int64_t length = depth - i < CHUNK ? depth - i : CHUNK;
          const int64_t chunk = depth > CHUNK ? tap * depth + i : tap / taps;
          terms().add(chunk, a + i, (tap * depth + i) * g.o, length, 1, g.o);
        }
      }
    }
    known_lo = lo;
    known_hi = hi;
  }

  const float* x;
  const Geometry& g;
  int64_t group, depth, outputs;
  bool relu;
  const float* weights;
  const float* bias;
  int64_t behind, line;
  const float* image = nullptr;
  int64_t known_image = -1;
  int64_t known_lo = -1;
  int64_t known_hi = -1;
};

void conv2d(const Header* call) {
  struct Arguments {
    const float* x;
    const float* w;
    const float* bias;
    float* y;
    Geometry g;
    int64_t from;  // output rows, of all images
    int64_t to;
    Activation f;
  };
  auto [x, w, bias, y, g, from, to, f] = arguments<Arguments>(call);
  if (sees_one_pixel(g)) {
    x += from * g.w * g.c;
    y += from * g.w * g.o;
    g = one_row(g, to - from);
    from = 0;
    to = 1;
  }
  for (int64_t group = 0; group < g.groups; group++) {
    Rows rows(x, w, bias, f.is_relu(), g, group);
    const int64_t line = g.out_w * g.o;
    for (int64_t row = from; row < to; row++) {
      rows.row(row, g.out_w, y + row * line + group * (g.o / g.groups));
      if (group == g.groups - 1 && !f.is_relu()) f.over(y + row * line, line);
    }
  }
}

// The rows under a window of the pool are pooled while they are in the first cache; pixels that no window sees are not computed.
void conv2d_pool(const Header* call) {
  struct Arguments {
    const float* x;
    const float* w;
    const float* bias;
    float* y;
    int32_t* index;
    Geometry g;
    Pool pool;
    int64_t relu;
    int64_t from;  // rows of the pool, of all images
    int64_t to;
  };
  const auto& [x, w, bias, y, index, g, pool, relu, from, to] = arguments<Arguments>(call);
  static thread_local Buffer buffer;
  const int64_t line = g.out_w * g.o;
  const int64_t columns = (pool.out_w - 1) * pool.stride_w + pool.kernel_w;
  float* lines = buffer.floats(pool.kernel_h * line);
  Rows rows(x, w, bias, relu, g, 0);
  for (int64_t r = from; r < to; r++) {
    const int64_t image = r / pool.out_h * g.out_h;
    const int64_t top = r % pool.out_h * pool.stride_h;
    for (int64_t k = 0; k < pool.kernel_h; k++) rows.row(image + top + k, columns, lines + k * line);
    const int64_t at = r * pool.out_w * g.o;
    pool_row(pool, lines, top, r % pool.out_h, y + at, index + at);
  }
}

}  // namespace ISA
