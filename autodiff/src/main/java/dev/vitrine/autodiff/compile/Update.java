package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A compiled step that changes state: outputs, and assignments leaf ← value (weights, moments,
 * running statistics). All assignments read the state before the step. It has one workspace and
 * runs one at a time.
 */
public final class Update implements AutoCloseable {
  private final Compilation compilation;
  private final Workspace workspace;

  private Update(Compilation compilation) {
    this.compilation = compilation;
    this.workspace = compilation.workspace();
  }

  /** Compiles what {@code outputs} and {@code assignments} need. */
  public static Update compile(List<Var> outputs, Map<Var, Var> assignments) {
    return compile(outputs, assignments, Pass.standard());
  }

  /** Compiles with these passes; the result has the same bits whatever they are. */
  public static Update compile(List<Var> outputs, Map<Var, Var> assignments, List<Pass> passes) {
    return new Update(Compilation.of(outputs, assignments, passes));
  }

  /** The tensor behind an input or output. */
  public Tensor tensor(Var v) {
    return workspace.tensor(v);
  }

  /** As {@link Workspace#bind}. */
  public void bind(Var input, Tensor t) {
    workspace.bind(input, t);
  }

  /** Runs the step once; allocates nothing. */
  public synchronized void run() {
    workspace.run();
  }

  @Override
  public void close() {
    workspace.close();
  }

  @Override
  public String toString() {
    return "update: " + compilation;
  }
}
