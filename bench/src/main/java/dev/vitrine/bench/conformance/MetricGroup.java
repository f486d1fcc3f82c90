package dev.vitrine.bench.conformance;

import static java.util.Map.entry;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.metric.Complexity;
import dev.vitrine.xai.metric.Correlation;
import dev.vitrine.xai.metric.Curve;
import dev.vitrine.xai.metric.Deletion;
import dev.vitrine.xai.metric.Drops;
import dev.vitrine.xai.metric.FaithfulnessCorrelation;
import dev.vitrine.xai.metric.Infidelity;
import dev.vitrine.xai.metric.Insertion;
import dev.vitrine.xai.metric.MapMetric;
import dev.vitrine.xai.metric.Masks;
import dev.vitrine.xai.metric.Perturbation;
import dev.vitrine.xai.metric.PointingGame;
import dev.vitrine.xai.metric.RelevanceMass;
import dev.vitrine.xai.metric.RelevanceRank;
import dev.vitrine.xai.metric.Removal;
import dev.vitrine.xai.metric.Sensitivity;
import dev.vitrine.xai.metric.Similarity;
import dev.vitrine.xai.metric.Sparseness;
import dev.vitrine.xai.metric.Subsets;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Replacement;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What judges explanations. */
final class MetricGroup implements Group {
  private static final Map<String, ExplainCase.Formula> METHODS =
      Map.ofEntries(
          entry("DeletionInsertion", MetricGroup::curves),
          entry("FaithfulnessCorrelation", MetricGroup::faithfulness),
          entry("Infidelity", MetricGroup::infidelity),
          entry("SensitivityMax", MetricGroup::sensitivity),
          entry("MapMetrics", MetricGroup::maps));

  @Override
  public String name() {
    return "metric";
  }

  @Override
  public Set<String> methods() {
    return METHODS.keySet();
  }

  @Override
  public void run(Trial trial) throws IOException {
    try (var c = new ExplainCase(trial)) {
      Objects.requireNonNull(METHODS.get(trial.golden().method())).run(c);
    }
  }

  /** A method that says what the case says. */
  private record Given(Tensor values) implements Explainer {
    @Override
    public String name() {
      return "given";
    }

    @Override
    public Map<String, String> settings() {
      return Map.of();
    }

    @Override
    public Attribution explain(Question q) {
      return q.answer(this, values, q.explained(), null, null);
    }
  }

  private static Removal replaced(ExplainCase c) throws IOException {
    var by = Replacement.of(Baseline.constant(c.args().real("baseline")));
    return new Removal(Features.each(), by);
  }

  /**
   * The curves of given attributions. Elements count in the order of the golden files where two are
   * equal, so attributions must differ.
   */
  private static void curves(ExplainCase c) throws IOException {
    Removal removal = replaced(c);
    int step = c.args().integer("step");
    Target target = c.target().probability();
    try (Question q = Question.of(c.subject(), c.x(), 0, target)) {
      Attribution a = new Given(c.image("attributions")).explain(q);
      List<Curve> deletion = new Deletion(removal, step).curves(q, a);
      List<Curve> insertion = new Insertion(removal, step).curves(q, a);
      c.put("fractions", row(deletion.getFirst().fractions()));
      c.put("deletion_curve", rows(deletion.stream().map(Curve::values).toList()));
      c.put("insertion_curve", rows(insertion.stream().map(Curve::values).toList()));
      c.put("deletion_auc", row(deletion.stream().mapToDouble(Curve::area).toArray()));
      c.put("insertion_auc", row(insertion.stream().mapToDouble(Curve::area).toArray()));
    }
  }

  /** Golden sets number elements in golden order. */
  private static void faithfulness(ExplainCase c) throws IOException {
    Removal removal = replaced(c);
    Numbers given = c.numbers("subsets");
    Numbers places = places(c);
    double[] own = new double[given.values().length];
    for (int i = 0; i < own.length; i++) {
      own[i] = indexOf(places.values(), given.values()[i]);
    }
    var subsets = Subsets.of(new Numbers(given.shape(), own, true).tensor(c.memory()));
    int samples = given.shape().dim(0);
    int size = given.shape().dim(1);
    var by = new Saliency(true);
    try (Question q = Question.of(c.subject(), c.x(), 0, c.target())) {
      Attribution a = by.explain(q);
      var metric = new FaithfulnessCorrelation(removal, subsets, size, samples);
      c.put("correlation", row(metric.of(q, by, a)));
      List<Drops> drops = Drops.of(removal, q, a, subsets, samples, size);
      c.put("output_drop", rows(drops.stream().map(Drops::drops).toList()));
    }
  }

