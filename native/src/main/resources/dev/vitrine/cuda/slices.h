// How tiles of a product's operands come into shared memory: a slice of terms at a time, the next one on its way meanwhile.
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
  __device__ static int row(int square) { return square * (DOWN * 4) + int(threadIdx.x) / ACROSS * 4; }
  __device__ static int column(int square) { return square * (ACROSS * 4) + int(threadIdx.x) % ACROSS * 4; }
};

typedef Tile<128, 128, 8, 8> Large;
typedef Tile<64, 64, 4, 4> Medium;
typedef Tile<32, 32, 4, 4> Small;

// Terms from `first` on that lie in one slice and in one chunk.
struct Terms {
  int first, count, run, term;  // run and term of the first one

  // Where a chunk begins.
  __device__ static int chunk_start(int chunk, int depth) {
    if (depth < CHUNK) return chunk * (CHUNK / depth * depth);
    const int of_run = (depth + CHUNK - 1) / CHUNK;
    return chunk / of_run * depth + chunk % of_run * CHUNK;
  }

  // Where the chunk ends that term q of a product is in.
  __device__ static int chunk_end(int q, int depth) {
    if (depth < CHUNK) {
      const int chunk = CHUNK / depth * depth;
      return (q / chunk + 1) * chunk;
    }
    const int run = q / depth * depth, end = run + ((q - run) / CHUNK + 1) * CHUNK;
    return end < run + depth ? end : run + depth;
  }

  __device__ static Terms from(int q, int terms, int depth) {
    if (q >= terms) return {q, 0, 0, 0};
    const int end = chunk_end(q, depth), last = end < terms ? end : terms;
    return {q, last - q < SLICE ? last - q : SLICE, q / depth, q % depth};
  }
};

// The slices of a block's tile. S: what multiplies them, float operand(float), what it takes of an operand, and PAD, by how much rows are
// longer in shared memory, so that a warp's reads meet different banks.
template <class T, class P, class S>
struct Slices {
  static constexpr int LEFT = SLICE * T::ROWS / T::THREADS, RIGHT = SLICE * T::COLUMNS / T::THREADS;  // elements that a thread fetches

  struct Shared {
    alignas(16) float left[2][SLICE][T::ROWS + S::PAD];
    alignas(16) float right[2][SLICE][T::COLUMNS + S::PAD];
    alignas(16) char part[2][SLICE][T::ROWS];
  };

  const P& p;
  Shared& s;
  const int first_row, first_column;
  float left[LEFT], right[RIGHT];  // on their way
  bool part[LEFT];

  __device__ Slices(const P& p, Shared& s, int first_row, int first_column) : p(p), s(s), first_row(first_row), first_column(first_column) {}

  // Which element of the slice a thread's i-th one is: neighbours in memory to neighbouring threads. Unsigned, so that quotients are shifts.
  __device__ static int term_of(int i, int extent, bool by_terms) {
    const unsigned l = threadIdx.x + i * T::THREADS;
    return by_terms ? l % SLICE : l / extent;
  }
  __device__ static int place_of(int i, int extent, bool by_terms) {
    const unsigned l = threadIdx.x + i * T::THREADS;
    return by_terms ? l / SLICE : l % extent;
  }

  __device__ void fetch(const Terms& now, bool skips) {
    const int depth = p.depth();
    for (int i = 0; i < LEFT; i++) {
      const int k = term_of(i, T::ROWS, !P::LEFT_BY_ROWS), row = first_row + place_of(i, T::ROWS, !P::LEFT_BY_ROWS);
      const int term = now.term + k, run = now.run + term / depth;
      const bool inside = k < now.count && row < p.rows();
      const auto r = p.row(row);
      left[i] = inside ? p.left(r, run, term % depth) : 0.0f;
      part[i] = inside && (!skips || p.takes_part(r, run));
    }
    for (int i = 0; i < RIGHT; i++) {
      const int k = term_of(i, T::COLUMNS, P::RIGHT_BY_TERMS), column = first_column + place_of(i, T::COLUMNS, P::RIGHT_BY_TERMS);
      const int term = now.term + k;
      right[i] = k < now.count && column < p.columns() ? p.right(now.first + k, now.run + term / depth, term % depth, column) : 0.0f;
    }
  }

  __device__ void put(int buffer, bool skips) {
    for (int i = 0; i < LEFT; i++) {
      const int k = term_of(i, T::ROWS, !P::LEFT_BY_ROWS), row = place_of(i, T::ROWS, !P::LEFT_BY_ROWS);
      s.left[buffer][k][row] = S::operand(left[i]);
      if (skips) s.part[buffer][k][row] = part[i];
    }
    for (int i = 0; i < RIGHT; i++) {
      s.right[buffer][term_of(i, T::COLUMNS, P::RIGHT_BY_TERMS)][place_of(i, T::COLUMNS, P::RIGHT_BY_TERMS)] = S::operand(right[i]);
    }
  }
};
