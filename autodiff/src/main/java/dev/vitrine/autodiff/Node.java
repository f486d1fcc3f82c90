package dev.vitrine.autodiff;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One recorded op: its inputs, the shapes it gives, and on an eager tape its values. */
public final class Node {
  private final Tape tape;
  private final int index;
  private final Op op;
  private final String name;
  private final List<Var> in;
  private final List<Shape> shapes;
  private final @Nullable Tensor[] values;

  Node(Tape tape, int index, Op op, String name, List<Var> in, List<Shape> shapes) {
    this.tape = tape;
    this.index = index;
    this.op = op;
    this.name = name;
    this.in = in;
    this.shapes = shapes;
    this.values = new Tensor[shapes.size()];
  }

  public Tape tape() {
    return tape;
  }

  /** Position on the tape; inputs have smaller ones. */
  public int index() {
    return index;
  }

  public Op op() {
    return op;
  }

  /**
   * The layer that recorded it ({@code conv2}), or a leaf's own name; backward nodes end in {@code
   * '}.
   */
  public String name() {
    return name;
  }

  public List<Var> in() {
    return in;
  }

  public Var in(int i) {
    return in.get(i);
  }

  /** Number of outputs. */
  public int outputs() {
    return shapes.size();
  }

  public List<Var> outs() {
    var all = new ArrayList<Var>(shapes.size());
    for (int i = 0; i < shapes.size(); i++) {
      all.add(new Var(this, i));
    }
    return all;
  }

  /**
   * (∂y/∂v)ᵀ·dy, where v is an input of this node: of an op that is linear in v, its transpose.
   * Nothing is appended for other inputs.
   */
  public Var transpose(Var dy, Var v) {
    BitSet only = new BitSet();
    only.set(v.node().index());
    Flow flow = new Flow(only);
    List<@Nullable Var> all = new ArrayList<>();
    for (int i = 0; i < outputs(); i++) {
      all.add(i == 0 ? dy : null);
    }
    op.gradient(this, all, flow);
    Var share = flow.at(v);
    return share == null ? v.zeros() : share;
  }

  public Var out(int i) {
    return new Var(this, i);
  }

  /** The first output. */
  public Var out() {
    return out(0);
  }

  public Shape shape(int output) {
    return shapes.get(output);
  }

  /** Null where the tape only records. */
  @Nullable Tensor value(int output) {
    return values[output];
  }

  void value(int output, Tensor t) {
    values[output] = t;
  }

  boolean isLeaf(Leaf.Kind kind) {
    return op instanceof Leaf l && l.kind() == kind;
  }

  @Override
  public String toString() {
    var text = new StringBuilder("%").append(index).append(' ').append(op.name());
    if (!name.isEmpty()) {
      text.append(" \"").append(name).append('"');
    }
    text.append(' ').append(shapes.size() == 1 ? shapes.getFirst() : shapes);
    for (int i = 0; i < in.size(); i++) {
      text.append(i == 0 ? " ← " : ", ").append(op.reads(i) ? "" : "like ").append(in.get(i));
    }
    return text.toString();
  }
}
