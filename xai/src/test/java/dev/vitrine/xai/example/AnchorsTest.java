package dev.vitrine.xai.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Functions;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Predictor;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.lime.Words;
import dev.vitrine.xai.perturb.Features;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Rules whose anchors are known, and what is promised of those that aren't. */
class AnchorsTest {
  private static final int[] LEVELS = {8, 3, 4, 8};

  /** Every row once: 8 · 3 · 4 · 8 whole numbers; column 1 holds categories. */
  private static Tensor everything() {
    Tensor all = new Memory("table").floats(Shape.of(768, 4));
    for (int r = 0; r < 768; r++) {
      for (int j = 0, rest = r; j < 4; rest /= LEVELS[j++]) {
        all.put(4L * r + j, rest % LEVELS[j]);
      }
    }
    return all;
  }

  private static final Anchors ANCHORS =
      Anchors.table(everything(), Set.of(1), 7, "age", "colour", "size", "speed");

  /** Class 1 where the rule is true. */
  private static Predictor rule(Predicate<float[]> rule) {
    return x -> {
      int n = x.shape().dim(0);
      float[] all = x.toFloats();
      int size = all.length / n;
      Tensor y = new Memory("outputs").floats(Shape.of(n, 2));
      for (int r = 0; r < n; r++) {
        y.put(2L * r + (rule.test(Arrays.copyOfRange(all, r * size, (r + 1) * size)) ? 1 : 0), 1);
      }
      return y;
    };
  }

  private static Anchor find(Anchors by, Predicate<float[]> rule, float... row) {
    try (Subject s = Subject.of(rule(rule), "rule");
        Question q = Question.of(s, Nets.row(row), 0, Target.predicted())) {
      return by.find(q).getFirst();
    }
  }

  @Test
  void theAnchorOfARuleIsTheRule() {
    Predicate<float[]> rule = x -> x[3] > 5.5 && x[1] == 2;
    Anchor a = find(ANCHORS, rule, 3, 2, 1, 6);
    assertTrue(a.found());
    assertEquals(List.of(1, 3), a.conditions());
    // the upper quartile of 0 … 7, 96 times each, is a quarter of the way from 5 to 6
    assertEquals(List.of("colour = 2", "speed > 5.25"), a.texts());
    assertEquals(1, a.label());
    assertEquals(1, a.precision());
    assertTrue(a.low() >= 0.95 && a.high() == 1);
    assertEquals(1 / 12.0, a.coverage(), 1e-15);
    String text = "if colour = 2 and speed > 5.25 then class 1 (precision 1.000, at least 0.957; ";
    assertEquals(text + "coverage 0.083)", a.toString());
  }

  /** P(class 0) = 11/12 < τ; of all anchors of one condition the category covers most. */
  @Test
  void theLargestCoverageWins() {
    Anchor a = find(ANCHORS, x -> x[3] > 5.5 && x[1] == 2, 3, 0, 1, 1);
    assertEquals(List.of(1), a.conditions());
    assertEquals(1 / 3.0, a.coverage(), 1e-15);
    Anchor always = find(ANCHORS.precision(0.8), x -> x[3] > 5.5 && x[1] == 2, 3, 0, 1, 1);
    assertEquals(List.of(), always.conditions());
    assertEquals(1, always.coverage());
    assertTrue(always.found() && always.toString().startsWith("always class 0"), "" + always);
  }

  /** No condition alone changes anything: an exclusive or. */
  @Test
  void conditionsThatHelpOnlyTogetherAreFound() {
    Anchor a = find(ANCHORS, x -> x[0] > 3.5 ^ x[3] > 3.5, 7, 1, 1, 0);
    assertTrue(a.found());
    assertEquals(List.of(0, 3), a.conditions());
    assertEquals(1 / 16.0, a.coverage(), 1e-15);
  }

  /** Odd and even numbers are in the same bin, so no rule tells them apart. */
  @Test
  void whatNoRuleCanSayIsSaidToBeNotFound() {
    Anchor a = find(ANCHORS, x -> x[0] % 2 == 1, 3, 2, 1, 6);
    assertFalse(a.found());
    assertTrue(a.low() < 0.5 && a.high() > 0.5, a.toString());
    assertTrue(a.toString().endsWith("no anchor was found"), a.toString());
    Anchor shorter = find(ANCHORS.longest(1), x -> x[3] > 5.5 && x[1] == 2, 3, 2, 1, 6);
    assertFalse(shorter.found());
    assertEquals(1, shorter.conditions().size());
  }

