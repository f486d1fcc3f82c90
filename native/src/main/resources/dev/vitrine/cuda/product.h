// A matrix product whose operands may be anything that can be read by row, term and column: matrices, transposed ones, images under a
// kernel. One loop for all products of the backend.
//
// The terms are runs of `depth` neighbours (a tap's channels, a row of pixels), several of which make a chunk (NUMERICS.md, part 3). Not
// every row of the product takes part in every run.
#pragma once
#include "common.h"

constexpr int TILE = 64;   // rows and columns of y that a block makes: 4 × 4 a thread
constexpr int SLICE = 16;  // terms that are in shared memory at a time
constexpr int THREADS = 256;

// What a thread knows of its four rows.
struct Chains {
  float total[4][4];
  float chain[4][4];
  Int chunk[4];  // in which it took part last; −1: in none

  void begin() {
    for (int i = 0; i < 4; i++) {
      chunk[i] = -1;
      for (int j = 0; j < 4; j++) {
        total[i][j] = -0.0f;
        chain[i][j] = 0;
      }
    }
  }

  void cut(int i) {
    for (int j = 0; j < 4; j++) {
      total[i][j] += chain[i][j];
      chain[i][j] = 0;
    }
  }
};

// P: rows(), columns(), runs(), depth(), takes_part(row, run), left(row, run, term), right(run, term, column), store(row, column, sum).
template <class P>
static inline void product(const P& p) {
  __shared__ float left[SLICE][TILE + 4];
  __shared__ float right[SLICE][TILE];
  const int t = threadIdx.x;
  const Int first_row = blockIdx.x * Int(TILE), first_column = blockIdx.y * Int(TILE);
  const int mine = t / 16 * 4, my_column = t % 16 * 4;
  const Int depth = p.depth();
  const Int runs_of_a_chunk = depth < CHUNK ? CHUNK / (depth > 0 ? depth : 1) : 1;
  Chains sums;
  sums.begin();
  for (Int run = 0; run < p.runs(); run++) {
    bool part[4];
    for (int i = 0; i < 4; i++) {
      const Int row = first_row + mine + i;
      part[i] = row < p.rows() && p.takes_part(row, run);
      if (!part[i]) continue;
      const Int chunk = run / runs_of_a_chunk;
      if (sums.chunk[i] >= 0 && sums.chunk[i] != chunk) sums.cut(i);
      sums.chunk[i] = chunk;
    }
    for (Int term = 0; term < depth; term += SLICE) {
      if (term % CHUNK == 0 && term > 0) {
        for (int i = 0; i < 4; i++) {
          if (part[i]) sums.cut(i);
        }
      }
      for (int l = t; l < SLICE * TILE; l += THREADS) {
        const int k = l % SLICE, r = l / SLICE;
        const Int row = first_row + r;
        left[k][r] = row < p.rows() && term + k < depth ? p.left(row, run, term + k) : 0.0f;
      }
      for (int l = t; l < SLICE * TILE; l += THREADS) {
        const int k = l / TILE, c = l % TILE;
        const Int column = first_column + c;
        right[k][c] = column < p.columns() && term + k < depth ? p.right(run, term + k, column) : 0.0f;
      }
      __syncthreads();
      const int terms = depth - term < SLICE ? int(depth - term) : SLICE;
      for (int k = 0; k < terms; k++) {
        for (int i = 0; i < 4; i++) {
          if (!part[i]) continue;
          const float a = left[k][mine + i];
          for (int j = 0; j < 4; j++) sums.chain[i][j] = math::fma(a, right[k][my_column + j], sums.chain[i][j]);
        }
      }
      __syncthreads();
    }
  }
  for (int i = 0; i < 4; i++) {
    for (int j = 0; j < 4; j++) {
      const Int row = first_row + mine + i, column = first_column + my_column + j;
      if (row < p.rows() && column < p.columns()) p.store(row, column, sums.total[i][j] + sums.chain[i][j]);
    }
  }
}
