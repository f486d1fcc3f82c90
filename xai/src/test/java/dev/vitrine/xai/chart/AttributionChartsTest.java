package dev.vitrine.xai.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.global.AttributionSummary;
import dev.vitrine.xai.view.ColorMap;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.axis.SymbolAxis;
import org.junit.jupiter.api.Test;

/** Marks stand where the numbers say. */
class AttributionChartsTest {
  private static final Color BAR = Theme.pale(Theme.category(0), 0.75);
  private static final Color UP = Theme.signed(1);
  private static final Color DOWN = Theme.signed(-1);

  /** From 2 by +1 and −3 and +0.5 to 0.5. */
  private static final Attribution ONE = Given.attribution(2, 0, new float[] {1, -3, 0.5f});

  private static List<String> rows(Look look) {
    return Arrays.asList(((SymbolAxis) look.plot().getRangeAxis()).getSymbols());
  }

  private static List<String> values(Look look) {
    return Arrays.asList(((SymbolAxis) look.plot().getRangeAxis(1)).getSymbols());
  }

  @Test
  void importanceEndsWhereTheMeanIsAndTheLargestComesFirst() {
    double[] nan = {Double.NaN, Double.NaN, Double.NaN};
    Look look =
        Look.at(Importance.of(new double[] {1, 4, -2}, nan, List.of("a", "b", "c"), "loss", 20));
    assertEquals(List.of("b", "a", "c"), rows(look));
    assertEquals(List.of("4", "1", "−2"), values(look));
    assertEquals(BAR, look.at(3.9, 0));
    assertEquals(Color.WHITE, look.at(4.05, 0.2));
    assertEquals(BAR, look.at(0.9, 1));
    assertEquals(Color.WHITE, look.at(1.1, 1.2));
    assertEquals(BAR, look.at(-1.9, 2));
  }

  @Test
  void theIntervalOfAnImportanceIs196StandardErrorsToEachSide() {
    Look look =
        Look.at(Importance.of(new double[] {10}, new double[] {1}, List.of("a"), "mean", 20));
    assertEquals(List.of("10 ± 2"), values(look));
    assertEquals(BAR, look.at(8, 0.2));
    // The line runs through the middle of the row, over the end of the bar.
    assertNotEquals(Color.WHITE, look.at(11.9, 0));
    assertEquals(Color.WHITE, look.at(11.8, 0.25));
    assertEquals(Color.WHITE, look.at(12.05, 0));
  }

  @Test
  void importanceOfASummaryIsItsMeanAmountAndTheRestIsCounted() {
    float[][] a = Given.random(50, 30);
    AttributionSummary.Means means = AttributionSummary.of(Given.attribution(0, 0, a)).all();
    Look look = Look.at(Importance.of(means, Given.names(30)));
    int[] order = means.order();
    assertEquals("feature " + order[0], rows(look).getFirst());
    assertEquals("and 10 more", rows(look).getLast());
    assertEquals(21, rows(look).size());
    assertTrue(values(look).getFirst().startsWith(Figures.brief(means.amount()[order[0]])));
    assertEquals("at most " + Figures.brief(means.amount()[order[20]]), values(look).getLast());
  }

  @Test
  void aWaterfallGoesFromTheBaseToTheOutput() {
    Look look = Look.at(Waterfall.of(ONE, 0, List.of("a", "b", "c")));
    assertEquals(List.of("base value", "b", "a", "c", "f(x)"), rows(look));
    assertEquals(List.of("2", "−3", "+1", "+0.5", "0.5"), values(look));
    assertEquals(Theme.INK, look.at(2, 0));
    assertEquals(DOWN, look.at(1.9, 1));
    assertEquals(DOWN, look.at(-0.9, 1));
    assertEquals(Color.WHITE, look.at(-1.05, 1.2));
    assertEquals(UP, look.at(-0.5, 2));
    assertEquals(UP, look.at(0.25, 3));
    assertEquals(Theme.INK, look.at(0.5, 4));
  }

