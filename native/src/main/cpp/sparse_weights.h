// dw of a convolution behind which a max pool stands (sparse.h). Pixels are sorted by the channels of dy that have a share in them; then a
// channel's weights, which are chains in registers, take x under the kernel at one pixel after the other. This goes on by bands of rows,
// so that x stays in the first-level cache while all channels pass over it.
#pragma once
#include "sparse.h"
#include "transpose.h"

namespace ISA {

// A share of a channel of dy, and where x is under its pixel's kernel.
struct Share {
  int32_t place;
  float share;
};

// Chains of R lines of x, each V vectors wide of which the last has some lanes only: chain += share·x at each place.
template <int R, int V>
static void take(const Share* terms, const Share* end, const float* x, int64_t line, Mask last, float* sums) {
  Vec chain[R][V];
#pragma GCC unroll 4
  for (int r = 0; r < R; r++)
#pragma GCC unroll 8
    for (int v = 0; v < V; v++) chain[r][v] = load(sums + (r * V + v) * W);
  for (; terms < end; terms++) {
    const float* from = x + terms->place;
    const Vec share = all(terms->share);
#pragma GCC unroll 4
    for (int r = 0; r < R; r++)
#pragma GCC unroll 8
      for (int v = 0; v < V; v++) {
        const float* at = from + r * line + v * W;
        chain[r][v] = fma(share, v == V - 1 ? load(at, last) : load(at), chain[r][v]);
      }
  }
#pragma GCC unroll 4
  for (int r = 0; r < R; r++)
#pragma GCC unroll 8
    for (int v = 0; v < V; v++) store(sums + (r * V + v) * W, chain[r][v]);
}

using Take = void (*)(const Share*, const Share*, const float*, int64_t, Mask, float*);

constexpr int MOST_LINES = 3;
constexpr int MOST_WIDE = 8;  // vectors of a line

static inline Take take_of(int lines, int vectors) {
#define OF(R, V) take<R, (R * V <= MOST_CHAINS ? V : 1)>
#define LINES(R) {OF(R, 1), OF(R, 2), OF(R, 3), OF(R, 4), OF(R, 5), OF(R, 6), OF(R, 7), OF(R, 8)}
  static constexpr Take table[MOST_LINES][MOST_WIDE] = {LINES(1), LINES(2), LINES(3)};
#undef LINES
#undef OF
  return table[lines - 1][vectors - 1];
}

// A part of dw: rows (kh, kw, i), outputs.
struct Part {
  int64_t from, to;
  int64_t first, last;

  int64_t rows() const { return to - from; }
  int64_t outputs() const { return last - first; }
};

class SparseWeights {
 public:
  // Fewer operations this way for a part of dw, counted in cycles as they were measured?
  static bool pays(const Gradient& dy, const Geometry& g, const Part& part) {
    if (dy.index == nullptr || g.groups != 1 || g.dilation_w != 1 || g.out_w > CHUNK || g.c == 0 || covered(dy, g) == 0) return false;
    const double vectors = double((part.outputs() + W - 1) / W);
    const double all = double(g.n * g.out_h * g.out_w) * double(part.rows()) * vectors;
    const double pixels = covered(dy, g);
    const double shares = pixels / double(dy.kernel_h * dy.kernel_w) * double(part.outputs());
    const double cells = double((part.rows() + W - 1) / W);
    return shares * (0.6 * (cells < 7 ? 7 : cells) + 4) + pixels * 6 * vectors < 0.7 * all;
  }

  // False: x or dy is not finite, or some chain ended as −0.
  bool run(const float* x, const Gradient& dy, const Geometry& geometry, const Part& of_dw, float* dw) {
    g = geometry;
    part = of_dw;
    outputs = part.outputs();
    if (!finite(dy.dy, g.n * dy.out_h * dy.out_w * g.o)) return false;
    cut(part.from, part.to);
    const int64_t per = per_chunk(g.out_w);
    const int64_t rows = g.n * g.out_h;
    for (int64_t r = 0, end; r < rows; r = end) {
      // To the end of the chunk, of the image or of the band.
      const int64_t image = r / g.out_h * g.out_h;
      end = (r / per + 1) * per < rows ? (r / per + 1) * per : rows;
      if (end > image + g.out_h) end = image + g.out_h;
      if (end > r + band) end = r + band;
      if (!add(x, dy, r / g.out_h, r - image, end - image)) return false;
      if ((end % per == 0 || end == rows) && !finish_chunk()) return false;
    }
    for (int64_t p = 0; p < count; p++) {
      const Lines& t = parts[p];
      for (int64_t l = 0; l < t.lines; l++) {
        const int64_t row = (t.kh + l) * g.kw * g.c + t.first;
        transpose(totals + t.at + l * t.vectors * W, width, outputs, t.floats, dw + row * g.o + part.first, g.o);
      }
    }
    return true;
  }

 private:
  // Bytes of x that stay in the first-level cache.
  static constexpr int64_t CACHED = 24 << 10;

  // Rows of dw that are neighbours in a line of x, and the same in the lines behind it.
  struct Lines {
    int64_t kh, lines;
    int64_t first, floats, vectors;
    int64_t at;  // of its chains among those of a channel
  };