  /** All columns are independent, so a rule's precision is a share of the rows that fulfil it. */
  @Test
  void theTruePrecisionIsWithinTheBounds() {
    Predicate<float[]> rule = x -> x[3] > 5.5 && x[0] > 0.5 || x[1] == 2 && x[2] > 0.5;
    Tensor all = everything();
    int missed = 0;
    int found = 0;
    for (int seed = 0; seed < 40; seed++) {
      Anchor a = find(Anchors.table(all, Set.of(1), seed).precision(0.85), rule, 3, 2, 1, 6);
      found += a.found() ? 1 : 0;
      int rows = 0;
      int hits = 0;
      for (int r = 0; r < 768; r++) {
        float[] z = all.rows(r, r + 1).toFloats();
        // bins of (3, 2, 1, 6): 2 and 3, the category, 1, 6 and 7
        boolean[] own = {z[0] == 2 || z[0] == 3, z[1] == 2, z[2] == 1, z[3] >= 6};
        if (a.conditions().stream().allMatch(j -> own[j])) {
          rows++;
          hits += rule.test(z) ? 1 : 0;
        }
      }
      double precision = (double) hits / rows;
      missed += precision < a.low() || precision > a.high() ? 1 : 0;
      assertEquals((double) rows / 768, a.coverage(), 1e-15);
    }
    assertEquals(40, found);
    // δ of 40 searches are 4
    assertTrue(missed <= 4, "missed " + missed);
  }

