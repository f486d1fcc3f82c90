package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where every value of a schedule lives: values whose lifetimes do not meet share bytes of one
 * slab.
 *
 * <p>A value lives from the step that gives it to the last step that reads it or a view of it.
 * Pointwise steps write over an input that dies with them, or straight into the leaf that the
 * result is assigned to.
 */
final class MemoryPlan {
  private static final int BEFORE = -1;

  /** A stretch of the slab, or the storage of a leaf. */
  static final class Block {
    final long bytes;
    final @Nullable Var leaf;
    final int born;
    int dies;
    long offset = -1;

    Block(long bytes, @Nullable Var leaf, int born) {
      this.bytes = (bytes + Memory.ALIGNMENT - 1) & -Memory.ALIGNMENT;
      this.leaf = leaf;
      this.born = born;
      this.dies = born;
    }
  }

  private final Map<Var, Block> blocks = new HashMap<>();
  private final Map<Var, Long> starts = new HashMap<>();
  private final List<Block> slab = new ArrayList<>();
  private final List<List<Block>> scratch = new ArrayList<>();
  private final Map<Var, Var> copies = new HashMap<>();
  private long bytes;
  private long unshared;

  MemoryPlan(Schedule s) {
    Map<Var, Integer> lastRead = lastReads(s);
    Map<Var, Var> targets = targets(s);
    for (int i = 0; i < s.steps().size(); i++) {
      place(s.steps().get(i), i, lastRead, targets);
    }
    s.roots().forEach(r -> block(r).dies = s.steps().size());
    s.assignments()
        .forEach((leaf, value) -> {
          if (!leaf.equals(block(value).leaf)) {
            copies.put(leaf, value);
          }
        });
    pack();
  }

  /** The last step at which each value's storage is read; a view counts for what it views. */
  private static Map<Var, Integer> lastReads(Schedule s) {
    Map<Var, Var> storage = new HashMap<>();
    Map<Var, Integer> last = new HashMap<>();
    for (int i = 0; i < s.steps().size(); i++) {
      Step step = s.steps().get(i);
      for (int k = 0; k < step.in().size(); k++) {
        if (step.op().reads(k)) {
          Var v = step.in().get(k);
          last.put(storage.getOrDefault(v, v), i);
        }
      }
      if (step.op().views(step.inShapes())) {
        Var v = step.in().getFirst();
        storage.put(step.out().getFirst(), storage.getOrDefault(v, v));
      }
    }
    for (Var r : s.roots()) {
      last.put(storage.getOrDefault(r, r), Integer.MAX_VALUE);
    }
    Map<Var, Integer> all = new HashMap<>(last);
    storage.forEach((view, root) -> all.put(view, last.getOrDefault(root, BEFORE)));
    return all;
  }

  /** Which leaf a value is assigned to; the first one if there are several. */
  private static Map<Var, Var> targets(Schedule s) {
    Map<Var, Var> targets = new HashMap<>();
    s.assignments().forEach((leaf, value) -> targets.putIfAbsent(value, leaf));
    return targets;
  }

  private void place(Step step, int now, Map<Var, Integer> lastRead, Map<Var, Var> targets) {
    List<Shape> in = step.inShapes();
    for (int k = 0; k < step.in().size(); k++) {
      if (step.op().reads(k)) {
        Block b = block(step.in().get(k));
        b.dies = Math.max(b.dies, now);
      }
    }
    if (step.op().views(in)) {
      put(step.out().getFirst(), step.in().getFirst(), step.op().viewFrom(in));
      scratch.add(List.of());
      return;
    }
    for (Var out : step.out()) {
      Var leaf = step.op().pointwise() ? intoTarget(step, out, now, lastRead, targets) : null;
      boolean alone = step.op().pointwise() && step.out().size() == 1;
      Var over = leaf == null && alone ? overInput(step, out, now, lastRead) : leaf;
      if (over == null) {
        blocks.put(out, fresh(out.shape(), now));
      } else {
        put(out, over, 0);
      }
      Block b = block(out);
      b.dies = Math.max(b.dies, now);
    }
    scratch.add(step.op().scratch(in).stream().map(shape -> fresh(shape, now)).toList());
  }

  /** {@code v} lies in {@code other}, from its element {@code from} on. */
  private void put(Var v, Var other, long from) {
    blocks.put(v, block(other));
    starts.put(v, start(other) + from);
  }

  /** The leaf that {@code out} will be assigned to, if nobody reads its old value later. */
  private @Nullable Var intoTarget(
      Step step, Var out, int now, Map<Var, Integer> lastRead, Map<Var, Var> targets) {
    Var leaf = targets.get(out);
    return leaf != null
            && lastRead.getOrDefault(leaf, BEFORE) <= now
            && samePlaceWhereShared(step, block(leaf), leaf)
        ? leaf
        : null;
  }

  /** An input of the same shape that nobody reads later. */
  private @Nullable Var overInput(Step step, Var out, int now, Map<Var, Integer> lastRead) {
    for (int k = 0; k < step.in().size(); k++) {
      Var v = step.in().get(k);
      Block b = step.op().reads(k) ? block(v) : null;
      if (b != null
          && b.leaf == null
          && !v.isInteger()
          && v.shape().equals(out.shape())
          && lastRead.getOrDefault(v, BEFORE) <= now
          && samePlaceWhereShared(step, b, v)) {
        return v;
      }
    }
    return null;
  }

  /** True if whatever the step reads of this storage is what lies at {@code place}. */
  private boolean samePlaceWhereShared(Step step, Block b, Var place) {
    for (int k = 0; k < step.in().size(); k++) {
      Var v = step.in().get(k);
      if (step.op().reads(k)
          && block(v) == b
          && !(v.shape().equals(place.shape()) && start(v) == start(place))) {
        return false;
      }
    }
    return true;
  }

  private Block fresh(Shape shape, int now) {
    Block b = new Block(shape.size() * DType.BYTES, null, now);
    slab.add(b);
    unshared += b.bytes;
    return b;
  }

  private Block block(Var v) {
    return blocks.computeIfAbsent(
        v,
        leaf -> {
          if (!(leaf.node().op() instanceof Leaf)) {
            throw new IllegalStateException(leaf + " is read before a step gives it");
          }
          return new Block(0, leaf, BEFORE);
        });
  }

  /** Largest first, each at the lowest offset where no block alive at the same time lies. */
  private void pack() {
    var placed = new ArrayList<Block>();
    slab.sort((p, q) -> Long.compare(q.bytes, p.bytes));
    for (Block b : slab) {
      long at = 0;
      placed.sort((p, q) -> Long.compare(p.offset, q.offset));
      for (Block other : placed) {
        boolean together = b.born <= other.dies && other.born <= b.dies;
        if (together && at < other.offset + other.bytes && other.offset < at + b.bytes) {
          at = other.offset + other.bytes;
        }
      }
      b.offset = at;
      placed.add(b);
      bytes = Math.max(bytes, at + b.bytes);
    }
  }

  /** The storage of a value of the schedule. */
  Block of(Var v) {
    return block(v);
  }

  /** Where in its storage a value begins, in elements. */
  long start(Var v) {
    return starts.getOrDefault(v, 0L);
  }

  /** The storage of a step's scratch. */
  List<Block> scratch(int step) {
    return scratch.get(step);
  }

  /** Assignments that no step writes in place: leaf ← value, to be copied at the end. */
  Map<Var, Var> copies() {
    return copies;
  }

  /** Size of the slab. */
  long bytes() {
    return bytes;
  }

  /** What the slab would take if no two values shared bytes. */
  long unsharedBytes() {
    return unshared;
  }
}
