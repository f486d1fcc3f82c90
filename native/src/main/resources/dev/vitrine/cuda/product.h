// A matrix product whose operands may be anything that can be read by row, term and column: matrices, transposed ones, images under a
// kernel. One loop for all products of the backend.
//
// Terms come in runs of `depth` neighbours (a tap's channels, a row of pixels), several of which make a chunk (NUMERICS.md, part 3). What
// the chunks before have added up to waits in y itself: registers are for the chains. While a slice of terms is multiplied from shared
// memory, the next one is on its way from global memory to registers.
//
// Where y has too few tiles for the device, each chunk is a block of its own, and its sum waits for sum_chunks (sums.cu) in a place of its own.
#pragma once
#include "common.h"

constexpr int SLICE = 16;  // terms that are in shared memory at a time

// A block makes R × C elements of y, a thread a grid of 4 × 4 squares of them, so that a warp reads shared memory in whole lines.
template <int R, int C, int OWN_R, int OWN_C>
struct Tile {
  static constexpr int ROWS = R, COLUMNS = C;
  static constexpr int ROW_SQUARES = OWN_R / 4, COLUMN_SQUARES = OWN_C / 4;  // of a thread
  static constexpr int DOWN = R / OWN_R, ACROSS = C / OWN_C;                 // threads
  static constexpr int THREADS = DOWN * ACROSS;

  // The first row or column of a thread's square.
  static int row(int square) { return square * (DOWN * 4) + int(threadIdx.x) / ACROSS * 4; }
  static int column(int square) { return square * (ACROSS * 4) + int(threadIdx.x) % ACROSS * 4; }
};

typedef Tile<128, 128, 8, 8> Large;
typedef Tile<64, 64, 4, 4> Medium;
typedef Tile<32, 32, 4, 4> Small;

// A place for the sum of each chunk of each element of y; null where y takes them up itself.
struct Chunks {
  float* sums;
  Int count, elements;  // 1 chunk where there are no places: all of k
};

// Terms from `first` on that lie in one slice and in one chunk.
struct Terms {
  int first, count, run, term;  // run and term of the first one

  // Where a chunk begins.
  static int chunk_start(int chunk, int depth) {
    if (depth < CHUNK) return chunk * (CHUNK / depth * depth);
    const int of_run = (depth + CHUNK - 1) / CHUNK;
    return chunk / of_run * depth + chunk % of_run * CHUNK;
  }

  // Where the chunk ends that term q of a product is in.
  static int chunk_end(int q, int depth) {
    if (depth < CHUNK) {
      const int chunk = CHUNK / depth * depth;
      return (q / chunk + 1) * chunk;
    }
    const int run = q / depth * depth, end = run + ((q - run) / CHUNK + 1) * CHUNK;
    return end < run + depth ? end : run + depth;
  }

  static Terms from(int q, int terms, int depth) {
    if (q >= terms) return {q, 0, 0, 0};
    const int end = chunk_end(q, depth), last = end < terms ? end : terms;
    return {q, last - q < SLICE ? last - q : SLICE, q / depth, q % depth};
  }
};

// P: rows(), columns(), terms(), depth(); Row row(i), what stays of row i while terms pass by; bool skips(), if some rows leave some runs out,
// and bool takes_part(row, run); float left(row, run, term) and bool LEFT_BY_ROWS, if neighbouring rows are neighbours in memory;
// float right(q, run, term, column), q = run·depth + term, and bool RIGHT_BY_TERMS; float* y and Int at(i, column) in it, and in its
// bias, float finish(sum, column).
template <class T, class P>
struct Product {
  static constexpr int LEFT = SLICE * T::ROWS / T::THREADS, RIGHT = SLICE * T::COLUMNS / T::THREADS;  // elements that a thread fetches

  struct Shared {
    alignas(16) float left[2][SLICE][T::ROWS + 4];
    alignas(16) float right[2][SLICE][T::COLUMNS + 4];
    alignas(16) char part[2][SLICE][T::ROWS];
  };

  const P& p;
  Shared& s;
  float* const y;
  const int first_row, first_column;
  float left[LEFT], right[RIGHT];  // on their way
  bool part[LEFT];
  float4 chain[T::ROW_SQUARES * 4][T::COLUMN_SQUARES];
  unsigned begun = 0, touched = 0, pending = 0;  // rows with something in y, in the chain, in the chain of a chunk that has ended

