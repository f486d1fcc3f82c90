// What the three convolutions share: the geometry of a window that slides over images [n, h, w, c], chunks, padded lines.
#pragma once
#include <cstring>

#include "buffer.h"
#include "call.h"
#include "tile.h"

namespace ISA {

// Extents, in the order in which Java writes them.
struct Geometry {
  int64_t stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups;
  int64_t n, h, w, c;       // of the images
  int64_t kh, kw;           // of the kernel
  int64_t out_h, out_w, o;  // of what comes out
};

// Taps along one axis that take part for the pixels first, first + stride, …: tap k reads the output `index` + shift[k].
struct Class {
  int64_t first;
  int64_t stride;
  int64_t pad;
  int64_t dilation;

  bool sees(int64_t k) const { return (first + pad - k * dilation) % stride == 0; }
  int64_t shift(int64_t k) const { return (first + pad - k * dilation) / stride; }
};

// A window of one pixel sees no neighbours: so many rows of all images are one long row.
static inline bool sees_one_pixel(const Geometry& g) {
  return g.kh == 1 && g.kw == 1 && g.stride_h == 1 && g.stride_w == 1 && g.pad_h == 0 && g.pad_w == 0;
}

static inline Geometry one_row(Geometry g, int64_t rows) {
  g.w = g.out_w = rows * g.w;
  g.n = g.h = g.out_h = 1;
  return g;
}

// Whole taps (or output rows) of so many terms that make up a chunk.
static inline int64_t per_chunk(int64_t terms) { return terms >= CHUNK || terms < 1 ? 1 : CHUNK / terms; }

// The terms of a product: runs, and where each chunk of them ends.
class Terms {
 public:
  Terms() { grow(); }
  Terms(const Terms&) = delete;
  ~Terms() {
    free(list);
    free(ends);
  }

  void clear() { runs = chunks = 0; }

  bool empty() const { return runs == 0; }

  // Appends `length` terms of chunk `chunk`, numbers that never fall; what continues the last run becomes part of it.
  void add(int64_t chunk, int64_t a, int64_t b, int64_t length, int64_t a_step, int64_t b_step) {
    if (length == 0) return;
    const bool fresh = chunks == 0 || chunk != number;
    if (!fresh) {
      Run& last = run(runs - 1);
      if (last.a + last.length * a_step == a && last.b + last.length * b_step == b) {
        last.length += length;
        return;
      }
    }
    grow();
    run(runs++) = {a, b, length};
    if (fresh) chunks++;
    number = chunk;
    ends[chunks - 1] = runs;
  }

  // Out = all chunks, one after the other; no terms: +0.
  void multiply(Left left, Right right, Out out, int64_t rows, int64_t columns) {
    int64_t first = 0;
    int64_t chunk = 0;
    do {
      const int64_t end = chunks == 0 ? 0 : ends[chunk];
      const Out now = chunk + 1 < chunks ? out.unfinished() : out;
      product(&run(0) + first, int(end - first), left, right, now, rows, columns);
      out.add = true;
      first = end;
    } while (++chunk < chunks);
  }

 private:
  Run& run(int64_t i) { return list[i]; }

  void grow() {
    if (runs < capacity) return;
    capacity = 2 * capacity + 64;
    list = static_cast<Run*>(realloc(list, capacity * sizeof(Run)));
    ends = static_cast<int64_t*>(realloc(ends, capacity * sizeof(int64_t)));
    if (list == nullptr || ends == nullptr) abort();
  }

  Run* list = nullptr;
  int64_t* ends = nullptr;
  int64_t capacity = 0;
  int64_t runs = 0;
  int64_t chunks = 0;
  int64_t number = 0;  // of the last chunk
};

// Lines of `width` floats with `left` zeros before and `right` zeros behind each; where neither is asked for, the lines themselves.
static inline const float* padded(Buffer& buffer, const float* lines, int64_t count, int64_t width, int64_t left, int64_t right) {
  if (left == 0 && right == 0) return lines;
  const int64_t step = left + width + right;
  float* to = buffer.floats(count * step);
  for (int64_t i = 0; i < count; i++, to += step, lines += width) {
    memset(to, 0, 4 * left);
    memcpy(to + left, lines, 4 * width);
    memset(to + left + width, 0, 4 * right);
  }
  return to - count * step;
}

}  // namespace ISA
