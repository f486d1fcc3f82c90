package dev.vitrine.xai.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.metric.ConfusionMatrix;
import dev.vitrine.nn.train.Callback;
import dev.vitrine.nn.train.Evaluation;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.embed.Points;
import dev.vitrine.xai.global.AccumulatedEffects;
import dev.vitrine.xai.global.AttributionSummary;
import dev.vitrine.xai.global.Axis;
import dev.vitrine.xai.global.Dependence;
import dev.vitrine.xai.global.Feature;
import dev.vitrine.xai.global.Morris;
import dev.vitrine.xai.global.PermutationImportance;
import dev.vitrine.xai.inside.DecisionMap;
import dev.vitrine.xai.inside.Histogram;
import dev.vitrine.xai.inside.Plane;
import dev.vitrine.xai.metric.Curve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Odd data give charts all the same, with nothing cut off, or one sentence that says why not. */
class EveryChartTest {
  private static final String LONG =
      "a name that nobody would give to a feature of a table, but that a machine has made up ";

  private interface Maker {
    Chart chart();
  }

  private record Case(String data, String kind, Maker maker) {}

  /** All kinds of an attribution's charts. */
  private static Stream<Case> of(String data, Attribution a, Tensor x, List<String> names) {
    int last = names.size() - 1;
    return Stream.of(
        new Case(data, "Importance", () -> Importance.of(AttributionSummary.of(a).all(), names)),
        new Case(data, "Waterfall", () -> Waterfall.of(a, x, 0, names)),
        new Case(data, "Beeswarm", () -> Beeswarm.of(a, x, names)),
        new Case(data, "DependenceScatter", () -> DependenceScatter.of(a, x, names, 0, last)),
        new Case(data, "DecisionPlot", () -> DecisionPlot.of(a, names)),
        new Case(data, "ForcePlot", () -> ForcePlot.of(a, x, 0, names)),
        new Case(data, "AttributionHeatmap", () -> AttributionHeatmap.of(a, names)),
        new Case(
            data,
            "AttributionHeatmap by similarity",
            () -> AttributionHeatmap.of(a, names, 3, InstanceOrder.SIMILARITY)));
  }

