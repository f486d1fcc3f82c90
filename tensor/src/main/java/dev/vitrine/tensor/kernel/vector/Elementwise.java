package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.put;
import static dev.vitrine.tensor.kernel.vector.Raw.vector;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Unary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * y[i] = f(x[i], …), block by block, operands stretched to the shape of y.
 *
 * <p>The loops take whole vectors. What is left of a block goes through them in a padded copy, so
 * that each function has one loop only.
 */
final class Elementwise {
  private Elementwise() {}

  static void fill(Team.Member member, float v, Tensor y) {
    int blocks = blocks(y.size());
    for (int i = member.from(blocks, y.size()); i < member.to(blocks, y.size()); i++) {
      Raw.fill(v, y.address() + 4 * start(i), count(i, y.size()));
    }
  }

  /** Bits, so for both kinds. */
  static void copy(Team.Member member, Tensor x, Tensor y) {
    int blocks = blocks(y.size());
    for (int i = member.from(blocks, y.size()); i < member.to(blocks, y.size()); i++) {
      Raw.copy(x.address() + 4 * start(i), y.address() + 4 * start(i), count(i, y.size()));
    }
  }

  static void map(Scratch s, Team.Member member, Unary f, float p, float q, Tensor x, Tensor y) {
    long padded = s.rows.address(WIDTH);
    int blocks = blocks(y.size());
    for (int i = member.from(blocks, y.size()); i < member.to(blocks, y.size()); i++) {
      long xi = x.address() + 4 * start(i);
      long yi = y.address() + 4 * start(i);
      map(f, p, q, xi, yi, count(i, y.size()), padded);
    }
  }

  /** n elements; {@code padded} is room for a vector. */
  static void map(Unary f, float p, float q, long x, long y, int n, long padded) {
    int whole = Raw.whole(n);
    UnaryLoops.run(f, p, q, x, y, whole);
    if (whole < n) {
      Raw.copy(x + 4L * whole, padded, n - whole);
      UnaryLoops.run(f, p, q, padded, padded, WIDTH);
      Raw.copy(padded, y + 4L * whole, n - whole);
    }
  }

  static void zip(Scratch s, Team.Member member, Binary f, Tensor a, Tensor b, Tensor y) {
    Blocks blocks = s.blocks;
    blocks.of(y.shape());
    long forA = s.rows.address(2 * Blocks.buffer() + 2 * WIDTH);
    long forB = forA + 4 * Blocks.buffer();
    long padA = forB + 4 * Blocks.buffer();
    long padB = padA + 4 * WIDTH;
    int from = member.from(blocks.blocks(), y.size());
    int to = member.to(blocks.blocks(), y.size());
    for (int i = from; i < to; i++) {
      blocks.at(i);
      long ai = blocks.operand(a, forA, i == from);
      long bi = blocks.operand(b, forB, i == from);
      long yi = y.address() + 4 * blocks.start();
      int count = blocks.count();
      int whole = Raw.whole(count);
      BinaryLoops.run(f, ai, bi, yi, whole);
      if (whole < count) {
        Raw.copy(ai + 4L * whole, padA, count - whole);
        Raw.copy(bi + 4L * whole, padB, count - whole);
        BinaryLoops.run(f, padA, padB, padA, WIDTH);
        Raw.copy(padA, yi + 4L * whole, count - whole);
      }
    }
  }

  static void select(Scratch s, Team.Member member, Tensor c, Tensor a, Tensor b, Tensor y) {
    Blocks blocks = s.blocks;
    blocks.of(y.shape());
    long forC = s.rows.address(3 * Blocks.buffer());
    long forA = forC + 4 * Blocks.buffer();
    long forB = forA + 4 * Blocks.buffer();
    int from = member.from(blocks.blocks(), y.size());
    int to = member.to(blocks.blocks(), y.size());
    for (int i = from; i < to; i++) {
      blocks.at(i);
      long ci = blocks.operand(c, forC, i == from);
      long ai = blocks.operand(a, forA, i == from);
      long bi = blocks.operand(b, forB, i == from);
      select(ci, ai, bi, y.address() + 4 * blocks.start(), blocks.count());
    }
  }

  static void select(long c, long a, long b, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> m = Raw.first(n - i);
      VectorMask<Float> chosen = vector(c + 4L * i, m).compare(VectorOperators.NE, 0);
      FloatVector other = vector(b + 4L * i, m);
      put(other.blend(vector(a + 4L * i, m), chosen), y + 4L * i, m);
    }
  }

  static void broadcast(Scratch s, Team.Member member, Tensor x, Tensor y) {
    Blocks blocks = s.blocks;
    blocks.of(y.shape());
    int to = member.to(blocks.blocks(), y.size());
    for (int i = member.from(blocks.blocks(), y.size()); i < to; i++) {
      blocks.at(i);
      blocks.copy(x, y.address() + 4 * blocks.start());
    }
  }

  // Without stretching, blocks may be longer.

  private static final int LONG = 16 << 10;

  private static int blocks(long size) {
    return Math.toIntExact(Math.ceilDiv(size, LONG));
  }

  private static long start(int block) {
    return (long) block * LONG;
  }

  private static int count(int block, long size) {
    return (int) Math.min(LONG, size - start(block));
  }
}
