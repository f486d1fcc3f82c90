package dev.vitrine.bench.experiment;

import dev.vitrine.bench.experiment.Experiment.Explanations;
import dev.vitrine.bench.experiment.Outcome.Explained;
import dev.vitrine.bench.experiment.Outcome.Method;
import dev.vitrine.bench.experiment.Outcome.Score;
import dev.vitrine.bench.experiment.Outcome.Trained;
import dev.vitrine.bench.run.Comparison;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.bench.run.Models;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.Range;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.bench.run.Training;
import dev.vitrine.bench.run.TrainingProgress;
import dev.vitrine.bench.run.Workload;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.train.Callback;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.metric.Estimate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Does what an experiment says: trains its models, explains them, judges the explanations. */
final class Reproduction implements AutoCloseable {
  private final String name;
  private final Experiment experiment;
  private final Split data;
  private final Device device;
  private final BiFunction<String, String, Progress> progress;
  private final Map<Integer, Model> models = new LinkedHashMap<>();

  /** {@code progress} shows a part of the work, by its name and what it counts. */
  Reproduction(
      String name,
      Experiment experiment,
      Split data,
      Device device,
      BiFunction<String, String, Progress> progress) {
    this.name = name;
    this.experiment = experiment;
    this.data = data;
    this.device = device;
    this.progress = progress;
  }

  /** Does all of it; stops with a {@link CancellationException} on Ctrl-C. */
  Outcome run() throws IOException {
    List<Trained> trained = new ArrayList<>();
    for (int seed : experiment.seeds()) {
      trained.add(train(seed, trained.isEmpty()));
    }
    return new Outcome(
        experiment.asked(),
        hash(data.train()),
        hash(data.test()),
        data.test().size(),
        trained,
        explained());
  }

  private static String hash(Dataset rows) {
    return TensorHash.of(Map.of("inputs", rows.inputs(), "targets", rows.targets()));
  }

  private Trained train(int seed, boolean traced) throws IOException {
    Workload w = experiment.workload(name);
    Model model = Models.of(experiment.model());
    models.put(seed, model);
    String first = model.init(seed).hash();
    var recorder = new Trace.Recorder(model);
    Callback told = traced ? recorder : new Callback() {};
    try (var shown = new TrainingProgress(progress.apply("seed " + seed, "rows"))) {
      Training t = Training.watched(w, model, data, seed, device, shown, told);
      if (t.stopped()) {
        throw new CancellationException();
      }
      Trace steps = traced ? recorder.trace() : null;
      return new Trained(seed, first, steps, model.hash(), t.test().accuracy(), t.test().loss());
    }
  }

  private @Nullable Explained explained() {
    Explanations asked = experiment.explanations();
    if (asked == null) {
      return null;
    }
    var subjects = new ArrayList<Subject>();
    try (Progress shown = progress.apply("explanations", "parts")) {
      for (int seed : Range.parse("seeds", asked.seeds()).values()) {
        subjects.add(Subject.of(model(seed), device));
      }
      int[] rows = Range.parse("rows", asked.rows()).values();
      var comparison = new Comparison(subjects, data.test(), rows, asked.metrics());
      comparison.show(shown, asked.methods().size());
      for (String method : asked.methods()) {
        comparison.add(method, Methods.of(method, reference(asked)));
      }
      Map<String, Method> methods = new LinkedHashMap<>();
      comparison.methods().forEach(row -> methods.put(row.method(), method(row)));
      return new Explained(comparison.inputs(), methods);
    } finally {
      subjects.forEach(Subject::close);
    }
  }

  private Model model(int seed) {
    Model model = models.get(seed);
    if (model == null) {
      throw new IllegalArgumentException(
          "%s explains the model of seed %d, but trains those of seeds %s"
              .formatted(name, seed, experiment.training().seeds()));
    }
    return model;
  }

  private Reference reference(Explanations asked) {
    var train = data.train().inputs();
    return asked.missing() == null
        ? Reference.usual(train)
        : new Reference(train, Reference.Missing.named(asked.missing()));
  }

  private static Method method(Comparison.Row row) {
    Map<String, Score> metrics = new LinkedHashMap<>();
    for (Comparison.Cell c : row.metrics()) {
      Estimate e = c.estimate();
      metrics.put(c.metric(), new Score(e.mean(), e.interval().half(), hash(c.values())));
    }
    return new Method(row.attributions(), metrics);
  }

  private static String hash(List<float[]> values) {
    try (var memory = new Memory("scores")) {
      Map<String, Tensor> all = new LinkedHashMap<>();
      for (float[] of : values) {
        all.put(String.valueOf(all.size()), memory.floats(Shape.of(of.length)).set(of));
      }
      return TensorHash.of(all);
    }
  }

  @Override
  public void close() {
    models.values().forEach(Model::close);
  }
}