  @Test
  void aWaterfallShowsWhatCompletenessMisses() {
    Attribution a = Given.attribution(0, 0.5f, new float[] {2, -1});
    Look look = Look.at(Waterfall.of(a, 0, List.of("a", "b")));
    assertEquals(List.of("base value", "a", "b", "not attributed", "f(x)"), rows(look));
    assertEquals(List.of("0", "+2", "−1", "−0.5", "0.5"), values(look));
  }

  @Test
  void aWaterfallNamesValuesAndCollectsTheSmall() {
    float[][] a = Given.random(2, 40);
    Look look =
        Look.at(Waterfall.of(Given.attribution(0, 0, a), Given.rows(a), 1, Given.names(40)));
    assertEquals(13, rows(look).size());
    assertEquals("30 others", rows(look).get(11));
    int largest = 0;
    for (int j = 1; j < 40; j++) {
      largest = Math.abs(a[1][j]) > Math.abs(a[1][largest]) ? j : largest;
    }
    assertEquals("feature " + largest + " = " + Figures.value(a[1][largest]), rows(look).get(1));
  }

  @Test
  void aBeeswarmHasADotPerRowInTheColourOfTheValue() {
    Attribution a = Given.attribution(0, 0, new float[] {-1, 0.1f}, new float[] {1, 0.1f});
    Look look =
        Look.at(Beeswarm.of(a, Given.rows(new float[] {5, 0}, new float[] {9, 0}), List.of()));
    assertEquals(List.of("x0", "x1"), rows(look));
    assertEquals(Theme.lowToHigh(0), look.at(-1, 0));
    assertEquals(Theme.lowToHigh(1), look.at(1, 0));
    // Two dots at one place lie above each other.
    assertEquals(0, Beeswarm.offsets(new double[] {0.1, 0.1, 0.1}, 0, 1)[0]);
    assertEquals(1, Beeswarm.offsets(new double[] {0.1, 0.1, 0.1}, 0, 1)[1]);
    assertEquals(-1, Beeswarm.offsets(new double[] {0.1, 0.1, 0.1}, 0, 1)[2]);
    assertEquals(0, Beeswarm.offsets(new double[] {0.1, 0.9}, 0, 1)[1]);
  }

  @Test
  void whatMattersMuchInOneRowComesFirstByTheMaximum() {
    float[][] a = {{1, 0, 0.1f}, {-1, 0, 0.1f}, {1, 2.5f, 0.1f}};
    Attribution all = Given.attribution(0, 0, a);
    List<String> names = List.of("often", "once", "never");
    Chart mean = Beeswarm.of(all, Given.rows(a), names, 3, FeatureOrder.MEAN);
    Chart most = Beeswarm.of(all, Given.rows(a), names, 3, FeatureOrder.MAX);
    assertEquals(List.of("often", "once", "never"), rows(Look.at(mean)));
    assertEquals(List.of("once", "often", "never"), rows(Look.at(most)));
    assertEquals(Theme.lowToHigh(1), Look.at(most).at(2.5, 0));
    assertTrue(mean.description().endsWith("the largest mean amount has often."));
    assertTrue(most.description().endsWith("the largest amount has once."));
    Chart cut = Beeswarm.of(all, Given.rows(a), names, 1, FeatureOrder.MAX);
    assertEquals(List.of("once", "and 2 more"), rows(Look.at(cut)));
  }

  @Test
  void dependenceHasADotWhereValueAndAttributionMeet() {
    Attribution a = Given.attribution(0, 0, new float[] {-1, 0}, new float[] {3, 0});
    var x = Given.rows(new float[] {10, 7}, new float[] {20, 8});
    Look plain = Look.at(DependenceScatter.of(a, x, List.of("p", "q"), 0));
    assertEquals(Theme.category(0), plain.at(10, -1));
    assertEquals(Theme.category(0), plain.at(20, 3));
    assertEquals(Color.WHITE, plain.at(11.3, 1.77));
    Look coloured = Look.at(DependenceScatter.of(a, x, List.of("p", "q"), 0, 1));
    assertEquals(Theme.lowToHigh(0), coloured.at(10, -1));
    assertEquals(Theme.lowToHigh(1), coloured.at(20, 3));
  }

