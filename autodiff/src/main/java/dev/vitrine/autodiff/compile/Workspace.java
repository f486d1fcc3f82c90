package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.NanCheck;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Storage;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Replay;
import dev.vitrine.tensor.kernel.Team;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A schedule bound to memory of its own: every operand is a tensor at a fixed address, ready to be
 * replayed.
 */
public final class Workspace implements AutoCloseable, Team.Task {
  private static final boolean CHECK_NAN = "nan".equals(System.getProperty("vitrine.check"));

  private final Tape tape;
  private final Memory memory;
  private final Tensor slab;
  private final Map<Var, Tensor> tensors = new HashMap<>();
  private final Map<Var, Var> aliases;
  private Memory[] owners = {};
  private Storage[] storages = {};
  private final Device device;
  private final Op[] ops;
  private final Tensor[][] in;
  private final Tensor[][] out;
  private final String[] names;
  private final Tensor[] saved;
  private final Tensor[] from;
  private final Tensor[] to;
  private final Replay replay;

  /** {@code aliases}: what the caller calls an output, and what the passes made of it. */
  Workspace(Schedule s, MemoryPlan plan, Map<Var, Var> aliases) {
    this.tape = s.tape();
    this.device = tape.device();
    this.memory = device.memory("workspace");
    this.slab = memory.floats(Shape.of(Math.toIntExact(plan.bytes() / DType.BYTES)));
    this.aliases = aliases;
    int n = s.steps().size();
    var ops = new ArrayList<Op>(n);
    var in = new ArrayList<Tensor[]>(n);
    var out = new ArrayList<Tensor[]>(n);
    var names = new ArrayList<String>(n);
    long touched = 0;
    for (int i = 0; i < n; i++) {
      Step step = s.steps().get(i);
      Tensor[] a = inputs(step, plan);
      var results = new ArrayList<Tensor>();
      step.out().forEach(v -> results.add(tensor(v, plan)));
      List<Shape> shapes = step.op().scratch(step.inShapes());
      for (int k = 0; k < shapes.size(); k++) {
        results.add(at(plan.scratch(i).get(k), 0, DType.FLOAT32, shapes.get(k)));
      }
      if (step.op().views(step.inShapes())) {
        continue;
      }
      ops.add(step.op());
      in.add(a);
      out.add(results.toArray(Tensor[]::new));
      names.add(step.toString());
      for (Tensor t : a) {
        touched += t.size();
      }
    }
    this.ops = ops.toArray(Op[]::new);
    this.in = in.toArray(Tensor[][]::new);
    this.out = out.toArray(Tensor[][]::new);
    this.names = names.toArray(String[]::new);

    var sources = new ArrayList<Tensor>();
    var kept = new ArrayList<Tensor>();
    var targets = new ArrayList<Tensor>();
    plan.copies()
        .forEach((leaf, value) -> {
          Tensor source = tensor(value, plan);
          sources.add(source);
          // a leaf's own old value must be read before any step writes over that leaf
          boolean old = plan.of(value).leaf != null;
          kept.add(old ? memory.tensor(source.dtype(), source.shape()) : source);
          targets.add(tensor(leaf, plan));
        });
    this.saved = sources.toArray(Tensor[]::new);
    this.from = kept.toArray(Tensor[]::new);
    this.to = targets.toArray(Tensor[]::new);
    s.outputs().forEach(v -> tensor(v, plan));
    look();
    // what lies in between may be written over at any time, so nobody outside shall see it
    tensors.keySet().removeIf(v -> !(v.node().op() instanceof Leaf) && !s.outputs().contains(v));
    long elements = touched;
    this.replay = CHECK_NAN ? () -> device.run(this, elements) : device.prepared(this, elements);
  }

  /** What a step reads; an input that lends only its shape may never have been computed. */
  private Tensor[] inputs(Step step, MemoryPlan plan) {
    Tensor[] in = new Tensor[step.in().size()];
    for (int k = 0; k < in.length; k++) {
      Var v = step.in().get(k);
      in[k] = step.op().reads(k) ? tensor(v, plan) : memory.shaped(dtype(v), v.shape());
    }
    return in;
  }

  private static DType dtype(Var v) {
    return v.isInteger() ? DType.INT32 : DType.FLOAT32;
  }

  private Tensor tensor(Var v, MemoryPlan plan) {
    return tensors.computeIfAbsent(
        v,
        w -> {
          var block = plan.of(w);
          Var leaf = block.leaf;
          DType dtype = dtype(w);
          if (leaf == null) {
            return at(block, plan.start(w), dtype, w.shape());
          }
          return leaf.equals(w)
              ? leafTensor(leaf, dtype)
              : tensor(leaf, plan).part(plan.start(w), w.shape());
        });
  }

