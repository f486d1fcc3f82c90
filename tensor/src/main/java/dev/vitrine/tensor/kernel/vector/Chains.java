package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Chain;
import dev.vitrine.tensor.kernel.Team;

/**
 * y = a function in steps, a block of elements at a time: what lies between the steps stays in the
 * first cache.
 */
final class Chains {
  /** Elements of a block; a multiple of any vector's width. */
  private static final int BLOCK = 1024;

  private Chains() {}

  static void run(Scratch s, Team.Member member, Chain c, Tensor[] in, Tensor y) {
    // buffers of the links, then one for each input and for y, where they can't be used in place
    long buffers = s.rows.address((long) (c.buffers() + c.inputs() + 1) * BLOCK);
    long size = y.size();
    long work = size * c.links().size();
    int blocks = Math.toIntExact(Math.ceilDiv(size, BLOCK));
    int from = member.from(blocks, work);
    int to = member.to(blocks, work);
    for (int k = 0; k < in.length && from < to; k++) {
      if (in[k].size() != size) {
        Raw.fill(in[k].at(0), input(c, buffers, k), BLOCK);
      }
    }
    for (int i = from; i < to; i++) {
      long first = (long) i * BLOCK;
      block(c, in, y, buffers, first, (int) Math.min(BLOCK, size - first));
    }
  }

  private static void block(Chain c, Tensor[] in, Tensor y, long buffers, long first, int n) {
    boolean whole = n % WIDTH == 0;
    for (int k = 0; k < in.length && !whole; k++) {
      if (in[k].size() == y.size()) {
        Raw.copy(in[k].address() + 4 * first, input(c, buffers, k), n);
      }
    }
    long last = whole ? y.address() + 4 * first : input(c, buffers, in.length);
    int links = c.links().size();
    for (int l = 0; l < links; l++) {
      long out = l + 1 < links ? buffers + 4L * BLOCK * c.buffer(l) : last;
      Chain.Link link = c.links().get(l);
      long a = operand(c, in, y, buffers, first, whole, link.a());
      long b = operand(c, in, y, buffers, first, whole, link.b());
      switch (link) {
        case Chain.Map m -> UnaryLoops.run(m.f(), m.p(), m.q(), a, out, n);
        case Chain.Zip z -> BinaryLoops.run(z.f(), a, b, out, n);
        case Chain.Choose _ ->
            Elementwise.select(a, b, operand(c, in, y, buffers, first, whole, link.c()), out, n);
      }
    }
    if (!whole) {
      Raw.copy(last, y.address() + 4 * first, n);
    }
  }

  private static long operand(
      Chain c, Tensor[] in, Tensor y, long buffers, long first, boolean whole, int k) {
    if (k >= in.length) {
      return buffers + 4L * BLOCK * c.buffer(k - in.length);
    }
    boolean inPlace = whole && in[k].size() == y.size();
    return inPlace ? in[k].address() + 4 * first : input(c, buffers, k);
  }

  private static long input(Chain c, long buffers, int k) {
    return buffers + 4L * BLOCK * (c.buffers() + k);
  }
}
