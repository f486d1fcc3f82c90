package dev.vitrine.bench.conformance;

import static java.util.Map.entry;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Samples;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.perturb.Coalitions;
import dev.vitrine.xai.perturb.FeatureAblation;
import dev.vitrine.xai.perturb.FeaturePermutation;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Game;
import dev.vitrine.xai.perturb.Occlusion;
import dev.vitrine.xai.perturb.Replacement;
import dev.vitrine.xai.shapley.ExactShapley;
import dev.vitrine.xai.shapley.KernelCoalitions;
import dev.vitrine.xai.shapley.KernelShap;
import dev.vitrine.xai.shapley.Orders;
import dev.vitrine.xai.shapley.ShapleyFit;
import dev.vitrine.xai.shapley.ShapleySampling;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What is left when features are missing. */
final class PerturbCases {
  static final Map<String, ExplainCase.Formula> METHODS =
      Map.ofEntries(
          entry("Occlusion", PerturbCases::occlusion),
          entry("FeatureAblation", c -> c.put(new FeatureAblation(features(c), replacement(c)))),
          entry("FeaturePermutation", PerturbCases::featurePermutation),
          entry("ShapleyValues", c -> attributions(c, exact(c))),
          entry("ShapleyExact", PerturbCases::shapleyExact),
          entry("ShapleyValueSampling", PerturbCases::sampling),
          entry("KernelShap", PerturbCases::kernelShap),
          entry("KernelShapGiven", PerturbCases::given));

  /** More coalitions than any case has. */
  private static final int ALL = 1 << 20;

  private PerturbCases() {}

  static Features features(ExplainCase c) throws IOException {
    if (c.has("segments")) {
      return Features.labelled(c.numbers("segments").tensor(c.memory()));
    }
    if (!c.has("feature_mask")) {
      return Features.each();
    }
    Numbers mask = Layout.IMAGE.toEngine(c.numbers("feature_mask"));
    return Features.labelled(mask.reshape(mask.shape().without(0)).tensor(c.memory()));
  }

  static Replacement replacement(ExplainCase c) throws IOException {
    return c.has("background")
        ? Replacement.background(c.image("background"))
        : Replacement.of(c.baseline());
  }

  /** Windows of images are written as [c, h, w]. */
  private static void occlusion(ExplainCase c) throws IOException {
    c.put(new Occlusion(extents(c, "window"), extents(c, "strides"), c.baseline(), false));
  }

  private static List<Integer> extents(ExplainCase c, String name) throws IOException {
    int[] e = c.args().ints(name);
    return e.length == 3 ? List.of(e[1], e[2], e[0]) : Arrays.stream(e).boxed().toList();
  }

  private static void featurePermutation(ExplainCase c) throws IOException {
    int[] all = c.numbers("permutations").ints();
    FeaturePermutation.Orders given = (i, n) -> Arrays.copyOfRange(all, i * n, (i + 1) * n);
    c.put(new FeaturePermutation(Features.each(), given));
  }

  private static ExactShapley exact(ExplainCase c) throws IOException {
    return new ExactShapley(features(c), replacement(c));
  }

  private static void attributions(ExplainCase c, ExactShapley by) throws IOException {
    c.put("attributions", c.explain(by).values());
  }

  private static void shapleyExact(ExplainCase c) throws IOException {
    attributions(c, exact(c));
    float[] nothing = new float[c.x().shape().dim(0)];
    float[] all = new float[nothing.length];
    try (Question q = Question.of(c.subject(), c.x(), 0, c.target())) {
      Game game = Game.of(q, features(c), replacement(c));
      double[][] v =
          game.values(
              IntStream.range(0, game.rows())
                  .mapToObj(r -> {
                    var ends = new Coalitions(game.features(r).count());
                    ends.add();
                    ends.addAll();
                    return ends;
                  })
                  .toList());
      for (int r = 0; r < nothing.length; r++) {
        nothing[r] = (float) v[r][0];
        all[r] = (float) v[r][1];
      }
    }
    c.put("base_value", ExplainCase.row(nothing));
    c.put("fx", ExplainCase.row(all));
  }

  private static void sampling(ExplainCase c) throws IOException {
    Tensor orders = c.numbers("permutations").tensor(c.memory());
    var by =
        new ShapleySampling(
            features(c),
            replacement(c),
            Orders.of(orders),
            false,
            new Samples(orders.shape().dim(0), 0));
    c.put("attributions", c.explain(by).values());
  }

  /** Either one output of one image by segments, or all outputs of rows of numbers. */
  private static void kernelShap(ExplainCase c) throws IOException {
    var by = new KernelShap(features(c), replacement(c), 0).samples(ALL);
    if (c.has("segments")) {
      c.put("attributions", row(c.explain(by).values()));
      try (Question q = Question.of(c.subject(), c.x(), 0, c.target())) {
        double[] phi = by.fits(q).getFirst().phi();
        c.put("group_values", Numbers.of(Shape.of(phi.length), phi));
      }
      return;
    }
    Tensor x = c.x();
    int n = x.shape().dim(0);
    int m = x.shape().dim(1);
    int outputs = c.subject().outputs(x).shape().dim(1);
    double[] all = new double[n * m * outputs];
    double[] base = new double[outputs];
    for (int k = 0; k < outputs; k++) {
      try (Question q = Question.of(c.subject(), x, 0, Target.of(k))) {
        List<ShapleyFit> fits = by.fits(q);
        base[k] = fits.getFirst().nothing();
        for (int i = 0; i < n * m; i++) {
          all[i * outputs + k] = fits.get(i / m).phi()[i % m];
        }
      }
    }
    c.put("attributions", Numbers.of(Shape.of(n, m, outputs), all));
    c.put("base_value", Numbers.of(Shape.of(outputs), base));
  }

  /** Without the batch axis, as the case has it. */
  private static Numbers row(Tensor images) {
    Numbers all = Layout.IMAGE.toGolden(Numbers.of(images));
    return all.reshape(all.shape().without(0));
  }

  private static void given(ExplainCase c) throws IOException {
    Coalitions asked = coalitions(c.numbers("coalitions"));
    try (Question q = Question.of(c.subject(), c.x(), 0, c.target())) {
      Game game = Game.of(q, features(c), replacement(c));
      var known = new Coalitions(asked.players());
      known.add();
      known.addAll();
      for (int s = 0; s < asked.count(); s++) {
        known.add(asked, s);
      }
      double[] v = game.values(List.of(known))[0];
      var kernel = KernelCoalitions.of(asked);
      int[] players = IntStream.range(0, asked.players()).toArray();
      var plain = new KernelShap.Precision(false, 0);
      double[] phi = ShapleyFit.of(players, players.length, kernel, v, 0, plain).phi();
      double[] values = Arrays.copyOfRange(v, 2, v.length);
      c.put("attributions", Numbers.of(Shape.of(phi.length), phi));
      c.put("weights", Numbers.of(Shape.of(values.length), kernel.weights()));
      c.put("values", Numbers.of(Shape.of(values.length), values));
    }
  }

  /** Rows of zeros and ones. */
  static Coalitions coalitions(Numbers given) {
    int players = given.shape().dim(1);
    var sets = new Coalitions(players);
    for (int s = 0; s < given.shape().dim(0); s++) {
      sets.add();
      for (int i = 0; i < players; i++) {
        if (given.values()[s * players + i] != 0) {
          sets.put(s, i);
        }
      }
    }
    return sets;
  }
}
