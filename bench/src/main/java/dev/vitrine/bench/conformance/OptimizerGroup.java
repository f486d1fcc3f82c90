package dev.vitrine.bench.conformance;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.optim.Adagrad;
import dev.vitrine.nn.optim.Adam;
import dev.vitrine.nn.optim.GradientClip;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.optim.RmsProp;
import dev.vitrine.nn.optim.Schedule;
import dev.vitrine.nn.optim.Sgd;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;

/** Losses and parameters over some full-batch steps, learning-rate schedules, clipped gradients. */
final class OptimizerGroup implements Group {
  @Override
  public String name() {
    return "optimizer";
  }

  @Override
  public Set<String> methods() {
    return Set.of("SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "clip_grad_norm", "lr_schedule");
  }

  @Override
  public void run(Trial trial) throws IOException {
    switch (trial.golden().method()) {
      case "clip_grad_norm" -> clip(trial);
      case "lr_schedule" -> schedules(trial);
      default -> new Training(trial, optimizer(trial.golden())).run();
    }
  }

  private static Optimizer optimizer(GoldenCase golden) throws IOException {
    Json a = golden.args();
    float rate = a.real("lr");
    float decay = a.real("weight_decay", 0);
    return switch (golden.method()) {
      case "SGD" ->
          new Sgd(
              rate,
              a.real("momentum", 0),
              a.real("dampening", 0),
              a.flag("nesterov", false),
              decay);
      case "RMSprop" ->
          new RmsProp(
              rate,
              a.real("alpha"),
              a.real("eps"),
              a.real("momentum", 0),
              a.flag("centered", false),
              decay);
      case "Adagrad" -> new Adagrad(rate, a.real("eps"), decay);
      default -> {
        double[] betas = a.numbers("betas");
        yield new Adam(
            rate,
            (float) betas[0],
            (float) betas[1],
            a.real("eps"),
            decay,
            golden.method().equals("AdamW"),
            a.flag("amsgrad", false));
      }
    };
  }

  private static void clip(Trial trial) throws IOException {
    Json args = trial.golden().args();
    var recording = trial.model(false).record(trial.input("x", Layout.IMAGE));
    Var loss = LossCases.of(args, recording.output(), trial.input("target", Layout.PLAIN));
    Flow flow = trial.backward(loss, loss.ones(), recording.leaves());
    var gradients = new ArrayList<Var>();
    for (Var p : recording.leaves()) {
      Var g = flow.at(p);
      gradients.add(g == null ? p.zeros() : g);
    }
    trial.put("total_norm", GradientClip.norm(gradients), Layout.PLAIN);
    var clipped = GradientClip.norm(args.real("max_norm")).of(gradients).iterator();
    recording
        .parameters()
        .forEach((name, p) -> trial.put("grad." + name, clipped.next(), p.layout()));
  }

  private static void schedules(Trial trial) throws IOException {
    Json a = trial.golden().args();
    double base = a.number("base_lr");
    Json step = a.object("step");
    Json cosine = a.object("cosine");
    Json multi = a.object("multistep");
    Map<String, Schedule> schedules =
        Map.of(
            "step", Schedule.step(step.integer("step_size"), step.number("gamma")),
            "exponential", Schedule.exponential(a.object("exponential").number("gamma")),
            "cosine", Schedule.cosine(cosine.integer("T_max"), cosine.number("eta_min")),
            "multistep", Schedule.multiStep(multi.number("gamma"), multi.ints("milestones")));
    for (Expected e : trial.golden().expected("float32")) {
      Schedule s = schedules.get(e.name());
      if (s != null) {
        double[] rates = new double[e.want().values().length];
        for (int epoch = 0; epoch < rates.length; epoch++) {
          rates[epoch] = s.rate(base, epoch);
        }
        trial.put(e.name(), Numbers.of(Shape.of(rates.length), rates));
      }
    }
  }
}
