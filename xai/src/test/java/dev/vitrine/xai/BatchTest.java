package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.rule.DeepLift;
import dev.vitrine.xai.rule.RevealCancel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A batch of n rows is explained as n batches of one row, bit for bit, with any team. */
class BatchTest {
  private static final int[] CLASSES = {2, 0, 1, 1};
  private static final int[] RIVALS = {0, 1, 0, 2};

  /** Rows before these, which were explained in another call. */
  private static final int FIRST = 37;

  private static final Place LAYER = Place.layer("conv1");
  private static final Tensor DATA = Nets.normal(12, 3, 8, 8, 1);
  private static final Tensor X = Nets.normal(11, CLASSES.length, 8, 8, 1);

  @Test
  void rowsDoNotInfluenceEachOther() {
    List<Explainer> methods = new ArrayList<>(AllMethods.gradients(LAYER, DATA, 2, 3, 1));
    methods.addAll(AllMethods.images(LAYER));
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Explainer method : methods) {
        for (Target.Scale scale : Target.Scale.values()) {
          eachRowIsOnItsOwn(s, method, new Target(scale, CLASSES, null));
        }
        eachRowIsOnItsOwn(s, method, Target.of(CLASSES).minus(RIVALS));
      }
    }
  }

  @Test
  void rowsDoNotInfluenceEachOtherInRules() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Explainer method : AllMethods.rules(LAYER, DATA)) {
        eachRowIsOnItsOwn(s, method, Target.of(CLASSES));
        eachRowIsOnItsOwn(s, method, Target.of(CLASSES).minus(RIVALS));
      }
    }
  }

  @Test
  void rulesRefuseASoftmax() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Explainer method : AllMethods.rules(LAYER, DATA)) {
        for (Target t :
            List.of(Target.of(CLASSES).probability(), Target.of(CLASSES).logProbability())) {
          var e =
              assertThrows(
                  IllegalStateException.class, () -> method.explain(s, X, t), method.toString());
          assertTrue(e.getMessage().contains("oftmax"), e.getMessage());
        }
      }
    }
  }

  private static void eachRowIsOnItsOwn(Subject s, Explainer method, Target target) {
    Attribution all = method.explain(s, X, FIRST, target);
    int[] rivals = target.rivals();
    for (int r = 0; r < CLASSES.length; r++) {
      Target own =
          new Target(
              target.quantity(),
              new int[] {CLASSES[r]},
              rivals == null ? null : new int[] {rivals[r]});
      Attribution one = method.explain(s, X.rows(r, r + 1), FIRST + r, own);
      String what = method + " of row " + r + ", " + target;
      assertArrayEquals(one.values().toFloats(), all.row(r).toFloats(), what);
      assertEquals(one.outputs()[0], all.outputs()[r], what);
      assertEquals(CLASSES[r], all.classes()[r], what);
      if (all.convergence() != null) {
        var alone = Objects.requireNonNull(one.convergence());
        assertEquals(alone.gap()[0], all.convergence().gap()[r], what);
        assertEquals(alone.steps()[0], all.convergence().steps()[r], what);
        assertEquals(alone.converged()[0], all.convergence().converged()[r], what);
      }
      if (all.standardError() != null) {
        Tensor alone = Objects.requireNonNull(one.standardError());
        assertArrayEquals(
            alone.toFloats(), all.standardError().rows(r, r + 1).toFloats(), "error of " + what);
      }
      if (all.ledger() != null) {
        assertEquals(
            Objects.requireNonNull(one.ledger()).of(0), all.ledger().of(r), "ledger of " + what);
      }
    }
  }

  @Test
  void aSharedBaselineIsLikeOneForEachRow() {
    Tensor shared = Nets.normal(14, 1, 8, 8, 1);
    Tensor own = Nets.normal(0, X.shape().dims());
    for (int r = 0; r < CLASSES.length; r++) {
      own.rows(r, r + 1).set(shared);
    }
    var methods = new ArrayList<>(List.of(new DeepLift().withLedger(), new DeepLift().at(LAYER)));
    for (RevealCancel where : RevealCancel.values()) {
      methods.add(new DeepLift().revealCancel(where));
    }
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (DeepLift method : methods) {
        Attribution a = method.baseline(Baseline.of(shared)).explain(s, X, Target.of(CLASSES));
        Attribution b = method.baseline(Baseline.of(own)).explain(s, X, Target.of(CLASSES));
        assertEquals(b.hash(), a.hash(), method.toString());
        assertArrayEquals(gap(b), gap(a), method.toString());
        if (method.ledger()) {
          assertEquals(Objects.requireNonNull(b.ledger()).of(0), a.ledger().of(0));
        }
      }
    }
  }

  /** Rows that are scattered over many machines keep their random numbers. */
  @Test
  void numbersGoWithTheirRows() {
    int[] backwards = {3, 2, 1, 0};
    int[] numbers = Arrays.stream(backwards).map(r -> FIRST + r).toArray();
    int[] classes = Arrays.stream(backwards).map(r -> CLASSES[r]).toArray();
    Tensor x = Nets.normal(0, X.shape().dims());
    for (int i = 0; i < backwards.length; i++) {
      x.rows(i, i + 1).set(X.rows(backwards[i], backwards[i] + 1));
    }
    List<Explainer> methods = new ArrayList<>(AllMethods.gradients(LAYER, DATA, 2, 3, 1));
    methods.addAll(AllMethods.images(LAYER));
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Explainer method : methods) {
        Attribution ascending = method.explain(s, X, FIRST, Target.of(CLASSES));
        try (Question q = Question.of(s, x, numbers, Target.of(classes))) {
          Attribution a = method.explain(q);
          for (int i = 0; i < backwards.length; i++) {
            assertArrayEquals(
                ascending.row(backwards[i]).toFloats(), a.row(i).toFloats(), method.toString());
          }
        }
      }
    }
  }

  private static float[] gap(Attribution a) {
    return Objects.requireNonNull(a.convergence()).gap();
  }

  /** A black image and a grey one: nothing moves, nothing ranges, nothing fires. */
  @Test
  void emptyImagesHaveNumbers() {
    Tensor x = Tensor.of(Shape.of(2, 8, 8, 1), new float[128]);
    for (long i = 64; i < 128; i++) {
      x.put(i, 0.25f);
    }
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Explainer method : AllMethods.ofLogits(LAYER, DATA, 2, 3, 1)) {
        for (float v : method.explain(s, x, Target.predicted()).values().toFloats()) {
          assertTrue(Float.isFinite(v), method + ": " + v);
        }
      }
    }
  }

  /** Enough rows for a team to share the work, on each backend that can be had here. */
  @Test
  void theNumberOfThreadsChangesNoBit() {
    Tensor x = Nets.normal(13, 24, 8, 8, 1);
    List<Explainer> methods = AllMethods.ofLogits(LAYER, DATA, 2, 3, 1);
    try (Model m = Nets.images()) {
      List<String> wanted = hashes(m, Nets.SCALAR, methods, x);
      for (var backend : Device.backends()) {
        // the reference had one thread already, and is slow
        int first = backend.name().equals("scalar") ? 3 : 1;
        for (int threads = first; backend.unavailable() == null && threads <= 3; threads++) {
          Device d = Device.of(backend.name(), threads);
          assertEquals(wanted, hashes(m, d, methods, x), d.toString());
        }
      }
    }
  }

  private static List<String> hashes(Model m, Device d, List<Explainer> methods, Tensor x) {
    int[] classes = new int[x.shape().dim(0)];
    Arrays.setAll(classes, r -> r % 3);
    try (Subject s = Subject.of(m, d)) {
      return methods.stream()
          .map(e -> e + " " + e.explain(s, x, Target.of(classes)).hash())
          .toList();
    }
  }
}
