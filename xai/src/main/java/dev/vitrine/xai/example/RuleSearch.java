package dev.vitrine.xai.example;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The beam search for the anchor of one row (Ribeiro, Singh and Guestrin 2018, algorithm 2): rules
 * grow by one condition per level; the {@code beam} most precise are found by KL-LUCB, sampling
 * where it matters, and those that are anchors compete by coverage.
 *
 * <p>It samples nothing itself: it says which rules need samples, and is told what came of them.
 */
final class RuleSearch {
  private final Anchors by;
  private final Conditions.OfRow row;

  /** Conditions that are not true of everything anyway. */
  private final int[] conditions;

  private List<Candidate> level;
  private Candidate best;
  private int samples;

  /** A rule and what is known of its precision. */
  static final class Candidate {
    final BitSet rule;
    final double coverage;
    private final double delta;
    private int hits;
    private int tries;
    private Bounds bounds = new Bounds(0, 1);

    private Candidate(BitSet rule, double coverage, double delta) {
      this.rule = rule;
      this.coverage = coverage;
      this.delta = delta;
    }

    /** How many samples it has had. */
    int tries() {
      return tries;
    }

    private double mean() {
      return (double) hits / tries;
    }
  }

  RuleSearch(Anchors by, Conditions.OfRow row) {
    this.by = by;
    this.row = row;
    int count = row.features().count();
    this.conditions =
        IntStream.range(0, count).filter(j -> row.coverage(with(new BitSet(), j)) < 1).toArray();
    this.best = new Candidate(new BitSet(), 1, share(1));
    this.level = List.of(best);
  }

  private static BitSet with(BitSet rule, int condition) {
    var more = (BitSet) rule.clone();
    more.set(condition);
    return more;
  }

  /** δ is shared by all levels, and by the candidates of each. */
  private double share(int candidates) {
    return by.delta() / (longest() + 1) / candidates;
  }

  private int longest() {
    return Math.min(by.longest(), conditions.length);
  }

  /** The rules that need more samples now; none when the search is over. */
  List<Candidate> open() {
    while (!level.isEmpty()) {
      List<Candidate> open = undecided();
      if (!open.isEmpty()) {
        return open;
      }
      level = next();
    }
    return List.of();
  }

  /** What came of more samples. */
  void told(Candidate c, int hits, int tries) {
    c.hits += hits;
    c.tries += tries;
    c.bounds = Bounds.of(c.hits, c.tries, c.delta);
    samples += tries;
  }

  private List<Candidate> undecided() {
    List<Candidate> untried = level.stream().filter(c -> c.tries == 0).toList();
    if (!untried.isEmpty()) {
      return untried;
    }
    List<Candidate> kept = kept();
    var rest = level.stream().filter(c -> !kept.contains(c)).max(comparing(c -> c.bounds.high()));
    if (rest.isPresent()) {
      Candidate weakest = kept.stream().min(comparing(c -> c.bounds.low())).orElseThrow();
      if (rest.get().bounds.high() - weakest.bounds.low() > by.epsilon()) {
        List<Candidate> both = affordable(List.of(weakest, rest.get()));
        if (!both.isEmpty()) {
          return both;
        }
      }
    }
    return affordable(
        kept.stream()
            .filter(c -> c.bounds.low() < by.precision() && c.bounds.high() >= by.precision())
            .toList());
  }

  private List<Candidate> affordable(List<Candidate> of) {
    return of.stream().filter(c -> c.tries < by.most()).toList();
  }

  /** The most precise of the level, so far; the first of equal ones. */
  private List<Candidate> kept() {
    return level.stream().sorted(comparing(c -> -c.mean())).limit(by.beam()).toList();
  }

  private static Comparator<Candidate> comparing(ToDoubleFunction<Candidate> by) {
    return Comparator.comparingDouble(by);
  }

  private boolean isAnchor(Candidate c) {
    return c.bounds.low() >= by.precision();
  }

  /** Ends a level: the best rule so far, and the rules that may be better. */
  private List<Candidate> next() {
    for (Candidate c : level) {
      boolean better =
          isAnchor(best)
              ? isAnchor(c) && c.coverage > best.coverage
              : c.bounds.low() > best.bounds.low();
      best = better ? c : best;
    }
    var rules = new LinkedHashSet<BitSet>();
    for (Candidate c : kept()) {
      for (int j : conditions) {
        if (!c.rule.get(j) && c.rule.cardinality() < longest()) {
          rules.add(with(c.rule, j));
        }
      }
    }
    if (isAnchor(best)) {
      rules.removeIf(rule -> row.coverage(rule) <= best.coverage);
    }
    var next = new ArrayList<Candidate>();
    for (BitSet rule : rules) {
      next.add(new Candidate(rule, row.coverage(rule), share(rules.size())));
    }
    return next;
  }

  /** The best rule. */
  Anchor anchor(int label) {
    return new Anchor(
        best.rule.stream().boxed().toList(),
        best.rule.stream().mapToObj(row::text).toList(),
        label,
        isAnchor(best),
        best.mean(),
        best.bounds.low(),
        best.bounds.high(),
        best.coverage,
        samples);
  }
}
