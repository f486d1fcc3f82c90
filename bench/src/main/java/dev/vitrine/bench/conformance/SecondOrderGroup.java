package dev.vitrine.bench.conformance;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Var;
import dev.vitrine.bench.conformance.GoldenModel.Parameter;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Derivatives of gradients: Hessian-vector products, Hessians, Jacobians. */
final class SecondOrderGroup implements Group {
  @Override
  public String name() {
    return "second_order";
  }

  @Override
  public Set<String> methods() {
    return Set.of("hvp", "hessian");
  }

  @Override
  public void run(Trial trial) throws IOException {
    if (trial.golden().method().equals("hvp")) {
      products(trial);
    } else {
      hessian(trial);
    }
  }

  /** Gradients of ⟨∇L, v⟩ and of |∇L|², over parameters and over x. */
  private static void products(Trial trial) throws IOException {
    Var x = trial.input("x", Layout.PLAIN);
    var recording = trial.model(false).record(x);
    Var target = trial.input("target", Layout.PLAIN);
    Var loss = LossCases.of(trial.golden().args(), recording.output(), target);
    Map<String, Parameter> parameters = recording.parameters();
    var wrt = new ArrayList<>(recording.leaves());
    wrt.add(x);
    Flow first = trial.backward(loss, loss.ones(), wrt);

    var dots = new ArrayList<Var>();
    var squares = new ArrayList<Var>();
    for (var p : parameters.entrySet()) {
      Var g = arrived(first, p.getValue().value());
      dots.add(g.mul(trial.input("v." + p.getKey(), p.getValue().layout())).total());
      squares.add(g.square().total());
    }
    Var dot = sum(dots);
    Var norm = sum(squares);
    trial.put("loss", loss, Layout.PLAIN);
    trial.put("grad_norm_sq", norm, Layout.PLAIN);

    Flow alongV = trial.backward(dot, dot.ones(), wrt);
    Flow ofNorm = trial.backward(norm, norm.ones(), wrt);
    trial.putGradient("hvp_x_cross", alongV, x, Layout.PLAIN);
    for (var p : parameters.entrySet()) {
      Layout layout = p.getValue().layout();
      trial.putGradient("hvp." + p.getKey(), alongV, p.getValue().value(), layout);
      trial.putGradient("grad_of_grad_norm_sq." + p.getKey(), ofNorm, p.getValue().value(), layout);
    }
    Var dotX = arrived(first, x).mul(trial.input("v_x", Layout.PLAIN)).total();
    trial.put("hvp_x", trial.tape().gradient(dotX, x), Layout.PLAIN);
  }

  /** One example: a backward walk per row of the Jacobian, and another per row of the Hessian. */
  private static void hessian(Trial trial) throws IOException {
    Var x = trial.input("x", Layout.PLAIN);
    Var y = trial.model(false).record(x.insertAxis(0)).output().dropAxis(0);
    int classes = y.shape().dim(0);
    int chosen = trial.golden().args().integer("output_index");
    var jacobian = new ArrayList<Var>();
    for (int c = 0; c < classes; c++) {
      jacobian.add(trial.tape().gradient(y.slice(0, c, c + 1), x));
    }
    var hessian = new ArrayList<Var>();
    for (int i = 0; i < x.shape().dim(0); i++) {
      hessian.add(trial.tape().gradient(jacobian.get(chosen).slice(0, i, i + 1), x));
    }
    trial.put("jacobian", rows(jacobian), Layout.PLAIN);
    trial.put("hessian", rows(hessian), Layout.PLAIN);
    trial.put("jvp", alongV(trial, x, y), Layout.PLAIN);
  }

  /**
   * J·v as the gradient of ⟨Jᵀ·u, v⟩ towards u: the transpose of a backward walk is a backward
   * walk.
   */
  private static Var alongV(Trial trial, Var x, Var y) throws IOException {
    Var u = trial.input("u", Numbers.of(Shape.of(y.shape().dim(0)), new double[y.shape().dim(0)]));
    Var transposed = arrived(trial.backward(y, u, List.of(x)), x);
    return trial.tape().gradient(transposed.mul(trial.input("v", Layout.PLAIN)).total(), u);
  }

  private static Var rows(List<Var> vectors) {
    return Var.concat(0, vectors.stream().map(v -> v.insertAxis(0)).toArray(Var[]::new));
  }

  private static Var sum(List<Var> terms) {
    return terms.stream().reduce(Var::add).orElseThrow();
  }

  private static Var arrived(Flow flow, Var v) {
    Var g = flow.at(v);
    return g == null ? v.zeros() : g;
  }
}
