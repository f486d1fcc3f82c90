package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Var;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/**
 * A compiled function: fills inputs, replays, reads outputs. It assigns nothing, so many threads
 * may replay it at once, each in a workspace of its own.
 *
 * <pre>{@code
 * try (Program p = Program.compile(List.of(y)); Workspace w = p.workspace()) {
 *   w.tensor(x).set(pixels);
 *   p.run(w);
 *   float[] scores = w.tensor(y).toFloats();
 * }
 * }</pre>
 */
public final class Program implements AutoCloseable {
  private final Compilation compilation;
  private final ArrayDeque<Workspace> pool = new ArrayDeque<>();
  private boolean closed;

  private Program(Compilation compilation) {
    this.compilation = compilation;
  }

  /** Compiles what {@code outputs} need. */
  public static Program compile(List<Var> outputs) {
    return compile(outputs, Pass.standard());
  }

  /** Compiles with these passes; the result has the same bits whatever they are. */
  public static Program compile(List<Var> outputs, List<Pass> passes) {
    return new Program(Compilation.of(outputs, Map.of(), passes));
  }

  /** A new workspace, owned by the caller. */
  public Workspace workspace() {
    return compilation.workspace();
  }

  /** A workspace from the pool; give it back with {@link #release}. */
  public Workspace borrow() {
    synchronized (pool) {
      if (closed) {
        throw new IllegalStateException("this program is closed");
      }
      Workspace w = pool.pollFirst();
      if (w != null) {
        return w;
      }
    }
    return workspace();
  }

  /** Puts a borrowed workspace back. */
  public void release(Workspace w) {
    synchronized (pool) {
      if (!closed) {
        pool.addFirst(w);
        return;
      }
    }
    w.close();
  }

  /** Replays once in {@code w}; allocates nothing. */
  public void run(Workspace w) {
    w.run();
  }

  /** Bytes that each workspace takes, without inputs and parameters. */
  public long bytes() {
    return compilation.plan().bytes();
  }

  /** Frees the pooled workspaces; borrowed ones are freed when they come back. */
  @Override
  public void close() {
    synchronized (pool) {
      closed = true;
      pool.forEach(Workspace::close);
      pool.clear();
    }
  }

  @Override
  public String toString() {
    return "program: " + compilation;
  }
}