  Product(const P& p, Shared& s, float* y, int first_row, int first_column)
      : p(p), s(s), y(y), first_row(first_row), first_column(first_column) {
    for (auto& row : chain) {
      for (auto& square : row) square = make_float4(0, 0, 0, 0);
    }
  }

  // Which element of the slice a thread's i-th one is: neighbours in memory to neighbouring threads.
  static int term_of(int i, int extent, bool by_terms) {
    const int l = threadIdx.x + i * T::THREADS;
    return by_terms ? l % SLICE : l / extent;
  }
  static int place_of(int i, int extent, bool by_terms) {
    const int l = threadIdx.x + i * T::THREADS;
    return by_terms ? l / SLICE : l % extent;
  }

  void fetch(const Terms& now) {
    const int depth = p.depth();
    for (int i = 0; i < LEFT; i++) {
      const int k = term_of(i, T::ROWS, !P::LEFT_BY_ROWS), row = first_row + place_of(i, T::ROWS, !P::LEFT_BY_ROWS);
      const int term = now.term + k, run = now.run + term / depth;
      const bool inside = k < now.count && row < p.rows();
      const auto r = p.row(row);
      left[i] = inside ? p.left(r, run, term % depth) : 0.0f;
      part[i] = inside && (!p.skips() || p.takes_part(r, run));
    }
    for (int i = 0; i < RIGHT; i++) {
      const int k = term_of(i, T::COLUMNS, P::RIGHT_BY_TERMS), column = first_column + place_of(i, T::COLUMNS, P::RIGHT_BY_TERMS);
      const int term = now.term + k;
      right[i] = k < now.count && column < p.columns() ? p.right(now.first + k, now.run + term / depth, term % depth, column) : 0.0f;
    }
  }

  void put(int buffer) {
    for (int i = 0; i < LEFT; i++) {
      const int k = term_of(i, T::ROWS, !P::LEFT_BY_ROWS), row = place_of(i, T::ROWS, !P::LEFT_BY_ROWS);
      s.left[buffer][k][row] = left[i];
      if (p.skips()) s.part[buffer][k][row] = part[i];
    }
    for (int i = 0; i < RIGHT; i++) {
      s.right[buffer][term_of(i, T::COLUMNS, P::RIGHT_BY_TERMS)][place_of(i, T::COLUMNS, P::RIGHT_BY_TERMS)] = right[i];
    }
  }

  void multiply(int buffer, int k) {
    float4 b[T::COLUMN_SQUARES];
    load(buffer, k, b);
    for (int i = 0; i < T::ROW_SQUARES; i++) multiply_square(buffer, k, i, b);
  }

  void load(int buffer, int k, float4 (&b)[T::COLUMN_SQUARES]) {
    for (int j = 0; j < T::COLUMN_SQUARES; j++) b[j] = *reinterpret_cast<const float4*>(&s.right[buffer][k][T::column(j)]);
  }

  void multiply_square(int buffer, int k, int i, const float4 (&b)[T::COLUMN_SQUARES]) {
    const float4 a = *reinterpret_cast<const float4*>(&s.left[buffer][k][T::row(i)]);
    multiply(i * 4, a.x, b);
    multiply(i * 4 + 1, a.y, b);
    multiply(i * 4 + 2, a.z, b);
    multiply(i * 4 + 3, a.w, b);
  }

  void multiply(int i, float a, const float4 (&b)[T::COLUMN_SQUARES]) {
    for (int j = 0; j < T::COLUMN_SQUARES; j++) {
      chain[i][j].x = math::fma(a, b[j].x, chain[i][j].x);
      chain[i][j].y = math::fma(a, b[j].y, chain[i][j].y);
      chain[i][j].z = math::fma(a, b[j].z, chain[i][j].z);
      chain[i][j].w = math::fma(a, b[j].w, chain[i][j].w);
    }
  }

