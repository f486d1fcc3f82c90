// dw[kh, kw, i, o] = Σ_{n, oh, ow} x[n, oh·s + kh·d − p, ow·s + kw·d − p, i]·dy[n, oh, ow, o]: a chunk of output rows after the other,
// each a run of terms. The rows of the product are the neighbours (kw, i) in a line of x.
#include "gradient.h"
#include "kernels.h"
#include "sparse_weights.h"

namespace ISA {

// The first output row of an image that is inside it for kernel row kh; none: -1.
static inline int64_t first_inside(const Geometry& g, int64_t kh) {
  const int64_t down = kh * g.dilation_h - g.pad_h;
  const int64_t row = down < 0 ? (-down + g.stride_h - 1) / g.stride_h : 0;
  return g.n > 0 && g.out_w > 0 && row < g.out_h && row * g.stride_h + down < g.h ? row : -1;
}

// With all terms; outputs are those of each group.
static void all_terms(const float* x, const Gradient& dy, const Geometry& g, const Part& part, float* dw) {
  static thread_local Buffer buffer;
  static thread_local Buffer gradient;
  static thread_local Terms terms;
  const int64_t depth = g.c / g.groups;
  const int64_t outputs = g.o / g.groups;
  const bool neighbours = g.dilation_w == 1 && g.groups == 1;
  const int64_t span = neighbours ? g.kw * depth : depth;  // rows of dw that are neighbours in x
  const int64_t reach = (g.out_w - 1) * g.stride_w + (g.kw - 1) * g.dilation_w + 1 - g.pad_w;
  const int64_t behind = reach > g.w ? reach - g.w : 0;
  const int64_t line = (g.pad_w + g.w + behind) * g.c;
  const int64_t step = g.stride_w * g.c;
  const int64_t rows = g.n * g.out_h;
  const int64_t rows_per_chunk = per_chunk(g.out_w);

  // One channel under three columns gives three rows of dw that are neighbours, too few for a tile: those of all kernel rows together.
  const bool few = neighbours && span == 3 && g.pad_h == 0 && part.rows() == g.kh * span;

  for (int64_t r = 0; r == 0 || r < rows; r += rows_per_chunk) {
    const int64_t end = r + rows_per_chunk < rows ? r + rows_per_chunk : rows;
    // From the first to the last line of x that this chunk can see.
    const int64_t low = r / g.out_h * g.h;
    const int64_t high = end == 0 ? 0 : ((end - 1) / g.out_h + 1) * g.h;
    const float* seen = padded(buffer, x + low * g.w * g.c, high - low, g.w * g.c, g.pad_w * g.c, behind * g.c);
    const float* shares = dy.lines(gradient, r, end - r, g.out_h, g.out_w, g.o, 0, 0);
    for (int64_t q = 0; q == 0 || q < g.out_w; q += CHUNK) {
      const int64_t points = g.out_w - q < CHUNK ? g.out_w - q : CHUNK;
      for (int64_t row = part.from, count; row < part.to; row += count) {
        const int64_t kh = row / (g.kw * depth);
        const int64_t kw = neighbours ? 0 : row / depth % g.kw;
        const int64_t first = row % span;
        const int64_t rest = few ? part.to - row : span - first;
        count = rest < part.to - row ? rest : part.to - row;
        const int64_t start = first_inside(g, kh);
        terms.clear();
        for (int64_t s = r; s < end && start >= 0; s++) {
          const int64_t ih = s % g.out_h * g.stride_h + kh * g.dilation_h - g.pad_h;
          if (ih < 0 || ih >= g.h) continue;
          const int64_t a = (s / g.out_h * g.h + ih - low) * line + (q * g.stride_w + kw * g.dilation_w) * g.c;
          terms.add(0, a, ((s - r) * g.out_w + q) * g.o, points, step, g.o);
        }
        // The first chunk with any terms is stored, later ones are added; without any, the very first stores +0.
        const bool add = start >= 0 && (r > start || q > 0);
        if (terms.empty() && (start >= 0 || r > 0 || q > 0)) continue;
        for (int64_t group = 0; group < g.groups; group++) {
          const Left left = {seen + group * depth + first, step, true, few ? g.dilation_h * line : 3};
          const int64_t o = group * outputs + part.first;
          const Out out = {dw + row * g.o + o, g.o, add};
          terms.multiply(left, {shares + o, g.o}, out, count, part.outputs());
        }
      }
    }
  }
}

void conv2d_weights(const Header* call) {
  struct Arguments {
    const float* x;
    float* dw;
    Geometry g;
    Part part;  // outputs are those of each group
    Gradient dy;
  };
  const auto& [x, dw, g, part, dy] = arguments<Arguments>(call);
  static thread_local SparseWeights sparse;
  if (SparseWeights::pays(dy, g, part) && sparse.run(x, dy, g, part, dw)) return;
  all_terms(x, dy, g, part, dw);
}

// V vectors of channels from i on: chunks of 512 pixels, as the sum over columns has them.
template <int V>
static void sum_pixels(const Gradient& dy, int64_t n, int64_t h, int64_t w, int64_t c, int64_t i, Mask last, float* db) {
  Vec total[V];
  Vec chain[V];
  for (int v = 0; v < V; v++) total[v] = chain[v] = zero();
  int64_t terms = 0;
  for (int64_t r = 0; r < n * h; r++) {
    for (int64_t q = 0; q < w;) {
      const int64_t end = w - q < CHUNK - terms ? w : q + CHUNK - terms;
      dy.add<V>(r / h, r % h, q, end, w, c, i, last, chain);
      terms += end - q;
      q = end;
      if (terms < CHUNK) continue;
      for (int v = 0; v < V; v++) {
        total[v] = total[v] + chain[v];
        chain[v] = zero();
      }
      terms = 0;
    }
  }
  for (int v = 0; v < V; v++) store(db + i + v * W, total[v] + chain[v], v == V - 1 ? last : lanes(W));
}

// db[o] = Σ_{n, oh, ow} dy[n, oh, ow, o] behind a pool.
void conv2d_pool_bias(const Header* call) {
  struct Arguments {
    float* db;
    int64_t n, h, w, o;
    int64_t from;  // channels
    int64_t to;
    Gradient dy;
  };
  const auto& [db, n, h, w, o, from, to, dy] = arguments<Arguments>(call);
  int64_t i = from;
  for (; to - i > 3 * W; i += 4 * W) sum_pixels<4>(dy, n, h, w, o, i, lanes(to - i - 3 * W), db);
  for (; to - i > W; i += 2 * W) sum_pixels<2>(dy, n, h, w, o, i, lanes(to - i - W), db);
  if (i < to) sum_pixels<1>(dy, n, h, w, o, i, lanes(to - i), db);
}

}  // namespace ISA
