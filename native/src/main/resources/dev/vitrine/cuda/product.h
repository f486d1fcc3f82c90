// A matrix product whose operands may be anything that can be read by row, term and column: matrices, transposed ones, images under a
// kernel. One loop for all products of the backend.
//
// Terms come in runs of `depth` neighbours (a tap's channels, a row of pixels), several of which make a chunk (NUMERICS.md, part 3). What
// the chunks before have added up to waits in y itself: registers are for the chains. While a slice of terms is multiplied from shared
// memory, the next one is on its way from global memory to registers.
//
// Where y has too few tiles for the device, each chunk is a block of its own, and its sum waits for sum_chunks (sums.cu) in a place of its own.
#pragma once
#include "slices.h"
#ifdef TF32
#include "tensor_cores.h"
template <class T>
using Sums = TensorCores<T>;
#else
#include "chains.h"
template <class T>
using Sums = Chains<T>;
#endif

// A place for the sum of each chunk of each element of y; null where y takes them up itself.
struct Chunks {
  float* sums;
  Int count, elements;  // 1 chunk where there are no places: all of k
};

// P: rows(), columns(), terms(), depth(); Row row(i), what stays of row i while terms pass by; bool skips(), if some rows leave some runs out,
// and bool takes_part(row, run); float left(row, run, term) and bool LEFT_BY_ROWS, if neighbouring rows are neighbours in memory;
// float right(q, run, term, column), q = run·depth + term, and bool RIGHT_BY_TERMS; float* y and Int at(i, column) in it, and in its
// bias, float finish(sum, column).
template <class T, class P>
struct Product {
  typedef Slices<T, P, Sums<T>> Operands;
  const P& p;
  float* const y;
  Operands operands;
  Sums<T> sums;
  const bool skips;
  unsigned begun = 0, touched = 0, pending = 0;  // rows with something in y, in the chain, in the chain of a chunk that has ended

  __device__ Product(const P& p, typename Operands::Shared& s, float* y, int first_row, int first_column)
      : p(p), y(y), operands(p, s, first_row, first_column), skips(Sums<T>::LEAVES_OUT && p.skips()) {}

  // Of terms that a row leaves out not even 0·b is added. Neighbours mostly do as one.
  __device__ void multiply_those_that_take_part(int buffer, int k) {
    const auto& s = operands.s;
    float4 b[T::COLUMN_SQUARES];
    sums.load(s, buffer, k, b);
    for (int i = 0; i < T::ROW_SQUARES; i++) {
      const unsigned all = 15u << i * 4;
      const int part = *reinterpret_cast<const int*>(&s.part[buffer][k][T::row(i)]);
      if (part == 0x01010101 && (pending & all) == 0) {
        touched |= all;
        sums.multiply_square(s, buffer, k, i, b);
        continue;
      }
      for (int r = 0; r < 4; r++) {
        if ((part >> r * 8 & 1) == 0) continue;
        if (pending >> (i * 4 + r) & 1) cut(i * 4 + r);
        touched |= 1u << (i * 4 + r);
        sums.multiply_row(i * 4 + r, s.left[buffer][k][T::row(i) + r], b);
      }
    }
  }

  template <class F>
  __device__ void each(int i, F f) {
    const int row = operands.first_row + Sums<T>::row(i), first_column = operands.first_column;
    if (row >= p.rows()) return;
    sums.each(i, [&](int in_tile, float& sum) {
      const int column = first_column + in_tile;
      if (column < p.columns()) f(y + p.at(row, column), column, sum);
    });
  }

  // The chunk's sum joins those before it.
  __device__ void cut(int i) {
    const bool first = !(begun >> i & 1);
    each(i, [=](float* y, int, float& chain) {
      *y = first ? chain : *y + chain;
      chain = 0;
    });
    begun |= 1u << i;
    pending &= ~(1u << i);
    touched &= ~(1u << i);
  }

  __device__ void leave_out(int buffer, int count) {
    if constexpr (Sums<T>::LEAVES_OUT) {
      for (int k = 0; k < count; k++) multiply_those_that_take_part(buffer, k);
    }
  }

  // Adds up the terms [from, end).
  __device__ void add(int from, int end) {
    const int depth = p.depth() > 0 ? p.depth() : 1;
    Terms now = Terms::from(from, end, depth);
    if (now.count > 0) operands.fetch(now, skips);
    for (int buffer = 0; now.count > 0; buffer ^= 1) {
      operands.put(buffer, skips);
      __syncthreads();
      const Terms next = Terms::from(now.first + now.count, end, depth);
      if (next.count > 0) operands.fetch(next, skips);
      if (skips) {
        leave_out(buffer, now.count);
      } else {
        sums.multiply(operands.s, buffer, now.count);
      }
      if (next.count > 0 && Terms::chunk_end(now.first, depth) == next.first) {
        for (int i = 0; i < Sums<T>::ROWS; i++) {
          if (!skips) cut(i);
        }
        pending |= touched;
      }
      now = next;
    }
  }

  // All chunks have been added up.
  __device__ void finish() {
    for (int i = 0; i < Sums<T>::ROWS; i++) {
      const bool first = !(begun >> i & 1);
      each(i, [=](float* y, int column, float& chain) { *y = p.finish(first ? chain : *y + chain, column); });
    }
  }

  // One chunk has.
  __device__ void keep() {
    for (int i = 0; i < Sums<T>::ROWS; i++) {
      const bool nothing = skips && !(touched >> i & 1);
      each(i, [=](float* y, int, float& chain) { *y = nothing ? math::real(NOTHING) : chain; });
    }
  }
};

// The block's tiles of so many products P(a, i), whole or by chunks: blockIdx.z deals both out.
template <class T, class P, class A>
__device__ static inline void products(const A& a, const Chunks& chunks, Int count) {
  __shared__ typename Product<T, P>::Operands::Shared shared;
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