  private static Stream<Case> attributions() {
    float[][] one = Given.random(1, 1);
    float[][] few = Given.random(30, 5);
    float[][] wide = Given.random(3, 200);
    float[][] huge = Given.random(20, 4);
    float[][] equal = new float[10][3];
    for (float[] row : huge) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= 1e30f;
      }
    }
    for (float[] row : equal) {
      Arrays.fill(row, 0.25f);
    }
    List<String> longNames = IntStream.range(0, 5).mapToObj(j -> LONG + j).toList();
    return Stream.of(
            of("one number", Given.attribution(1, 0, one), Given.rows(one), Given.names(1)),
            of("usual", Given.attribution(1, 0.1f, few), Given.rows(few), Given.names(5)),
            of("long names", Given.attribution(0, 0, few), Given.rows(few), longNames),
            of("200 features", Given.attribution(0, 0, wide), Given.rows(wide), Given.names(200)),
            of("huge", Given.attribution(0, 0, huge), Given.rows(huge), Given.names(4)),
            of("equal", Given.attribution(0, 0, equal), Given.rows(equal), Given.names(3)),
            of(
                "zeros",
                Given.attribution(0, 0, new float[2][3]),
                Given.rows(new float[2][3]),
                Given.names(3)))
        .flatMap(s -> s);
  }

  /** What can be drawn although some of it is not a number. */
  private static Stream<Case> holes() {
    float[][] a = Given.random(10, 3);
    float[][] x = Given.random(10, 3);
    a[2][1] = Float.NaN;
    a[3][0] = Float.POSITIVE_INFINITY;
    x[4][1] = Float.NaN;
    Arrays.fill(x[5], Float.NEGATIVE_INFINITY);
    Attribution all = Given.attribution(0, 0, a);
    return of("holes", all, Given.rows(x), Given.names(3))
        .filter(c -> !c.kind().equals("DecisionPlot"));
  }

  private static Stream<Case> others() {
    double nan = Double.NaN;
    var axis = new Axis(new Feature(0, LONG), new double[] {1, 1e6});
    var single = new Axis(Feature.of(0), new double[] {3});
    var x = Given.rows(new float[] {1}, new float[] {Float.NaN}, new float[] {5e5f});
    var effects =
        new AccumulatedEffects.Curve(
            axis,
            new int[1],
            new double[1],
            new double[1],
            new double[] {-1e-9, 1e-9},
            new double[1][0]);
    var curves = new LinkedHashMap<String, List<Curve>>();
    for (int i = 0; i < 12; i++) {
      curves.put(LONG + i, List.of(new Curve(new double[] {0, 1}, new double[] {nan, i})));
    }
    var epochs = new ArrayList<Callback.Epoch>();
    for (int i = 0; i < 300; i++) {
      epochs.add(new Callback.Epoch(i, i == 7 ? nan : 1e-3 * i, 1, new Evaluation(i, nan)));
    }
    List<String> classes = IntStream.range(0, 26).mapToObj(i -> LONG + i).toList();
    int[] labels = IntStream.range(0, 52).map(i -> i / 2).toArray();
    var matrix = new ConfusionMatrix(26, labels, labels);
    float[][] scores = Given.random(52, 26);
    double[] places = IntStream.range(0, 104).mapToDouble(i -> i * i).toArray();
    return Stream.of(
        new Case(
            "one permutation",
            "Importance",
            () ->
                Importance.of(
                    new PermutationImportance.Importance(
                        0.9, new double[][] {{0.1}, {nan}, {-0.2}}),
                    List.of())),
        new Case(
            "one trajectory",
            "Importance",
            () -> Importance.of(new Morris.Effects(new double[][] {{1}, {-2}}), List.of())),
        new Case(
            "NaN alone",
            "Importance",
            () -> Importance.of(new double[] {nan}, new double[] {nan}, List.of(), LONG, 1)),
        new Case(
            "one row with a hole",
            "PartialDependencePlot",
            () ->
                PartialDependencePlot.of(
                    new Dependence(List.of(axis), new float[][] {{Float.NaN, 1}}), x)),
        new Case(
            "one value of each",
            "DependenceMap",
            () ->
                DependenceMap.of(
                    new Dependence(
                        List.of(single, new Axis(new Feature(0, LONG), new double[] {1, 1e6})),
                        new float[][] {{Float.NaN, 1}}),
                    x)),
        new Case(
            "one value",
            "PartialDependencePlot",
            () ->
                PartialDependencePlot.centred(
                    new Dependence(List.of(single), new float[][] {{1}, {2}}), x)),
        new Case("tiny", "AlePlot", () -> AlePlot.of(effects, x)),
        new Case("12 long names", "RemovalCurve", () -> RemovalCurve.of(curves)),
        new Case("300 epochs", "TrainingCurves", () -> TrainingCurves.of(epochs)),
        new Case("26 classes", "ConfusionChart", () -> ConfusionChart.of(matrix, classes)),
        new Case(
            "one class",
            "ConfusionChart",
            () -> ConfusionChart.of(new ConfusionMatrix(1, new int[1], new int[1]), List.of())),
        new Case(
            "26 classes",
            "RocChart",
            () -> RocChart.of(Given.rows(scores), Tensor.of(Shape.of(52), labels), classes)),
        new Case(
            "yes or no",
            "RocChart",
            () ->
                RocChart.of(
                    Tensor.of(Shape.of(2, 1), 1, 2),
                    Tensor.of(Shape.of(2), new int[] {0, 1}),
                    List.of())),
        new Case(
            "one number",
            "HistogramChart",
            () -> HistogramChart.of(new Histogram(3, 3, new long[] {7, 0, 0}), "numbers")),
        new Case(
            "nothing",
            "HistogramChart",
            () -> HistogramChart.of(new Histogram(0, 1, new long[3]), LONG)),
        new Case(
            "a step",
            "ActivationCurve",
            () ->
                ActivationCurve.of(
                    new dev.vitrine.xai.inside.Curve(
                        new float[] {-1, 1}, new float[] {0, 0}, new float[] {Float.NaN, 0}),
                    LONG)),
        new Case(
            "NaN on a side",
            "DecisionBoundary",
            () ->
                DecisionBoundary.of(
                    DecisionMap.of(
                        rows -> {
                          float[] y = rows.toFloats();
                          y[0] = Float.NaN;
                          return Tensor.of(rows.shape(), y);
                        },
                        Plane.ofTwo(),
                        -1,
                        1,
                        -1,
                        1,
                        4,
                        4),
                    Given.rows(Given.random(3, 2)),
                    new int[] {0, 1, 8},
                    List.of())),
        new Case(
            "26 classes",
            "EmbeddingScatter",
            () -> EmbeddingScatter.of(new Points(52, 2, places), labels, classes)),
        new Case(
            "one point",
            "EmbeddingScatter",
            () -> EmbeddingScatter.of(new Points(1, 2, new double[2]), new int[1], List.of())));
  }

  @TestFactory
  Stream<DynamicTest> isDrawnWithNothingCut() {
    return Stream.of(attributions(), holes(), others())
        .flatMap(s -> s)
        .map(c ->
            DynamicTest.dynamicTest(
                c.kind() + " of " + c.data(),
                () -> {
                  Look.at(c.maker().chart()).assertNothingIsCut();
                  Look.svg(c.maker().chart());
                }));
  }

  private static void assertRefused(String sentence, Maker maker) {
    String why = assertThrows(IllegalArgumentException.class, maker::chart).getMessage();
    assertTrue(why.contains(sentence), why);
  }

  @Test
  void whatCannotBeDrawnIsRefusedWithAReason() {
    float[][] a = {{1, 2}, {3, Float.NaN}};
    Attribution broken = Given.attribution(0, 0, a);
    Attribution saliency = Given.incomplete(new float[] {1, 2});
    var x = Given.rows(a);
    assertRefused("does not promise", () -> Waterfall.of(saliency, 0, List.of()));
    assertRefused("does not promise", () -> ForcePlot.of(saliency, 0, List.of()));
    assertRefused("does not promise", () -> DecisionPlot.of(saliency, List.of()));
    assertRefused("\"x1\" has the attribution NaN", () -> Waterfall.of(broken, 1, List.of()));
    assertRefused("row 1: feature \"x1\"", () -> DecisionPlot.of(broken, List.of()));
    assertRefused("row 2 of 2: rows count from 0 to 1", () -> Waterfall.of(broken, 2, List.of()));
    assertRefused("1 names for 2 features", () -> Beeswarm.of(broken, x, List.of("a")));
    assertRefused("rows of shape [1, 2]", () -> Beeswarm.of(broken, Given.rows(a[0]), List.of()));
    assertRefused("feature 2 of 2", () -> DependenceScatter.of(broken, x, List.of(), 2));
    assertRefused(
        "0 features to show",
        () -> AttributionHeatmap.of(broken, List.of(), 0, InstanceOrder.OUTPUT));
    assertRefused("no methods given", () -> RemovalCurve.of(new LinkedHashMap<>()));
    assertRefused("no epochs given", () -> TrainingCurves.of(List.of()));
    var points = new Points(1, 3, new double[3]);
    assertRefused("3 coordinates", () -> EmbeddingScatter.of(points, new int[1], List.of()));
    var two = new Points(2, 2, new double[4]);
    assertRefused("1 labels for 2", () -> EmbeddingScatter.of(two, new int[1], List.of()));
    assertRefused(
        "label 1: classes count from 0 to 0",
        () -> EmbeddingScatter.of(two, new int[] {0, 1}, List.of("a")));
    assertRefused(
        "of one class",
        () ->
            RocChart.of(
                Tensor.of(Shape.of(2, 2), 1, 2, 3, 4),
                Tensor.of(Shape.of(2), new int[2]),
                List.of()));
    var surface =
        new Dependence(
            List.of(
                new Axis(Feature.of(0), new double[] {0}),
                new Axis(Feature.of(1), new double[] {0})),
            new float[][] {{1}});
    assertRefused("dependence of 2 features", () -> PartialDependencePlot.of(surface, x));
    var line = new Dependence(List.of(surface.axes().getFirst()), new float[][] {{1}});
    assertRefused("dependence of 1 feature", () -> DependenceMap.of(line, x));
  }

  @Test
  void attributionsThatPromiseNothingHaveTheOtherCharts() {
    Attribution a = Given.incomplete(new float[] {1, 2}, new float[] {3, 4});
    assertEquals(
        "Given, 2 rows", Beeswarm.of(a, Given.rows(Given.random(2, 2)), List.of()).title());
    assertEquals("Given, 2 rows", AttributionHeatmap.of(a, List.of()).title());
  }
}
