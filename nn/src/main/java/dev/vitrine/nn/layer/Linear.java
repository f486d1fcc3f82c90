package dev.vitrine.nn.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Init;
import dev.vitrine.nn.Inits;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Parameter;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** y[n, o] = Σ_i x[n, i]·w[i, o] + b[o]; weights and bias start uniform in ±1/√in. */
public final class Linear implements Layer {
  private final int in;
  private final int out;
  private final Init initWeight;
  private final Init initBias;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  Linear(int in, int out) {
    this(in, out, true, Inits.standard(in), Inits.standard(in));
  }

  private Linear(int in, int out, boolean biased, Init initWeight, Init initBias) {
    Extents.positive("linear", "in", in);
    Extents.positive("linear", "out", out);
    this.in = in;
    this.out = out;
    this.initWeight = initWeight;
    this.initBias = initBias;
    this.weight = Parameter.trained("weight", Shape.of(in, out), initWeight);
    this.bias = biased ? Parameter.trained("bias", Shape.of(out), initBias) : null;
  }

  /** A new layer like this one, with a bias or without. */
  public Linear bias(boolean wanted) {
    return new Linear(in, out, wanted, initWeight, initBias);
  }

  /** A new layer like this one, with first values drawn otherwise. */
  public Linear init(Init forWeight, Init forBias) {
    return new Linear(in, out, bias != null, forWeight, forBias);
  }

  @Override
  public Var forward(Var x, Mode mode) {
    return x.linear(weight.on(x), bias == null ? null : bias.on(x));
  }

  @Override
  public String kind() {
    return "linear";
  }

  @Override
  public List<Parameter> parameters() {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  @Override
  public String toString() {
    return new Wording("linear", in, out).option("bias", bias != null, true).toString();
  }
}
