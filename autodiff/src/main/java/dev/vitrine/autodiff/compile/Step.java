package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import java.util.List;

/** One instruction of a schedule: an op, the values it reads and the values it gives. */
public record Step(Op op, String name, List<Var> in, List<Var> out) {

  static Step of(Node n) {
    return new Step(n.op(), n.name(), n.in(), n.outs());
  }

  List<Shape> inShapes() {
    return in.stream().map(Var::shape).toList();
  }

  @Override
  public String toString() {
    return out.getFirst() + " " + op.name() + " ← " + in;
  }
}
