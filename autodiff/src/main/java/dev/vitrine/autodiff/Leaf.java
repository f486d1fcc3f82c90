package dev.vitrine.autodiff;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a tape begins: its value comes from outside. */
public record Leaf(Kind kind, DType dtype, Shape shape) implements Op {
  /** Whose storage it is. */
  public enum Kind {
    /** A slot of the workspace: differs between replays. */
    INPUT,
    /** Shared by all replays, changed only by assignments. */
    PARAMETER,
    /** Never changes. */
    CONSTANT
  }

  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(shape);
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {}

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {}

  @Override
  public boolean integer(int output) {
    return dtype == DType.INT32;
  }

  @Override
  public String name() {
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }
}