  @Test
  void aDecisionPlotGoesFromTheBaseAtTheBottomToTheOutputAtTheTop() {
    Look look = Look.at(DecisionPlot.of(ONE, List.of("a", "b", "c")));
    assertEquals(List.of("b", "a", "c"), rows(look));
    // c first, at the bottom: from 2 to 2.5, then a to 3.5, then b to 0.5.
    Color line = Theme.lowToHigh(0.5);
    assertEquals(line, near(look, 2.25, 2, line));
    assertEquals(line, near(look, 3, 1, line));
    assertEquals(line, near(look, 2, 0, line));
  }

  /** A thin line's colour is found beside its middle, too. */
  private static Color near(Look look, double x, double y, Color wanted) {
    for (double d = -0.02; d < 0.02; d += 0.002) {
      if (look.at(x + d, y).equals(wanted)) {
        return wanted;
      }
    }
    return look.at(x, y);
  }

  @Test
  void forcesMeetAtTheOutput() {
    Look look = Look.at(ForcePlot.of(ONE, 0, List.of("a", "b", "c")));
    // In the middle of the bars: 26 pixels to their top, 14 to their middle.
    double y =
        look.plot()
            .getRangeAxis()
            .java2DToValue(
                look.info().getDataArea().getMinY() + 26 + 7,
                look.info().getDataArea(),
                look.plot().getRangeAxisEdge());
    assertEquals(UP, look.at(0, y));
    assertEquals(Theme.pale(UP, 0.75), look.at(-0.75, y));
    assertEquals(DOWN, look.at(1, y));
    assertEquals(DOWN, look.at(3.3, y));
    assertEquals(Color.WHITE, look.at(3.6, y));
    assertEquals(Color.WHITE, look.at(-1.2, y));
  }

  @Test
  void aHeatmapHasTheHighestOutputAtTheLeftAndTheLargestFeatureAtTheTop() {
    Attribution a = Given.attribution(0, 0, new float[] {0.1f, -2}, new float[] {-0.1f, 4});
    Look look = Look.at(AttributionHeatmap.of(a, List.of("small", "large")));
    assertEquals(new Color(ColorMap.DIVERGING.rgb(1)), look.at(1, 0.5, 0));
    assertEquals(new Color(ColorMap.DIVERGING.rgb(-0.5)), look.at(1, 1.5, 0));
    assertEquals(new Color(ColorMap.DIVERGING.rgb(-0.1 / 4)), look.at(1, 0.5, 1));
  }

  @Test
  void aHeatmapBySimilarityHasEqualRowsSideBySide() {
    // f(x) is 3, −3, 3.1, −2.9: by output the two kinds are apart as well, by number they are not.
    float[][] a = {{5, -2}, {-5, 2}, {5, -1.9f}, {-5, 2.1f}};
    Chart chart =
        AttributionHeatmap.of(Given.attribution(0, 0, a), List.of(), 2, InstanceOrder.SIMILARITY);
    Look look = Look.at(chart);
    Color first = look.at(1, 0.5, 0);
    assertEquals(first, look.at(1, 1.5, 0));
    assertNotEquals(first, look.at(1, 2.5, 0));
    assertEquals(look.at(1, 2.5, 0), look.at(1, 3.5, 0));
    look.assertNothingIsCut();
  }

  @Test
  void aHeatmapMarksWhatIsNotANumber() {
    Attribution a = Given.attribution(0, 0, new float[] {Float.NaN, 1}, new float[] {2, 1});
    assertTrue(Look.at(AttributionHeatmap.of(a, List.of())).count(Theme.NAN) > 1000);
  }
}