  /** Rows that nobody searched with: the precision is within what was promised. */
  @Test
  void boundsHoldOnFreshSamples() {
    Tensor table = Nets.normal(31, 400, 4);
    Tensor x = Nets.normal(32, 6, 4);
    Conditions conditions = Conditions.table(table, Set.of());
    BitSet nothing = new BitSet();
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR);
        Question q = Question.of(s, x, 0, Target.predicted())) {
      List<Anchor> anchors = Anchors.of(conditions, 5).find(q);
      List<Conditions.OfRow> rows = conditions.of(q);
      int n = 4000;
      for (int r = 0; r < 6; r++) {
        Anchor a = anchors.get(r);
        var rule = new BitSet();
        a.conditions().forEach(rule::set);
        assertEquals(1, rows.get(r).coverage(nothing));
        float[] fresh = new float[4 * n];
        for (int k = 0; k < n; k++) {
          rows.get(r).draw(rule, 99, k, fresh, 4 * k);
        }
        float[] y = s.outputs(Tensor.of(Shape.of(n, 4), fresh)).toFloats();
        int hits = 0;
        for (int k = 0; k < n; k++) {
          float own = y[3 * k + a.label()];
          hits += own >= Math.max(y[3 * k], Math.max(y[3 * k + 1], y[3 * k + 2])) ? 1 : 0;
        }
        double precision = (double) hits / n;
        // four deviations of a share of 4000
        double noise = 4 * Math.sqrt(precision * (1 - precision) / n) + 1e-9;
        assertTrue(precision >= a.low() - noise && precision <= a.high() + noise, a + " " + hits);
      }
    }
  }

  @Test
  void sampledRowsFulfilTheRule() {
    Tensor table = everything();
    Tensor row = Nets.row(3, 2, 1, 6);
    var rule = new BitSet();
    rule.set(1);
    rule.set(3);
    try (Subject s = Subject.of(rule(x -> true), "rule");
        Question q = Question.of(s, row, 0, Target.predicted())) {
      Conditions.OfRow of = Conditions.table(table, Set.of(1)).of(q).getFirst();
      float[] z = new float[4];
      int[] ages = new int[8];
      for (int k = 0; k < 4000; k++) {
        of.draw(rule, 11, k, z, 0);
        assertTrue(z[1] == 2 && z[3] >= 6, Arrays.toString(z));
        ages[(int) z[0]]++;
      }
      for (int a : ages) {
        // an eighth of 4000 draws: deviation √(4000·7/64)
        assertEquals(500, a, 4 * Math.sqrt(4000 * 7 / 64.0));
      }
    }
  }

  private static List<Anchor> bits(Tensor x, int firstRow, int threads, long bytes) {
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Device.of("vector", threads)).within(bytes);
        Question q = Question.of(s, x, firstRow, Target.predicted())) {
      return Anchors.table(Nets.normal(31, 40, 4), Set.of(), 3).longest(2).find(q);
    }
  }

  @Test
  void budgetThreadsAndNeighboursChangeNothing() {
    Tensor x = Nets.normal(32, 3, 4);
    List<Anchor> wanted = bits(x, 5, 1, 1L << 30);
    assertEquals(wanted, bits(x, 5, 1, 1L << 20));
    assertEquals(wanted, bits(x, 5, 1, 4096));
    assertEquals(wanted, bits(x, 5, 3, 1L << 30));
    for (int r = 2; r >= 0; r--) {
      assertEquals(List.of(wanted.get(r)), bits(x.rows(r, r + 1), 5 + r, 1, 1L << 30));
    }
  }

  @Test
  void attributionsMarkWhatTheRuleIsAbout() {
    try (Subject s = Subject.of(rule(x -> x[3] > 5.5 && x[1] == 2), "rule")) {
      Attribution a = ANCHORS.explain(s, Nets.row(3, 2, 1, 6), Target.predicted());
      assertArrayEquals(new float[] {0, 1, 0, 1}, a.values().toFloats());
      float[] coverage = a.figures().get("coverage");
      assertNotNull(coverage);
      assertEquals(1 / 12f, coverage[0]);
    }
  }

  /** Without "not" the text is bad wherever "bad" is left. */
  @Test
  void textsAreHeldByTheirWords() {
    var words = Words.of("This film is not bad, not bad at all");
    try (Subject s =
            words.subject(
                texts -> {
                  Tensor y = new Memory("scores").floats(Shape.of(texts.size(), 2));
                  for (int i = 0; i < texts.size(); i++) {
                    boolean good = texts.get(i).contains("not") || !texts.get(i).contains("bad");
                    y.put(2L * i + (good ? 1 : 0), 1);
                  }
                  return y;
                },
                "sentiment");
        Question q = Question.of(s, words.present(), 0, Target.predicted())) {
      Anchor a = Anchors.text(words, 1).find(q).getFirst();
      assertEquals(List.of("not"), a.texts());
      assertEquals(0.5, a.coverage());
    }
  }

  /** Four quarters of an image, of which one is looked at. */
  @Test
  void imagesAreHeldByWhatIsSeen() {
    Tensor image = new Memory("image").floats(Shape.of(1, 4, 4, 1));
    for (int i = 0; i < 16; i++) {
      image.put(i, 1);
    }
    var quarters = Conditions.kept(Features.patches(2, 2), Baseline.constant(0.5f));
    try (Subject s = Subject.of(rule(x -> x[10] + x[15] > 1.5), "corner")) {
      Attribution a = Anchors.of(quarters, 2).explain(s, image, Target.predicted());
      float[] corner = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1};
      assertArrayEquals(corner, a.values().toFloats());
      assertEquals("2", a.provenance().settings().get("seed"));
    }
  }

  @Test
  void whatHasNoClassesIsRefused() {
    try (Subject s = Functions.subject(x -> x[0])) {
      Tensor x = Nets.row(1, 1, 1, 1);
      refused("hold no classes", () -> ANCHORS.explain(s, x, Target.predicted()));
    }
    try (Subject s = Subject.of(rule(x -> true), "rule")) {
      Tensor x = Nets.row(1, 1, 1, 1);
      refused("holds a class", () -> ANCHORS.explain(s, x, Target.of(1).minus(0)));
      Tensor wide = Nets.row(1, 1, 1, 1, 1);
      refused("4 columns", () -> ANCHORS.explain(s, wide, Target.predicted()));
    }
    refused("2 names for 4", () -> Anchors.table(everything(), Set.of(), 1, "a", "b"));
    refused("precision 1.0", () -> ANCHORS.precision(1));
    refused("beam 0", () -> ANCHORS.beam(0));
  }

  private static void refused(String why, Runnable what) {
    var e = assertThrows(IllegalArgumentException.class, what::run);
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }
}
