package dev.vitrine.xai.example;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Copies;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.example.RuleSearch.Candidate;
import dev.vitrine.xai.lime.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * max_A P(A) such that P(prec(A) ≥ τ) ≥ 1 − δ, where prec(A) = E_{z ~ D(z | A)}[f(z) = f(x)]: the
 * rule that covers most of all rules under which the predictor says the same class as of the row,
 * almost always (Ribeiro, Singh and Guestrin 2018, "Anchors", eq. 3 and 4, algorithm 2).
 *
 * <p>The attribution is 1 where the rule says something of the row, else 0; {@link #find} gives the
 * rules themselves. The class is the one that the target names. Rows are searched together, so that
 * batches are full.
 *
 * @param conditions what rules consist of
 * @param precision τ
 * @param delta δ, for all rules that are tried for a row together
 * @param epsilon how much more precise than the kept rules one that isn't kept may be
 * @param beam rules that are kept of each length
 * @param longest conditions of a rule
 * @param most samples of one rule; one that isn't proven precise by then is no anchor
 */
public record Anchors(
    Conditions conditions,
    double precision,
    double delta,
    double epsilon,
    int beam,
    int longest,
    int most,
    long seed)
    implements Explainer {
  /** Samples of one rule that are computed at once. */
  private static final int TOGETHER = 128;

  public Anchors {
    if (!(precision > 0 && precision < 1 && delta > 0 && delta < 1 && epsilon > 0)) {
      throw new IllegalArgumentException(
          "precision %s, delta %s, epsilon %s: the first two must be between 0 and 1, the third"
                  .formatted(precision, delta, epsilon)
              + " more than 0");
    }
    if (beam < 1 || longest < 1 || most < 1) {
      throw new IllegalArgumentException(
          "beam %d, at most %d conditions and %d samples: at least 1 of each is needed"
              .formatted(beam, longest, most));
    }
  }

  /** τ = 0.95, δ = 0.1, ε = 0.15, four rules of each length, at most 8192 samples of a rule. */
  public static Anchors of(Conditions conditions, long seed) {
    return new Anchors(conditions, 0.95, 0.1, 0.15, 4, Integer.MAX_VALUE, 8192, seed);
  }

  /**
   * Of rows of a table, by quartile bins and categories.
   *
   * @param rows what the predictor was trained on, [m, columns]
   */
  public static Anchors table(Tensor rows, Set<Integer> categorical, long seed, String... names) {
    return of(Conditions.table(rows, categorical, names), seed);
  }

  /** Of a text, by words that are there; {@code words.subject(…)} is what it explains. */
  public static Anchors text(Words words, long seed) {
    String[] distinct = words.words().stream().distinct().toArray(String[]::new);
    return of(Conditions.kept(words.features(), Baseline.zero(), distinct), seed);
  }

  /** Another τ. */
  public Anchors precision(double tau) {
    return new Anchors(conditions, tau, delta, epsilon, beam, longest, most, seed);
  }

  /** Another number of rules that are kept. */
  public Anchors beam(int rules) {
    return new Anchors(conditions, precision, delta, epsilon, rules, longest, most, seed);
  }

  /** Rules of at most so many conditions. */
  public Anchors longest(int count) {
    return new Anchors(conditions, precision, delta, epsilon, beam, count, most, seed);
  }

  @Override
  public String name() {
    return "Anchors";
  }

  @Override
  public Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("conditions", conditions.toString());
    settings.put("precision", String.valueOf(precision));
    settings.put("delta", String.valueOf(delta));
    settings.put("epsilon", String.valueOf(epsilon));
    settings.put("beam", String.valueOf(beam));
    settings.put("longest", longest == Integer.MAX_VALUE ? "any" : String.valueOf(longest));
    settings.put("samples of a rule", String.valueOf(most));
    settings.put("seed", String.valueOf(seed));
    return settings;
  }

  @Override
  public Attribution explain(Question q) {
    List<Conditions.OfRow> rows = conditions.of(q);
    List<Anchor> anchors = find(q, rows);
    int n = q.size();
    Tensor values = new Memory("anchors").floats(q.x().shape());
    var figures = new LinkedHashMap<String, float[]>();
    for (String name : List.of("precision", "precision at least", "coverage", "samples", "found")) {
      figures.put(name, new float[n]);
    }
    for (int r = 0; r < n; r++) {
      Anchor a = anchors.get(r);
      double[] named = new double[rows.get(r).features().count()];
      a.conditions().forEach(j -> named[j] = 1);
      values.rows(r, r + 1).set(rows.get(r).features().spread(named));
      double[] of = {a.precision(), a.low(), a.coverage(), a.samples(), a.found() ? 1 : 0};
      int i = 0;
      for (float[] figure : figures.values()) {
        figure[r] = (float) of[i++];
      }
    }
    return q.answer(this, values, q.explained(), null, null, figures);
  }

  /** The anchor of each row. */
  public List<Anchor> find(Question q) {
    return find(q, conditions.of(q));
  }

  private List<Anchor> find(Question q, List<Conditions.OfRow> rows) {
    if (!(q.target().quantity() instanceof Target.Scale) || q.rivals() != null) {
      throw new IllegalArgumentException(
          "anchors of %s: an anchor holds a class, so ask for Target.predicted() or Target.of(class)"
              .formatted(q.target()));
    }
    List<RuleSearch> searches = rows.stream().map(row -> new RuleSearch(this, row)).toList();
    var round = new Round(q, rows, searches);
    while (round.count() > 0) {
      round.tell(q.predicted(round));
      round = new Round(q, rows, searches);
    }
    return IntStream.range(0, q.size())
        .mapToObj(r -> searches.get(r).anchor(q.classes()[r]))
        .toList();
  }

  /** The next samples of every rule of every row that needs some, those of a rule together. */
  private final class Round implements Copies {
    private final Question q;
    private final List<Conditions.OfRow> rows;
    private final List<RuleSearch> searches;
    private final List<Open> open = new ArrayList<>();

    /** One rule; its samples are independent of those of shorter rules, which it grew from. */
    private record Open(int row, Candidate candidate, long key) {}

    Round(Question q, List<Conditions.OfRow> rows, List<RuleSearch> searches) {
      this.q = q;
      this.rows = rows;
      this.searches = searches;
      for (int r = 0; r < rows.size(); r++) {
        for (Candidate c : searches.get(r).open()) {
          long key = Philox.pair(seed, 0, q.numbers()[r], c.rule.cardinality(), 0, 0);
          open.add(new Open(r, c, key));
        }
      }
    }

    @Override
    public int count() {
      return Math.multiplyExact(open.size(), TOGETHER);
    }

    @Override
    public int row(int c) {
      return open.get(c / TOGETHER).row();
    }

    @Override
    public void write(int c, float[] into, int at) {
      Open o = open.get(c / TOGETHER);
      int sample = o.candidate().tries() + c % TOGETHER;
      rows.get(o.row()).draw(o.candidate().rule, o.key(), sample, into, at);
    }

    void tell(int[] said) {
      for (int i = 0; i < open.size(); i++) {
        Open o = open.get(i);
        int hits = 0;
        for (int s = i * TOGETHER; s < (i + 1) * TOGETHER; s++) {
          hits += said[s] == q.classes()[o.row()] ? 1 : 0;
        }
        searches.get(o.row()).told(o.candidate(), hits, TOGETHER);
      }
    }
  }
}
