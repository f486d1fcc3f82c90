package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.tensor.kernel.Team;

/** Resizing: a unit of work is an output row, for the gradient an image. */
final class Images {
  /** Operations for each element, about. */
  private static final int COST = 8;

  private Images() {}

  static void interpolate(Call call, Team.Member member, Interpolation mode, Tensor x, Tensor y) {
    int rows = y.shape().dim(0) * y.shape().dim(1);
    sizes(call.of(Kernel.INTERPOLATE).put(x).put(y), mode, x, y)
        .put(member.from(rows, COST * y.size()))
        .put(member.to(rows, COST * y.size()))
        .run();
  }

  static void interpolateData(
      Call call, Team.Member member, Interpolation mode, Tensor dy, Tensor dx) {
    int images = dy.shape().dim(0);
    sizes(call.of(Kernel.INTERPOLATE_DATA).put(dy).put(dx), mode, dx, dy)
        .put(member.from(images, COST * dy.size()))
        .put(member.to(images, COST * dy.size()))
        .run();
  }

  private static Call sizes(Call call, Interpolation mode, Tensor x, Tensor y) {
    return call.put(mode.ordinal())
        .put(x.shape().dim(1))
        .put(x.shape().dim(2))
        .put(x.shape().dim(3))
        .put(y.shape().dim(1))
        .put(y.shape().dim(2));
  }
}
