package dev.vitrine.xai;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.autodiff.compile.Workspace;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Subject.Recorded;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The explained number or the predicted class of each of many changed copies of rows. Copies are
 * written and computed one batch at a time; a last batch that isn't full is computed in the next
 * power of two, so that few programs serve any number of copies.
 */
final class Replies {
  private final Question q;
  private final Subject subject;
  private final int rowSize;

  Replies(Question q) {
    this.q = q;
    this.subject = q.subject();
    this.rowSize = Math.toIntExact(q.x().shape().with(0, 1).size());
  }

  private record Key(Shape seen, Target.Quantity quantity, boolean rivals) {}

  private record Slots(Var seen, Var classes, @Nullable Var rivals, Var explained) {}

  /** What is done with one batch: copies from {@code from} on, and the row that each is of. */
  private interface Use {
    void of(int from, int some, Tensor rows, int[] owners);
  }

  float[] to(Copies copies) {
    float[] replies = new float[copies.count()];
    each(
        copies,
        (from, some, rows, owners) ->
            System.arraycopy(explained(subject.seen(rows), owners), 0, replies, from, some));
    return replies;
  }

  /** The class that is predicted for each copy. */
  int[] classes(Copies copies) {
    int[] predicted = new int[copies.count()];
    each(
        copies,
        (from, some, rows, owners) -> {
          Tensor outputs = subject.outputs(rows);
          if (Target.width(outputs.shape()) < 2) {
            throw new IllegalArgumentException(
                "outputs %s of \"%s\" hold no classes: give an output for each class, two at least"
                    .formatted(outputs.shape(), subject.hash()));
          }
          System.arraycopy(Target.largest(outputs), 0, predicted, from, some);
        });
    return predicted;
  }

  private void each(Copies copies, Use use) {
    int n = copies.count();
    if (n == 0) {
      return;
    }
    int most = Math.min(most(), powerOfTwo(n));
    float[] batch = new float[most * rowSize];
    int[] owners = new int[most];
    try (var memory = new Memory("copies")) {
      Tensor rows = memory.floats(q.x().shape().with(0, most));
      for (int from = 0; from < n; from += most) {
        int some = Math.min(most, n - from);
        for (int i = 0; i < some; i++) {
          copies.write(from + i, batch, i * rowSize);
          owners[i] = copies.row(from + i);
        }
        use.of(from, some, rows.set(batch).rows(0, powerOfTwo(some)), owners);
      }
    }
  }

  /** Copies per batch, a power of two: as many as stay in the cache and within the budget. */
  private int most() {
    if (subject.isFunction()) {
      long fit = subject.budget() / (4L * rowSize);
      return Integer.highestOneBit(Math.clamp(fit, 1, Subject.MOST_ROWS));
    }
    Shape all = q.x().shape().with(0, Subject.MOST_ROWS);
    long bytes = subject.inspect(key(all), t -> record(t, all), r -> r.program().bytes());
    return Integer.highestOneBit(q.fitting(bytes / Subject.MOST_ROWS, Subject.MOST_ROWS));
  }

  private static int powerOfTwo(int atLeast) {
    return Math.max(1, Integer.highestOneBit(2 * atLeast - 1));
  }

  private float[] explained(Tensor seen, int[] owners) {
    int n = seen.shape().dim(0);
    int[] rivals = q.rivals();
    return subject.with(
        key(seen.shape()),
        tape -> record(tape, seen.shape()),
        (recorded, w) -> {
          Slots s = recorded.values();
          w.tensor(s.seen()).set(seen);
          choose(w, s.classes(), q.classes(), owners, n);
          if (s.rivals() != null && rivals != null) {
            choose(w, s.rivals(), rivals, owners, n);
          }
          recorded.program().run(w);
          return w.tensor(s.explained()).toFloats();
        });
  }

  private static void choose(Workspace w, Var slot, int[] classes, int[] owners, int n) {
    int[] chosen = new int[n];
    for (int i = 0; i < n; i++) {
      chosen[i] = classes[owners[i]];
    }
    w.tensor(slot).set(chosen);
  }

  private Key key(Shape seen) {
    return new Key(seen, q.target().quantity(), q.rivals() != null);
  }

  private Recorded<Slots> record(Tape tape, Shape shape) {
    Var seen = tape.input("seen", shape);
    Shape rows = Shape.of(shape.dim(0));
    Var classes = tape.input("classes", DType.INT32, rows);
    Var rivals = q.rivals() == null ? null : tape.input("rivals", DType.INT32, rows);
    Target.Quantity quantity = q.target().quantity();
    Var explained =
        Recording.of(subject.recorded(), seen, quantity, classes, rivals, Map.of()).explained();
    return new Recorded<>(
        tape, Program.compile(List.of(explained)), new Slots(seen, classes, rivals, explained));
  }
}