  /** Inputs are slots of this workspace; parameters and constants are shared. */
  private Tensor leafTensor(Var leaf, DType dtype) {
    boolean slot = leaf.node().op() instanceof Leaf l && l.kind() == Leaf.Kind.INPUT;
    return slot ? memory.tensor(dtype, leaf.shape()) : leaf.value();
  }

  private Tensor at(MemoryPlan.Block b, long start, DType dtype, Shape shape) {
    return slab.part(b.offset / DType.BYTES + start, dtype, shape);
  }

  /** Notes what a replay uses. */
  private void look() {
    Set<Memory> all = new LinkedHashSet<>();
    all.add(memory);
    tensors.values().forEach(t -> all.add(t.owner()));
    owners = all.toArray(Memory[]::new);
    storages = tensors.values().stream().map(Tensor::storage).distinct().toArray(Storage[]::new);
  }

  /**
   * The tensor behind an input, to be filled before a replay, or behind an output, to be read after
   * it. Inputs that nothing reads have one too, so that callers need not know what the passes left
   * out.
   */
  public Tensor tensor(Var v) {
    Var w = aliases.getOrDefault(v, v);
    Tensor t = tensors.get(w);
    if (t == null
        && w.tape() == tape
        && w.node().op() instanceof Leaf l
        && l.kind() == Leaf.Kind.INPUT) {
      t = leafTensor(w, dtype(w));
      tensors.put(w, t);
    }
    if (t == null) {
      throw new IllegalArgumentException(
          v + " is neither an input nor an output of this program; name it when compiling");
    }
    return t;
  }

  /**
   * Lets an input be read where {@code t} lies, of the same type and shape, instead of being copied
   * into a slot; until it is bound to another. {@code t} must not be closed before that, nor
   * changed: a device with a memory of its own keeps {@code t} there, and copies it to the slot.
   */
  public void bind(Var input, Tensor t) {
    Tensor slot = tensor(input);
    if (!(input.node().op() instanceof Leaf l) || l.kind() != Leaf.Kind.INPUT) {
      throw new IllegalArgumentException(input + " is not an input: only inputs can be bound");
    }
    if (t.dtype() != slot.dtype() || !t.shape().equals(slot.shape())) {
      throw new IllegalArgumentException(
          "%s takes %s %s, found %s %s"
              .formatted(input, slot.dtype(), slot.shape(), t.dtype(), t.shape()));
    }
    if (t.storage() == slot.storage() && t.offset() == slot.offset()) {
      return;
    }
    if (device.isRemote()) {
      Tensor[] both = {t, slot};
      Memory.hold(() -> device.run(k -> k.copy(t, slot), t.size()), both);
      return;
    }
    for (Tensor[] operands : in) {
      move(operands, slot, t);
    }
    move(saved, slot, t);
    move(from, slot, t);
    replay.move(slot.address(), slot.size() * DType.BYTES, t.address());
    tensors.put(aliases.getOrDefault(input, input), t);
    t.storage().home();
    if (t.owner() != slot.owner()) {
      look();
    }
  }

  /** Replaces the tensors, or views of it, that lie where {@code old} does. */
  private static void move(Tensor[] tensors, Tensor old, Tensor now) {
    for (int i = 0; i < tensors.length; i++) {
      Tensor t = tensors[i];
      long first = (t.offset() - old.offset()) / DType.BYTES;
      if (t.storage() == old.storage() && first >= 0 && first < old.size()) {
        tensors[i] = t.shape().equals(now.shape()) ? now : now.part(first, t.shape());
      }
    }
  }

  /** Replays the program once. */
  void run() {
    int entered = 0;
    try {
      while (entered < owners.length) {
        owners[entered].enter();
        entered++;
      }
      if (!device.isRemote()) {
        for (Storage s : storages) {
          s.home();
        }
      }
      replay.run();
    } finally {
      while (entered > 0) {
        owners[--entered].exit();
      }
      Reference.reachabilityFence(this);
    }
  }

  /** The instructions, as each member of a team runs them. */
  @Override
  public void run(Kernels k) {
    for (int i = 0; i < from.length; i++) {
      if (from[i] != saved[i]) {
        k.copy(saved[i], from[i]);
      }
    }
    for (int i = 0; i < ops.length; i++) {
      ops[i].forward(k, in[i], out[i]);
      if (CHECK_NAN) {
        for (Tensor t : out[i]) {
          NanCheck.check(names[i], t);
        }
      }
    }
    for (int i = 0; i < from.length; i++) {
      k.copy(from[i], to[i]);
    }
  }

  /** Bytes that belong to this workspace. */
  public long bytes() {
    return memory.bytes();
  }

  /** Frees the memory, after a replay that is under way. */
  @Override
  public void close() {
    memory.close();
  }
}
