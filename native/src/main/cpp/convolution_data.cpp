// dx[n, ih, iw, i] = Σ_{kh, kw, o} dy[n, oh, ow, o]·w[kh, kw, i, o] over the taps whose output (oh, ow) saw this pixel.
//
// With a stride, pixels fall into classes that are seen by different taps; within a class neighbours in dx have neighbours in dy.
#include "few_channels.h"
#include "gradient.h"
#include "kernels.h"
#include "sparse_data.h"
#include "transpose.h"

namespace ISA {

// Rows from … to of a class, counted through all images: its channels are lanes.
static void rows_of(const Gradient& dy, const float* panel, int64_t panel_step, float* dx, const Geometry& g, int64_t group, Class down,
                    Class across, int64_t from, int64_t to) {
  static thread_local Buffer buffer;
  static thread_local Terms terms;
  const int64_t depth = g.o / g.groups;
  const int64_t inputs = g.c / g.groups;
  const int64_t taps = per_chunk(depth);
  const int64_t height = (g.h - down.first + g.stride_h - 1) / g.stride_h;
  const int64_t width = (g.w - across.first + g.stride_w - 1) / g.stride_w;
  int64_t left = 0;
  int64_t right = 0;
  for (int64_t kw = 0; kw < g.kw; kw++) {
    if (!across.sees(kw)) continue;
    const int64_t shift = across.shift(kw);
    if (-shift > left) left = -shift;
    if (shift + width - g.out_w > right) right = shift + width - g.out_w;
  }
  const int64_t line = (left + g.out_w + right) * g.o;
  const float* image = nullptr;
  int64_t known_lo = -1;
  int64_t known_hi = -1;
  for (int64_t row = from; row < to; row++) {
    const int64_t n = row / height;
    const int64_t index = row % height;
    if (image == nullptr || index == 0) {
      image = dy.lines(buffer, n * g.out_h, g.out_h, g.out_h, g.out_w, g.o, left, right);
    }
    // The rows of the kernel that meet a line of dy: the first and one past the last. Rows with the same ones share a list.
    int64_t lo = 0;
    while (lo < g.kh && !(down.sees(lo) && index + down.shift(lo) >= 0 && index + down.shift(lo) < g.out_h)) lo++;
    int64_t hi = g.kh;
    while (hi > lo && !(down.sees(hi - 1) && index + down.shift(hi - 1) >= 0)) hi--;
    const int64_t first = lo < g.kh ? index + down.shift(lo) : 0;
    const bool known = lo == known_lo && hi == known_hi;
    known_lo = lo;
    known_hi = hi;
    if (!known) terms.clear();
    for (int64_t kh = lo; kh < hi && !known; kh++) {
      if (!down.sees(kh)) continue;
      const int64_t oh = index + down.shift(kh);
      for (int64_t kw = 0; kw < g.kw; kw++) {
        if (!across.sees(kw)) continue;
        const int64_t tap = kh * g.kw + kw;
        const int64_t a = (oh - first) * line + (left + across.shift(kw)) * g.o;
        for (int64_t i = 0; i < depth; i += CHUNK) {
          const int64_t length = depth - i < CHUNK ? depth - i : CHUNK;
          const int64_t chunk = depth > CHUNK ? tap * depth + i : tap / taps;
          terms.add(chunk, a + i, (tap * depth + i) * panel_step, length, 1, panel_step);
        }
      }
    }
    const int64_t ih = down.first + index * g.stride_h;
    float* c = dx + ((n * g.h + ih) * g.w + across.first) * g.c + group * inputs;
    const Out out = {c, g.stride_w * g.c};
    terms.multiply({image + first * line + group * depth, g.o, false}, {panel, panel_step}, out, width, inputs);
  }
}

// The same with pixels as lanes.
static void few_rows_of(const Gradient& dy, const float* w, float* dx, const Geometry& g, int64_t group, Class down, Class across,
                        int64_t from, int64_t to) {
  static thread_local Buffer buffer;
  static thread_local FewChannels few;
  const int64_t height = (g.h - down.first + g.stride_h - 1) / g.stride_h;
  const int64_t width = (g.w - across.first + g.stride_w - 1) / g.stride_w;
  few.prepare(g, down, across, width, w);
  for (int64_t row = from; row < to;) {
    const int64_t n = row / height;
    const int64_t index = row % height;
    const int64_t end = to - row < height - index ? index + to - row : height;
    const float* image = dy.lines(buffer, n * g.out_h, g.out_h, g.out_h, g.out_w, g.o, 0, 0);
    float* c = dx + ((n * g.h + down.first) * g.w + across.first) * g.c + group * (g.c / g.groups);
    few.rows(image + group * (g.o / g.groups), g.out_w * g.o, index, end, c);
    row += end - index;
  }
}

// With all terms, rows from … to − 1 of dx, counted through all images.
static void all_terms(const Gradient& dy, const float* w, const Geometry& g, int64_t from, int64_t to, float* dx) {
  static thread_local Buffer buffer;
  const int64_t depth = g.o / g.groups;
  const int64_t inputs = g.c / g.groups;
  const int64_t step = (inputs + W - 1) / W * W;
  const bool few = FewChannels::pay(g);
  for (int64_t group = 0; group < g.groups; group++) {
    // The weights with inputs and outputs exchanged: a row for each tap and output.
    float* panel = buffer.floats(g.kh * g.kw * depth * step);
    for (int64_t tap = 0; tap < g.kh * g.kw && !few; tap++) {
      transpose(w + tap * inputs * g.o + group * depth, g.o, inputs, depth, panel + tap * depth * step, step);
    }
    for (int64_t top = 0; top < g.stride_h && top < g.h; top++) {
      // Rows of this class before a row of dx.
      const auto before = [&](int64_t row) {
        const int64_t of_image = (g.h - top + g.stride_h - 1) / g.stride_h;
        return row / g.h * of_image + (row % g.h - top + g.stride_h - 1) / g.stride_h;
      };
      const int64_t first = before(from);
      const int64_t last = before(to);
      for (int64_t left = 0; left < g.stride_w && left < g.w; left++) {
        const Class down = {top, g.stride_h, g.pad_h, g.dilation_h};
        const Class across = {left, g.stride_w, g.pad_w, g.dilation_w};
        if (few) {
          few_rows_of(dy, w + group * depth, dx, g, group, down, across, first, last);
        } else if (sees_one_pixel(g) && dy.index == nullptr && first < last) {
          const int64_t start = first * g.w;
          const Gradient part = {dy.dy + start * g.o};
          rows_of(part, panel, step, dx + start * g.c, one_row(g, last - first), group, down, across, 0, 1);
        } else {
          rows_of(dy, panel, step, dx, g, group, down, across, first, last);
        }
      }
    }
  }
}

void conv2d_data(const Header* call) {
  struct Arguments {
    const float* w;
    float* dx;
    Geometry g;
    int64_t from;  // rows of dx, counted through all images
    int64_t to;
    Gradient dy;
  };
  const auto& [w, dx, g, from, to, dy] = arguments<Arguments>(call);
  static thread_local SparseData sparse;
  if (!SparseData::pays(dy, g) || !sparse.prepare(g, w)) return all_terms(dy, w, g, from, to, dx);
  for (int64_t row = from, end; row < to; row = end) {
    const int64_t start = row / g.h * g.h;
    end = to - start < g.h ? to : start + g.h;
    if (!sparse.rows(dy, row / g.h, row - start, end - start, dx)) all_terms(dy, w, g, row, end, dx);
  }
}

}  // namespace ISA