  // What the rows from … to − 1 of dw need.
  void cut(int64_t from, int64_t to) {
    const int64_t span = g.kw * g.c;
    const int64_t most = MOST_WIDE * W;
    const int64_t most_lines = g.pad_h == 0 ? MOST_LINES : 1;  // a line in the padding takes no part
    parts = reinterpret_cast<Lines*>(list.floats((g.kh * (span / most + 3)) * int64_t(sizeof(Lines) / 4)));
    count = width = 0;
    for (int64_t row = from; row < to;) {
      const int64_t first = row % span;
      int64_t floats = to - row < span - first ? to - row : span - first;
      if (floats > most) floats = most;
      const int64_t vectors = (floats + W - 1) / W;
      int64_t lines = 1;
      while (floats == span && lines < most_lines && row + (lines + 1) * span <= to && (lines + 1) * vectors <= MOST_CHAINS) lines++;
      parts[count++] = {row / span, lines, first, floats, vectors, width};
      width += lines * vectors * W;
      row += (lines - 1) * span + floats;
    }
    chains = memory.floats(2 * outputs * width);
    totals = chains + outputs * width;
    memset(chains, 0, 8 * outputs * width);

    const int64_t reach = (g.out_w - 1) * g.stride_w + g.kw - g.pad_w;
    behind = reach > g.w ? reach - g.w : 0;
    line = (g.pad_w + g.w + behind) * g.c;
    const int64_t lines = CACHED / (4 * line) - (g.kh - 1) * g.dilation_h;
    band = lines > g.stride_h ? lines / g.stride_h : 1;
    room = band * g.out_w;
    terms = reinterpret_cast<Share*>(sorted.floats(2 * outputs * room));
    ends = reinterpret_cast<Share**>(found.floats(2 * outputs + 2 * (outputs + W)));
    shares = found.floats(0) + 2 * outputs;
    channels = reinterpret_cast<int32_t*>(shares + outputs + W);
  }

  // The terms of image n's output rows r … end − 1.
  bool add(const float* x, const Gradient& dy, int64_t n, int64_t r, int64_t end) {
    int64_t low = r * g.stride_h - g.pad_h;
    int64_t high = (end - 1) * g.stride_h - g.pad_h + (g.kh - 1) * g.dilation_h + 1;
    low = low < 0 ? 0 : low;
    high = high > g.h ? g.h : high;
    if (low >= high) return true;
    const float* from = x + (n * g.h + low) * g.w * g.c;
    if (!finite(from, (high - low) * g.w * g.c)) return false;
    const float* seen = padded(lines, from, high - low, g.w * g.c, g.pad_w * g.c, behind * g.c);
    for (int64_t p = 0, next; p < count; p = next) {
      next = count;
      if (g.pad_h > 0) {  // each kernel row has pixels of its own
        next = p + 1;
        while (next < count && parts[next].kh == parts[p].kh) next++;
      }
      sort(dy, n, r, end, parts[p].kh, low);
      for (; p < next; p++) add(parts[p], seen);
    }
    return true;
  }

  // For each channel the places in x of the pixels where it has a share, for kernel row kh.
  void sort(const Gradient& dy, int64_t n, int64_t r, int64_t end, int64_t kh, int64_t low) {
    for (int64_t o = 0; o < outputs; o++) ends[o] = terms + o * room;
    for (int64_t row = r; row < end; row++) {
      const int64_t ih = row * g.stride_h - g.pad_h;
      if (ih + kh * g.dilation_h < 0 || ih + kh * g.dilation_h >= g.h) continue;
      for (int64_t q = 0; q < g.out_w; q++) {
        const int64_t some = dy.nonzero(n, row, q, g.out_w, g.o, part.first, part.last, channels, shares);
        const int32_t place = int32_t((ih - low) * line + q * g.stride_w * g.c);
        for (int64_t e = 0; e < some; e++) *ends[channels[e]]++ = {place, shares[e]};
      }
    }
  }

  void add(const Lines& t, const float* x) {
    const Take take = take_of(int(t.lines), int(t.vectors));
    const float* from = x + t.kh * g.dilation_h * line + t.first;
    const Mask last = first(int(t.floats - (t.vectors - 1) * W));
    for (int64_t o = 0; o < outputs; o++) {
      take(terms + o * room, ends[o], from, g.dilation_h * line, last, chains + o * width + t.at);
    }
  }

  // Total += chain, chain = 0. False: some chain ended as −0.
  bool finish_chunk() {
    if (negative_zero(chains, outputs * width)) return false;
    for (int64_t i = 0; i < outputs * width; i++) totals[i] += chains[i];
    memset(chains, 0, 4 * outputs * width);
    return true;
  }

  Geometry g;
  Part part;
  int64_t outputs;       // of the part
  Lines* parts;
  int64_t count;
  int64_t width;         // chains of a channel
  float* chains;         // [o][part, line, vector]
  float* totals;
  int64_t line, behind;  // of x, with the padding that the kernel sees; what is behind it
  int64_t band;          // output rows at a time
  int64_t room;          // pixels of a band
  Share* terms;          // [o][pixel]
  Share** ends;          // of each channel's
  float* shares;         // of a pixel
  int32_t* channels;
  Buffer memory;
  Buffer list;
  Buffer lines;
  Buffer sorted;
  Buffer found;
};

}  // namespace ISA