  // The same where rows may leave terms out: not even 0·b is added then. Neighbours mostly do as one.
  void multiply_those_that_take_part(int buffer, int k) {
    float4 b[T::COLUMN_SQUARES];
    load(buffer, k, b);
    for (int i = 0; i < T::ROW_SQUARES; i++) {
      const unsigned all = 15u << i * 4;
      const int part = *reinterpret_cast<const int*>(&s.part[buffer][k][T::row(i)]);
      if (part == 0x01010101 && (pending & all) == 0) {
        touched |= all;
        multiply_square(buffer, k, i, b);
        continue;
      }
      for (int r = 0; r < 4; r++) {
        if ((part >> r * 8 & 1) == 0) continue;
        if (pending >> (i * 4 + r) & 1) cut(i * 4 + r);
        touched |= 1u << (i * 4 + r);
        multiply(i * 4 + r, s.left[buffer][k][T::row(i) + r], b);
      }
    }
  }

  template <class F>
  void each(int i, F f) {
    const int row = first_row + T::row(i / 4) + i % 4;
    if (row >= p.rows()) return;
    for (int j = 0; j < T::COLUMN_SQUARES; j++) {
      const int column = first_column + T::column(j);
      if (column < p.columns()) f(y + p.at(row, column), column, chain[i][j].x);
      if (column + 1 < p.columns()) f(y + p.at(row, column + 1), column + 1, chain[i][j].y);
      if (column + 2 < p.columns()) f(y + p.at(row, column + 2), column + 2, chain[i][j].z);
      if (column + 3 < p.columns()) f(y + p.at(row, column + 3), column + 3, chain[i][j].w);
    }
  }

  // The chunk's sum joins those before it.
  void cut(int i) {
    const bool first = !(begun >> i & 1);
    each(i, [=](float* y, int, float& chain) {
      *y = first ? chain : *y + chain;
      chain = 0;
    });
    begun |= 1u << i;
    pending &= ~(1u << i);
    touched &= ~(1u << i);
  }

  // Adds up the terms [from, end).
  void add(int from, int end) {
    const int depth = p.depth() > 0 ? p.depth() : 1;
    const bool skips = p.skips();
    Terms now = Terms::from(from, end, depth);
    if (now.count > 0) fetch(now);
    for (int buffer = 0; now.count > 0; buffer ^= 1) {
      put(buffer);
      __syncthreads();
      const Terms next = Terms::from(now.first + now.count, end, depth);
      if (next.count > 0) fetch(next);
      if (skips) {
        for (int k = 0; k < now.count; k++) multiply_those_that_take_part(buffer, k);
      } else if (now.count == SLICE) {
#pragma unroll
        for (int k = 0; k < SLICE; k++) multiply(buffer, k);
      } else {
        for (int k = 0; k < now.count; k++) multiply(buffer, k);
      }
      if (next.count > 0 && Terms::chunk_end(now.first, depth) == next.first) {
        for (int i = 0; i < T::ROW_SQUARES * 4; i++) {
          if (!skips) cut(i);
        }
        pending |= touched;
      }
      now = next;
    }
  }

  // All chunks have been added up.
  void finish() {
    for (int i = 0; i < T::ROW_SQUARES * 4; i++) {
      const bool first = !(begun >> i & 1);
      each(i, [=](float* y, int column, float& chain) { *y = p.finish(first ? chain : *y + chain, column); });
    }
  }

  // One chunk has.
  void keep() {
    for (int i = 0; i < T::ROW_SQUARES * 4; i++) {
      const bool nothing = p.skips() && !(touched >> i & 1);
      each(i, [=](float* y, int, float& chain) { *y = nothing ? math::real(NOTHING) : chain; });
    }
  }
};

// The block's tiles of so many products P(a, i), whole or by chunks: blockIdx.z deals both out.
template <class T, class P, class A>
static inline void products(const A& a, const Chunks& chunks, Int count) {
  __shared__ typename Product<T, P>::Shared shared;
  for (Int z = blockIdx.z; z < count * chunks.count; z += gridDim.z) {
    const P p(a, int(z / chunks.count));
    const bool whole = chunks.sums == nullptr;
    const int chunk = int(z % chunks.count), from = whole ? 0 : Terms::chunk_start(chunk, p.depth());
    const int behind = whole ? p.terms() : Terms::chunk_end(from, p.depth()), end = behind < p.terms() ? behind : p.terms();
    float* y = whole ? p.y : chunks.sums + chunk * chunks.elements;
    Product<T, P> product(p, shared, y, blockIdx.x * T::ROWS, blockIdx.y * T::COLUMNS);
    product.add(from, end);
    whole ? product.finish() : product.keep();
    __syncthreads();  // before the next one's operands take the place of these
  }
}
