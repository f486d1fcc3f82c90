package dev.vitrine.nn;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.autodiff.compile.Workspace;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.List;

/**
 * A model compiled for use: inputs in, outputs out, a batch at a time. The model may go on
 * changing.
 */
public final class Inference implements AutoCloseable {
  private final Tape tape;
  private final Program program;
  private final Var x;
  private final Var y;
  private final int batch;

  /** For rows of the shape {@code row} (without batch axis), {@code batch} of them at a time. */
  public Inference(Model model, Shape row, int batch, Device device) {
    this.batch = batch;
    tape = Tape.recording(device);
    x = tape.input("x", row.insert(0, batch));
    y = model.record(x, Mode.EVALUATION);
    program = Program.compile(List.of(y));
  }

  /** The outputs of all rows, [n, …], in memory of their own. */
  public Tensor outputs(Tensor rows) {
    if (rows.shape().rank() != x.shape().rank()
        || !rows.shape().without(0).equals(x.shape().without(0))) {
      throw new IllegalArgumentException(
          "rows of shape %s given, the model was compiled for rows of shape %s"
              .formatted(rows.shape(), x.shape().without(0)));
    }
    int n = rows.shape().dim(0);
    Tensor all = new Memory("outputs").floats(y.shape().with(0, n));
    Workspace w = program.borrow();
    try {
      Tensor in = w.tensor(x);
      Tensor out = w.tensor(y);
      for (int from = 0; from < n; from += batch) {
        int to = Math.min(from + batch, n);
        // the last batch may be short: the rows behind it are left over and ignored
        in.rows(0, to - from).set(rows.rows(from, to));
        program.run(w);
        all.rows(from, to).set(out.rows(0, to - from));
      }
    } finally {
      program.release(w);
    }
    return all;
  }

  /** The outputs of all rows, on the standard device. */
  public static Tensor outputs(Model model, Tensor rows) {
    Shape s = rows.shape();
    int batch = Math.clamp(s.dim(0), 1, 256);
    try (var inference = new Inference(model, s.without(0), batch, Device.standard())) {
      return inference.outputs(rows);
    }
  }

  @Override
  public void close() {
    program.close();
    tape.close();
  }
}
