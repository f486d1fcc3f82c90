package dev.vitrine.bench.run;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Evaluation;
import dev.vitrine.nn.train.Penalty;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.Saliency;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Right for the right reasons: the same network learns from images whose decoys give the class
 * away, plainly and with a prior that keeps its explanation off the decoys, and is tested where
 * they tell nothing. A third one, which never saw a decoy, shows what can be had.
 */
public final class DecoyStudy {
  /** The network of the paper. */
  private static final String LAYERS =
      "flatten linear(%d, 50) relu linear(50, 30) relu linear(30, %d)";

  private static final float RATE = 1e-3f;
  private static final int BATCH = 64;

  /** What is trained, and how. */
  private final Workload workload;

  private final Decoys data;
  private final Prior prior;
  private final Device device;
  private final Function<String, TrainingProgress> shown;

  private DecoyStudy(
      Workload workload,
      Decoys data,
      Prior prior,
      Device device,
      Function<String, TrainingProgress> shown) {
    this.workload = workload;
    this.data = data;
    this.prior = prior;
    this.device = device;
    this.shown = shown;
  }

  /**
   * Trains all models and tests them; null if Ctrl-C ended it.
   *
   * @param name what the command line calls the data
   * @param seeds of first weights and order
   * @param shown who shows a training of this name
   */
  public static @Nullable DecoyTable run(
      String name,
      Split clean,
      Prior prior,
      int epochs,
      int[] seeds,
      Device device,
      Function<String, TrainingProgress> shown)
      throws IOException {
    try (Decoys data = Decoys.in(clean)) {
      long pixels = data.mask().size();
      var w =
          new Workload(
              "decoy",
              name,
              LAYERS.formatted(pixels, clean.train().classes().size()),
              Optimizer.adam(RATE),
              BATCH,
              epochs,
              null);
      return new DecoyStudy(w, data, prior, device, shown).run(seeds);
    }
  }

  private @Nullable DecoyTable run(int[] seeds) throws IOException {
    var rows = new ArrayList<DecoyTable.Row>();
    for (int seed : seeds) {
      for (DecoyTable.Training t : DecoyTable.Training.values()) {
        DecoyTable.Row row = train(t, seed);
        if (row == null) {
          return null;
        }
        rows.add(row);
      }
    }
    return new DecoyTable(configuration(), rows);
  }

  private DecoyTable.@Nullable Row train(DecoyTable.Training how, int seed) throws IOException {
    Split learnt = how == DecoyTable.Training.CLEAN ? data.clean() : data.telling();
    Penalty penalty = how == DecoyTable.Training.REGULARISED ? prior.silent(data.mask()) : null;
    Training t;
    try (var progress = shown.apply(how + " seed " + seed)) {
      t = Training.run(workload, learnt, penalty, seed, device, null, progress);
    }
    try (Model model = t.model()) {
      return t.stopped()
          ? null
          : new DecoyTable.Row(
              seed,
              how,
              accuracy(model, data.telling().test()),
              accuracy(model, data.random()),
              accuracy(model, data.clean().test()),
              shareOnDecoys(model),
              model.hash());
    }
  }

  private double accuracy(Model model, Dataset rows) {
    return Evaluation.of(model, rows, Loss.crossEntropy(), device).accuracy();
  }

  /** Σ over where decoys may be ÷ Σ over all pixels of |∂ predicted logit/∂x|. */
  private double shareOnDecoys(Model model) {
    try (Subject subject = Subject.of(model, device)) {
      Tensor a =
          new Saliency().explain(subject, data.random().inputs(), Target.predicted()).values();
      Tensor mask = data.mask();
      double there = 0;
      double all = 0;
      for (long i = 0; i < a.size(); i++) {
        all += a.at(i);
        there += a.at(i) * mask.at(i % mask.size());
      }
      return there / all;
    }
  }

  private Map<String, String> configuration() {
    Map<String, String> m = new LinkedHashMap<>();
    m.put("data", workload.data());
    m.put("train", data.telling().train().toString());
    m.put("test", data.clean().test().toString());
    m.put("model", workload.model());
    m.put("optimizer", workload.optimizer().toString());
    m.put("batch", Integer.toString(workload.batch()));
    m.put("epochs", Integer.toString(workload.epochs()));
    m.put("prior", prior.name());
    m.put("lambda", Float.toString(prior.lambda()));
    return m;
  }
}
