package dev.vitrine.cpp;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Team;

/** Elements in new places. A unit of work is a row of neighbours that stay together. */
final class Moves {
  /** Columns that one unit of a scatter has. */
  private static final int STRIP = 256;

  private Moves() {}

  static void gather(Call call, Team.Member member, Fold f, Tensor x, Tensor index, Tensor y) {
    int m = count(f, y);
    int units = Math.multiplyExact(f.outer(), m);
    index(call.of(Kernel.GATHER).put(x).put(y), f, m, index)
        .put(member.from(units, y.size()))
        .put(member.to(units, y.size()))
        .run();
  }

  static void scatter(Call call, Team.Member member, Fold f, Tensor dy, Tensor index, Tensor dx) {
    int m = count(f, dy);
    int units = Math.multiplyExact(f.outer(), Math.ceilDiv(f.inner(), STRIP));
    long work = dy.size() + dx.size();
    index(call.of(Kernel.SCATTER).put(dy).put(dx), f, m, index)
        .put(member.from(units, work))
        .put(member.to(units, work))
        .run();
  }

  /** Entries, how many, and in how many rows: 0 if all share them. */
  private static Call index(Call call, Fold f, int m, Tensor index) {
    long row = (long) m * f.inner();
    return call.put(index)
        .put(index.size())
        .put(index.size() == m || row == 0 ? 0 : index.size() / row)
        .put(m)
        .put(f.n())
        .put(f.inner());
  }

  static void permute(Call call, Team.Member member, int[] axes, Tensor x, Tensor y) {
    Shape s = x.shape();
    int size = Math.toIntExact(y.size());
    call.of(Kernel.PERMUTE)
        .put(x)
        .put(y)
        .put(member.from(size, size))
        .put(member.to(size, size))
        .put(axes.length);
    for (int axis : axes) {
      call.put(s.dim(axis)).put(stride(s, axis));
    }
    call.run();
  }

  /** Elements between neighbours along an axis. */
  private static long stride(Shape s, int axis) {
    long stride = 1;
    for (int k = axis + 1; k < s.rank(); k++) {
      stride *= s.dim(k);
    }
    return stride;
  }

  static void slice(
      Call call, Team.Member member, Fold f, int start, int step, Tensor x, Tensor y) {
    cut(call.of(Kernel.SLICE).put(x).put(y), member, f, start, step, y).run();
  }

  static void paste(
      Call call, Team.Member member, Fold f, int start, int step, Tensor x, Tensor y) {
    cut(call.of(Kernel.PASTE).put(x).put(y), member, f, start, step, x).run();
  }

  private static Call cut(Call call, Team.Member member, Fold f, int start, int step, Tensor part) {
    int count = count(f, part);
    int units = Math.multiplyExact(f.outer(), count);
    return call.put(f.n())
        .put(count)
        .put(f.inner())
        .put(start)
        .put(step)
        .put(member.from(units, part.size()))
        .put(member.to(units, part.size()));
  }

  /** The extent of the axis in the smaller tensor. */
  private static int count(Fold f, Tensor part) {
    long columns = (long) f.outer() * f.inner();
    return columns == 0 ? 0 : Math.toIntExact(part.size() / columns);
  }
}