  /** The golden index of each element of a row in the engine's order. */
  private static Numbers places(ExplainCase c) throws IOException {
    Shape one = c.numbers("x").shape().with(0, 1);
    double[] indices = new double[Math.toIntExact(one.size())];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = i;
    }
    return Layout.IMAGE.toEngine(Numbers.of(one, indices));
  }

  private static int indexOf(double[] values, double value) {
    int i = 0;
    while (values[i] != value) {
      i++;
    }
    return i;
  }

  private static void infidelity(ExplainCase c) throws IOException {
    Perturbation noise = noise(c);
    int samples = c.args().integer("n_perturb_samples");
    var by = new Saliency(true);
    try (Question q = Question.of(c.subject(), c.x(), 0, c.target())) {
      Attribution a = by.explain(q);
      c.put("attributions", a.values());
      c.put("infidelity", row(new Infidelity(noise, samples, false).of(q, by, a)));
      c.put("infidelity_normalized", row(new Infidelity(noise, samples, true).of(q, by, a)));
    }
  }

  private static void sensitivity(ExplainCase c) throws IOException {
    int samples = c.args().integer("n_perturb_samples");
    var metric = new Sensitivity(noise(c), samples, false);
    c.put("saliency", row(metric.of(c.subject(), c.x(), c.target(), new Saliency(true))));
    var ig = new IntegratedGradients().steps(12);
    c.put("ig", row(metric.of(c.subject(), c.x(), c.target(), ig)));
  }

  /** [rows, samples, c, h, w] becomes [rows, samples, h, w, c]. */
  private static Perturbation noise(ExplainCase c) throws IOException {
    Numbers given = c.numbers("noise");
    Numbers own = given.shape().rank() == 5 ? given.permute(0, 1, 3, 4, 2) : given;
    return Perturbation.of(own.tensor(c.memory()));
  }

  private static void maps(ExplainCase c) throws IOException {
    double[][] maps = split(c.numbers("attributions"));
    double[][] others = split(c.numbers("other"));
    var masks = new Masks(c.numbers("mask").tensor(c.memory()));
    put(c, "sparseness", new Sparseness(), maps);
    put(c, "complexity", new Complexity(), maps);
    put(c, "relevance_mass", new RelevanceMass(masks), maps);
    put(c, "relevance_rank", new RelevanceRank(masks), maps);
    put(c, "pointing_game", new PointingGame(masks), maps);
    put(c, "topk_intersection", Similarity.top(c.args().integer("k")), maps, others);
    put(c, "spearman", Similarity.of(Correlation.SPEARMAN), maps, others);
    put(c, "pearson", Similarity.of(Correlation.PEARSON), maps, others);
    put(c, "cosine", Similarity.cosine(), maps, others);
  }

  private static void put(ExplainCase c, String name, MapMetric metric, double[][] maps) {
    double[] all = new double[maps.length];
    for (int r = 0; r < all.length; r++) {
      all[r] = metric.of(maps[r], r);
    }
    c.put(name, row(all));
  }

  private static void put(
      ExplainCase c, String name, Similarity similarity, double[][] maps, double[][] others) {
    double[] all = new double[maps.length];
    for (int r = 0; r < all.length; r++) {
      all[r] = similarity.of(maps[r], others[r]);
    }
    c.put(name, row(all));
  }

  private static double[][] split(Numbers n) {
    double[][] rows = new double[n.shape().dim(0)][n.values().length / n.shape().dim(0)];
    for (int i = 0; i < n.values().length; i++) {
      rows[i / rows[0].length][i % rows[0].length] = n.values()[i];
    }
    return rows;
  }

  private static Numbers row(double[] values) {
    return Numbers.of(Shape.of(values.length), values);
  }

  private static Numbers rows(List<double[]> rows) {
    int width = rows.getFirst().length;
    double[] all = new double[rows.size() * width];
    for (int i = 0; i < all.length; i++) {
      all[i] = rows.get(i / width)[i % width];
    }
    return Numbers.of(Shape.of(rows.size(), width), all);
  }
}
