package dev.vitrine.autodiff;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node computes, and how its gradient is written in other ops.
 *
 * <p>Ops are records: two with equal components compute the same. They hold what the model's author
 * chose (an axis, a stride), never an extent of the data: shapes come from inputs, so that a
 * recorded gradient can be replayed at another batch size. An input that lends only its shape is a
 * <em>like</em> input.
 */
public interface Op {
  /** Shapes of the outputs; refuses inputs that do not fit, naming both shapes. */
  List<Shape> infer(List<Shape> in);

  /** Computes {@code out} (outputs, then scratch) from {@code in}; must not allocate. */
  void forward(Kernels k, Tensor[] in, Tensor[] out);

  /**
   * Sends each input its share of {@code dy}, which has one entry per output: null where nothing
   * came. Shares are suppliers, so that nothing is appended for inputs nobody asked about.
   */
  void gradient(Node n, List<@Nullable Var> dy, Flow to);

  /** False: only the shape of this input matters. It is neither kept alive nor walked through. */
  default boolean reads(int input) {
    return true;
  }

  /**
   * True: this input must be int32 (an index, a clock); all others that are read must be float32.
   */
  default boolean takesInteger(int input) {
    return false;
  }

  /** True: this output holds int32 values, which have no gradient. */
  default boolean integer(int output) {
    return false;
  }

  /** True: output 0 lies in input 0, element by element, so nothing needs to be computed. */
  default boolean views(List<Shape> in) {
    return false;
  }

  /** The element of input 0 where such a view begins. */
  default long viewFrom(List<Shape> in) {
    return 0;
  }

  /**
   * True: element i of an output depends on element i of the inputs alone, so it may overwrite one.
   */
  default boolean pointwise() {
    return false;
  }

  /** True: drawn at random, so substitution keeps the recorded node. */
  default boolean frozen() {
    return false;
  }

  /** Shapes of what forward needs besides its outputs, handed to it behind them. */
  default List<Shape> scratch(List<Shape> in) {
    return List.of();
  }

  /** The name that people see. */
  default String name() {
    return getClass().getSimpleName();
  }
}
