package dev.vitrine.xai.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.train.Callback;
import dev.vitrine.nn.train.Evaluation;
import dev.vitrine.tensor.Shape;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.global.AccumulatedEffects;
import dev.vitrine.xai.global.AccumulatedInteraction;
import dev.vitrine.xai.global.Axis;
import dev.vitrine.xai.global.Dependence;
import dev.vitrine.xai.global.Feature;
import dev.vitrine.xai.inside.Activations;
import dev.vitrine.xai.inside.Curve;
import dev.vitrine.xai.inside.Distribution;
import dev.vitrine.xai.inside.Histogram;
import dev.vitrine.xai.view.ColorMap;
import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurveChartsTest {
  private static final Color FIRST = Theme.category(0);
  private static final Color SECOND = Theme.category(1);
  private static final Color BAND = Theme.pale(FIRST, 0.2);

  private static String legend(Chart chart, int i) {
    return chart.plot().getLegendItems().get(i).getLabel();
  }

  @Test
  void partialDependenceIsTheMeanOfTheRows() {
    var axis = new Axis(Feature.of(0), new double[] {0, 1, 2});
    var d = new Dependence(List.of(axis), new float[][] {{0, 4, 0}, {2, 0, 2}});
    var x = Given.rows(new float[] {0.5f}, new float[] {1.5f});
    Look look = Look.at(PartialDependencePlot.of(d, x));
    assertEquals(FIRST, look.at(0.5, 1.5));
    assertEquals(FIRST, look.at(1.5, 1.5));
    assertEquals(Theme.FAINT, rug(look, 0.5));
    assertEquals(Color.WHITE, rug(look, 0.75));
    // Less the first number the rows are 0, 4, 0 and 0, −2, 0.
    Look centred = Look.at(PartialDependencePlot.centred(d, x));
    assertEquals(FIRST, centred.at(0.5, 0.5));
  }

  private static Color rug(Look look, double x) {
    double foot = look.plot().getRangeAxis().getLowerBound();
    double up = look.plot().getRangeAxis().getRange().getLength() / 100;
    return look.at(x, foot + up);
  }

  @Test
  void dependenceOnTwoFeaturesIsAColourForEachPair() {
    var first = new Axis(new Feature(0, "a"), new double[] {0, 10, 20});
    var second = new Axis(new Feature(1, "b"), new double[] {0, 1});
    // Points of the second feature lie next to each other: (0, 0), (0, 1), (10, 0), …
    float[][] rows = {{0, 1, 2, 3, 4, 5}, {0, 1, 2, 3, 4, 5}};
    var d = new Dependence(List.of(first, second), rows);
    var x = Given.rows(new float[] {4.5f, 0.8f}, new float[] {40, 40});
    Chart chart = DependenceMap.of(d, x);
    Look look = Look.at(chart);
    assertEquals(Theme.lowToHigh(0), look.at(2, 0.2));
    assertEquals(Theme.lowToHigh(0.2), look.at(2, 0.8));
    assertEquals(Theme.lowToHigh(0.4), look.at(10, 0.2));
    assertEquals(Theme.lowToHigh(1), look.at(18, 0.8));
    // The row inside is a dot, the one outside is not shown.
    assertEquals(Color.WHITE, look.at(4.5, 0.8));
    look.assertNothingIsCut();
    assertEquals("Partial dependence on a and b", chart.title());
    assertTrue(chart.description().contains("from 0 to 5"), chart.description());
  }

  @Test
  void anInteractionIsRedAboveAndBlueBelowZero() {
    var first = new Axis(Feature.of(0), new double[] {0, 1});
    var second = new Axis(Feature.of(1), new double[] {0, 1});
    var surface =
        new AccumulatedInteraction.Surface(
            first, second, new int[][] {{4}}, new double[][] {{-1, 0}, {0, 2}});
    Look look = Look.at(DependenceMap.of(surface, Given.rows(new float[] {0.9f, 0.6f})));
    assertEquals(new Color(ColorMap.DIVERGING.rgb(-0.5)), look.at(0.25, 0.25));
    assertEquals(new Color(ColorMap.DIVERGING.rgb(0)), look.at(0.25, 0.75));
    assertEquals(new Color(ColorMap.DIVERGING.rgb(1)), look.at(0.75, 0.75));
  }

  @Test
  void accumulatedEffectsLieInTheirBand() {
    var axis = new Axis(Feature.of(0), new double[] {0, 1});
    var curve =
        new AccumulatedEffects.Curve(
            axis,
            new int[] {2},
            new double[1],
            new double[1],
            new double[] {-1, 1},
            new double[][] {{1, 3}});
    var band = new AccumulatedEffects.Band(new double[] {-2, 0.5}, new double[] {-0.5, 3});
    var x = Given.rows(new float[] {0}, new float[] {1});
    Look look = Look.at(AlePlot.of(curve, x, band));
    assertEquals(FIRST, look.at(1, 1));
    // a little beyond half-way the band goes from −0.67 to 1.36
    assertEquals(BAND, look.at(0.53, 1.1));
    assertEquals(BAND, look.at(0.53, -0.45));
    assertTrue(!look.at(0.53, 1.45).equals(BAND));
    look.assertNothingIsCut();
    assertEquals(Color.WHITE, Look.at(AlePlot.of(curve, x)).at(0.53, 0.9));
  }

  @Test
  void accumulatedEffectsHaveADotAtEachEdge() {
    var axis = new Axis(Feature.of(0), new double[] {0, 1, 3});
    var curve =
        new AccumulatedEffects.Curve(
            axis,
            new int[] {1, 1},
            new double[2],
            new double[2],
            new double[] {-1, 0.5, 2},
            new double[][] {{1.5}, {1.5}});
    Look look = Look.at(AlePlot.of(curve, Given.rows(new float[] {0}, new float[] {3})));
    assertEquals(FIRST, look.at(0, -1));
    assertEquals(FIRST, look.at(1, 0.5));
    assertEquals(FIRST, look.at(3, 2));
  }

  @Test
  void removalCurvesAreMeansWithBandsAndAreas() {
    double[] t = {0, 0.5, 1};
    var a = new dev.vitrine.xai.metric.Curve(t, new double[] {1, 0.2, 0});
    var b = new dev.vitrine.xai.metric.Curve(t, new double[] {1, 0.6, 0});
    var methods = new LinkedHashMap<String, List<dev.vitrine.xai.metric.Curve>>();
    methods.put("two", List.of(a, b));
    methods.put("one", List.of(new dev.vitrine.xai.metric.Curve(t, new double[] {1, 0.9, 0.8})));
    Chart chart = RemovalCurve.of(methods);
    Look look = Look.at(chart);
    assertEquals("two, area 0.45", legend(chart, 0));
    assertEquals("one, area 0.9", legend(chart, 1));
    assertEquals(FIRST, look.at(0.5, 0.4));
    assertEquals(SECOND, look.at(0.5, 0.9));
    // se = 0.2, so the band goes from 0.008 to 0.792.
    // Beside the lines of the grid, which show through.
    assertEquals(BAND, look.at(0.48, 0.75));
    assertEquals(BAND, look.at(0.52, 0.05));
    assertTrue(!look.at(0.52, 0.82).equals(BAND));
  }

  @Test
  void rowsWithDifferentNumbersOfFeaturesShareACurve() {
    var methods = new LinkedHashMap<String, List<dev.vitrine.xai.metric.Curve>>();
    methods.put(
        "lines",
        List.of(
            new dev.vitrine.xai.metric.Curve(new double[] {0, 1}, new double[] {1, 0}),
            new dev.vitrine.xai.metric.Curve(
                new double[] {0, 0.25, 1}, new double[] {1, 0.75, 0})));
    Look look = Look.at(RemovalCurve.of(methods));
    assertEquals(FIRST, look.at(0.6, 0.4));
  }

  @Test
  void trainingHasLossAboveAccuracy() {
    List<Callback.Epoch> epochs =
        List.of(
            new Callback.Epoch(0, 3, 1, new Evaluation(4, 0.5)),
            new Callback.Epoch(1, 1, 1, new Evaluation(2, 0.9)));
    Chart chart = TrainingCurves.of(epochs);
    Look look = Look.at(chart);
    assertEquals(FIRST, look.at(0, 1.5, 2));
    assertEquals(SECOND, look.at(0, 1.5, 3));
    assertEquals(SECOND, look.at(1, 1.5, 0.7));
    assertTrue(chart.description().contains("accuracy 0.9"));
  }

  @Test
  void trainingWithoutValidationIsOneLine() {
    Look look = Look.at(TrainingCurves.of(List.of(new Callback.Epoch(0, 3, 1, null))));
    assertEquals(FIRST, look.at(0, 1, 3));
    assertEquals(0, look.count(SECOND));
  }

  @Test
  void anActivationAndItsSlopeAreTwoLines() {
    Look look =
        Look.at(
            ActivationCurve.of(
                new Curve(new float[] {-1, 0, 1}, new float[] {-2, 0, 2}, new float[] {1, 1, 1}),
                "double"));
    assertEquals(FIRST, look.at(0.25, 0.5));
    assertEquals(SECOND, look.at(-0.5, 1));
  }

  @Test
  void aHistogramMarksTheZerosOfDeadUnits() {
    var alive = new Distribution(10, 1, 1, 0, 4, 0.3);
    var dead = new Distribution(10, 0, 0, 0, 0, 1);
    var a =
        new Activations(
            Place.layer("relu"),
            Shape.of(3),
            alive,
            List.of(alive, dead, alive),
            new Histogram(0, 4, new long[] {16, 8, 4, 2}));
    Chart chart = HistogramChart.of(a);
    Look look = Look.at(chart);
    Color bar = Theme.pale(Theme.category(0), 0.75);
    Color mark = Theme.pale(Theme.category(3), 0.75);
    assertEquals("10 zeros of dead units 1", legend(chart, 1));
    assertEquals(mark, look.at(0.5, 9.5));
    assertEquals(bar, look.at(0.5, 10.5));
    assertEquals(bar, look.at(1.5, 7.5));
    assertEquals(bar, look.at(3.5, 1.5));
    assertTrue(!look.at(3.5, 2.5).equals(bar));
  }

  @Test
  void aBarThatWouldDwarfTheOthersIsCut() {
    Look look =
        Look.at(HistogramChart.of(new Histogram(0, 2, new long[] {1_000_000, 10}), "numbers"));
    assertTrue(look.plot().getRangeAxis().getUpperBound() < 20);
  }
}
