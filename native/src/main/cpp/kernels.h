// All kernels, in the order of the Java enum Kernel. Each family has a file of this name and .cpp, which is compiled once for each
// instruction set; ISA is the namespace that it then fills.
#pragma once
#include "call.h"

#define KERNELS(KERNEL)                                                                     \
  /* elementwise */ KERNEL(fill) KERNEL(copy) KERNEL(map) KERNEL(zip) KERNEL(choose) KERNEL(broadcast) KERNEL(chain) \
  /* sums        */ KERNEL(sum_rows) KERNEL(sum_columns) KERNEL(product) KERNEL(product_of_others) KERNEL(cumulative_sum) \
  /* extrema     */ KERNEL(extremum)                                                        \
  /* softmax     */ KERNEL(softmax) KERNEL(log_softmax) KERNEL(log_sum_exp)                 \
  /* matmul      */ KERNEL(matmul)                                                          \
  /* convolution */ KERNEL(conv2d) KERNEL(conv2d_pool) KERNEL(conv2d_data) KERNEL(conv2d_weights) KERNEL(conv2d_pool_bias) \
  /* pools       */ KERNEL(max_pool) KERNEL(avg_pool) KERNEL(avg_pool_data)                 \
  /* images      */ KERNEL(interpolate) KERNEL(interpolate_data)                            \
  /* moves       */ KERNEL(gather) KERNEL(scatter) KERNEL(permute) KERNEL(slice) KERNEL(paste) \
  /* random      */ KERNEL(random)                                                          \
  /* optimisers  */ KERNEL(sgd) KERNEL(adam) KERNEL(rmsprop) KERNEL(adagrad)      \
  /* barrier     */ KERNEL(barrier)

#define DECLARE(name) void name(const Header* call);
namespace avx2 { KERNELS(DECLARE) }
namespace avx512 { KERNELS(DECLARE) }
#undef DECLARE
