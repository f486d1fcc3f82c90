// y = the largest element, or the mean, of each window. A thread for each element of what is computed.
#include "windows.h"

struct MaxPool {
  const float* x;
  float* y;
  int* index;
  Image in, out;
  Int kh, kw;
  Window g;
};

// The first of equals, the first NaN before all; −∞ at 0 where a window lies in the padding altogether.
extern "C" __global__ void max_pool(MaxPool a) {
  EACH(e, a.out.elements()) {
    const Int c = e % a.out.c, ow = e / a.out.c % a.out.w, oh = e / a.out.c / a.out.w % a.out.h, n = e / a.out.c / a.out.w / a.out.h;
    const float* image = a.x + n * a.in.h * a.in.w * a.in.c;
    float best = -math::infinity();
    Int first = -1;
    for (Int kh = 0; kh < a.kh; kh++) {
      const Int ih = oh * a.g.stride_h + kh * a.g.dilation_h - a.g.pad_h;
      for (Int kw = 0; kw < a.kw; kw++) {
        const Int iw = ow * a.g.stride_w + kw * a.g.dilation_w - a.g.pad_w;
        if (!inside(ih, a.in.h) || !inside(iw, a.in.w)) continue;
        const Int at = (ih * a.in.w + iw) * a.in.c + c;
        const float v = image[at];
        if (first < 0 || v > best || (v != v && best == best)) {
          best = v;
          first = at;
        }
      }
    }
    a.y[e] = best;
    a.index[e] = int(first < 0 ? 0 : first);
  }
}

struct AvgPool {
  const float* x;  // or dy
  float* y;        // or dx
  Image in, out;   // x and y, whatever is computed
  Int kh, kw, count_pad;
  Window g;

  // Taps of a window that lie inside along an axis.
  __device__ static Int taps(Int first, Int k, Int d, Int extent) {
    Int count = 0;
    for (Int i = 0; i < k; i++) count += inside(first + i * d, extent);
    return count;
  }

  __device__ float count(Int oh, Int ow) const {
    return float(int(count_pad ? kh * kw
                               : taps(oh * g.stride_h - g.pad_h, kh, g.dilation_h, in.h) * taps(ow * g.stride_w - g.pad_w, kw, g.dilation_w, in.w)));
  }
};

extern "C" __global__ void avg_pool(AvgPool a) {
  EACH(e, a.out.elements()) {
    const Int c = e % a.out.c, ow = e / a.out.c % a.out.w, oh = e / a.out.c / a.out.w % a.out.h, n = e / a.out.c / a.out.w / a.out.h;
    float chain = 0;
    for (Int kh = 0; kh < a.kh; kh++) {
      const Int ih = oh * a.g.stride_h + kh * a.g.dilation_h - a.g.pad_h;
      for (Int kw = 0; kw < a.kw; kw++) {
        const Int iw = ow * a.g.stride_w + kw * a.g.dilation_w - a.g.pad_w;
        if (inside(ih, a.in.h) && inside(iw, a.in.w)) chain += a.x[a.in.at(n, ih, iw, c)];
      }
    }
    a.y[e] = chain / a.count(oh, ow);
  }
}

// The windows that a pixel lies in, ascending: the last tap belongs to the first of them.
extern "C" __global__ void avg_pool_data(AvgPool a) {
  EACH(e, a.in.elements()) {
    const Int c = e % a.in.c, iw = e / a.in.c % a.in.w, ih = e / a.in.c / a.in.w % a.in.h, n = e / a.in.c / a.in.w / a.in.h;
    float chain = 0;
    for (Int kh = a.kh - 1; kh >= 0; kh--) {
      const Int top = ih + a.g.pad_h - kh * a.g.dilation_h;
      if (top % a.g.stride_h != 0 || !inside(top / a.g.stride_h, a.out.h) || top < 0) continue;
      for (Int kw = a.kw - 1; kw >= 0; kw--) {
        const Int left = iw + a.g.pad_w - kw * a.g.dilation_w;
        if (left % a.g.stride_w != 0 || !inside(left / a.g.stride_w, a.out.w) || left < 0) continue;
        const Int oh = top / a.g.stride_h, ow = left / a.g.stride_w;
        chain += a.x[a.out.at(n, oh, ow, c)] / a.count(oh, ow);
      }
    }
    a.y[e] = chain;
  }
}
