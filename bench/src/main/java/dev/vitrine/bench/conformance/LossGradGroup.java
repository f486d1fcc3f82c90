package dev.vitrine.bench.conformance;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Var;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Set;

/**
 * {@code loss} of a model on a batch, {@code grad_x}, {@code grad.<node>.<parameter>}, new running
 * statistics.
 */
final class LossGradGroup implements Group {
  @Override
  public String name() {
    return "loss_grad";
  }

  @Override
  public Set<String> methods() {
    return LossCases.OF_MODELS;
  }

  @Override
  public void run(Trial trial) throws IOException {
    Json args = trial.golden().args();
    boolean training = args.text("mode", "eval").equals("train");
    Var x = trial.input("x", Layout.IMAGE);
    var recording = trial.model(training).record(x);
    Var loss = LossCases.of(args, recording.output(), trial.input("target", Layout.PLAIN));
    trial.put("loss", loss, Layout.PLAIN);
    var wrt = new ArrayList<>(recording.leaves());
    wrt.add(x);
    Flow flow = trial.backward(loss, loss.ones(), wrt);
    trial.putGradient("grad_x", flow, x, Layout.IMAGE);
    recording
        .parameters()
        .forEach((name, p) -> trial.putGradient("grad." + name, flow, p.value(), p.layout()));
    for (GoldenModel.Norm norm : recording.norms()) {
      var running =
          RunningStatistics.after(
              norm.y().node(), norm.mean(), norm.variance(), args.real("bn_momentum"));
      trial.put("new." + norm.name() + ".running_mean", running.mean(), Layout.PLAIN);
      trial.put("new." + norm.name() + ".running_var", running.variance(), Layout.PLAIN);
    }
  }
}
