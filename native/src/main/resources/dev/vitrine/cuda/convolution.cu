// Convolutions and their gradients: products of which one operand is an image under the kernel. A group is blockIdx.z.
#include "product.h"
#include "windows.h"

struct Convolution {
  const float *first, *second, *bias;  // x and w, dy and w, or x and dy
  float* result;                       // y, dx, or dw
  Image x, y;
  Int kh, kw;
  Window g;

  Int depth() const { return x.c / g.groups; }    // channels of a group
  Int outputs() const { return y.c / g.groups; }  // of a group
  Int row_of(Int oh, Int kh) const { return oh * g.stride_h + kh * g.dilation_h - g.pad_h; }
  Int column_of(Int ow, Int kw) const { return ow * g.stride_w + kw * g.dilation_w - g.pad_w; }
  Int weight(Int tap, Int i, Int o) const { return (tap * depth() + i) * y.c + o; }
};

// Rows: pixels of y. Runs: taps. Terms: channels of the group.
struct Forward {
  const Convolution& p;
  Int group;

  Int rows() const { return p.y.n * p.y.h * p.y.w; }
  Int columns() const { return p.outputs(); }
  Int runs() const { return p.kh * p.kw; }
  Int depth() const { return p.depth(); }

  bool takes_part(Int pixel, Int tap) const { return inside(p.row_of(pixel / p.y.w % p.y.h, tap / p.kw), p.x.h); }

  float left(Int pixel, Int tap, Int i) const {
    const Int row = p.row_of(pixel / p.y.w % p.y.h, tap / p.kw), column = p.column_of(pixel % p.y.w, tap % p.kw);
    if (!inside(row, p.x.h) || !inside(column, p.x.w)) return 0;
    return p.first[p.x.at(pixel / p.y.w / p.y.h, row, column, group * p.depth() + i)];
  }

  float right(Int tap, Int i, Int o) const { return p.second[p.weight(tap, i, group * p.outputs() + o)]; }

  void store(Int pixel, Int o, float v) const {
    const Int output = group * p.outputs() + o;
    p.result[pixel * p.y.c + output] = p.bias == nullptr ? v : v + p.bias[output];
  }
};

extern "C" __global__ void __launch_bounds__(256) conv2d(Convolution p) { product(Forward{p, blockIdx.z}); }

// Rows: pixels of x. Runs: taps. Terms: outputs of the group.
struct Data {
  const Convolution& p;
  Int group;

  Int rows() const { return p.x.n * p.x.h * p.x.w; }
  Int columns() const { return p.depth(); }
  Int runs() const { return p.kh * p.kw; }
  Int depth() const { return p.outputs(); }
  Int top(Int pixel, Int tap) const { return pixel / p.x.w % p.x.h + p.g.pad_h - tap / p.kw * p.g.dilation_h; }
  Int left_of(Int pixel, Int tap) const { return pixel % p.x.w + p.g.pad_w - tap % p.kw * p.g.dilation_w; }

  bool takes_part(Int pixel, Int tap) const {
    const Int t = top(pixel, tap);
    return t % p.g.stride_h == 0 && t >= 0 && t / p.g.stride_h < p.y.h && left_of(pixel, tap) % p.g.stride_w == 0;
  }

  float left(Int pixel, Int tap, Int o) const {
    const Int l = left_of(pixel, tap);
    if (!takes_part(pixel, tap) || l < 0 || l / p.g.stride_w >= p.y.w) return 0;
    return p.first[p.y.at(pixel / p.x.w / p.x.h, top(pixel, tap) / p.g.stride_h, l / p.g.stride_w, group * p.outputs() + o)];
  }

  float right(Int tap, Int o, Int i) const { return p.second[p.weight(tap, i, group * p.outputs() + o)]; }
  void store(Int pixel, Int i, float v) const { p.result[pixel * p.x.c + group * p.depth() + i] = v; }
};

extern "C" __global__ void __launch_bounds__(256) conv2d_data(Convolution p) { product(Data{p, blockIdx.z}); }

// Rows: taps and channels of the group. Runs: rows of y, of all images. Terms: pixels of such a row.
struct Weights {
  const Convolution& p;
  Int group;

  Int rows() const { return p.kh * p.kw * p.depth(); }
  Int columns() const { return p.outputs(); }
  Int runs() const { return p.y.n * p.y.h; }
  Int depth() const { return p.y.w; }
  Int tap(Int row) const { return row / p.depth(); }
  bool takes_part(Int row, Int run) const { return inside(p.row_of(run % p.y.h, tap(row) / p.kw), p.x.h); }

  float left(Int row, Int run, Int ow) const {
    const Int ih = p.row_of(run % p.y.h, tap(row) / p.kw), iw = p.column_of(ow, tap(row) % p.kw);
    if (!inside(ih, p.x.h) || !inside(iw, p.x.w)) return 0;
    return p.first[p.x.at(run / p.y.h, ih, iw, group * p.depth() + row % p.depth())];
  }

  float right(Int run, Int ow, Int o) const { return p.second[(run * p.y.w + ow) * p.y.c + group * p.outputs() + o]; }
  void store(Int row, Int o, float v) const { p.result[row * p.y.c + group * p.outputs() + o] = v; }
};

extern "C" __global__ void __launch_bounds__(256) conv2d_weights(Convolution p) { product(Weights{p, blockIdx.z}); }
