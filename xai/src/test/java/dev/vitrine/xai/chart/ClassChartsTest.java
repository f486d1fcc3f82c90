package dev.vitrine.xai.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.metric.ConfusionMatrix;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.embed.Points;
import dev.vitrine.xai.inside.DecisionMap;
import dev.vitrine.xai.inside.Plane;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassChartsTest {
  private static List<String> legend(Chart chart) {
    var names = new ArrayList<String>();
    var items = chart.plot().getLegendItems();
    for (int i = 0; i < items.getItemCount(); i++) {
      names.add(items.get(i).getLabel());
    }
    return names;
  }

  @Test
  void aCellIsAsDarkAsItsShareOfTheTrueClass() {
    // Of class 0 two are right and two are not, of class 1 all 8 are.
    var matrix =
        new ConfusionMatrix(
            2,
            new int[] {0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
            new int[] {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1});
    Look look = Look.at(ConfusionChart.of(matrix, List.of("no", "yes")));
    assertEquals(Theme.pale(Theme.category(0), 0.5), look.at(-0.4, -0.4));
    assertEquals(Theme.pale(Theme.category(0), 0.5), look.at(0.6, -0.4));
    assertEquals(Color.WHITE, look.at(-0.4, 0.6));
    assertEquals(Theme.category(0), look.at(0.6, 0.6));
  }

  @Test
  void theLegendOfARocCurveHasItsArea() {
    Tensor scores = Tensor.of(Shape.of(4, 2), 3, 0, 2, 1, 1, 2, 0, 3);
    Tensor labels = Tensor.of(Shape.of(4), new int[] {0, 1, 0, 1});
    Chart chart = RocChart.of(scores, labels, List.of("no", "yes"));
    assertEquals(List.of("no, 0.75", "yes, 0.75"), legend(chart));
    // Class 1 by falling scores: yes, no, yes, no: up to a half, along to a half, up, along.
    // Class 0 is the same the other way round, and the first line lies on top.
    assertEquals(Theme.category(0), Look.at(chart).at(0.25, 0.5));
    assertEquals(Theme.category(0), Look.at(chart).at(0.75, 1));
  }

  @Test
  void anAreaThatIsNearlyOneIsNotOne() {
    int n = 100;
    float[] scores = new float[n];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      scores[i] = i;
      labels[i] = i < n / 2 ? 0 : 1;
    }
    // One pair of 50 · 50 is the wrong way round: 1 − 1/2500.
    scores[n / 2 - 1] = n / 2f + 0.5f;
    Chart chart =
        RocChart.of(Tensor.of(Shape.of(n, 1), scores), Tensor.of(Shape.of(n), labels), List.of());
    assertEquals("class 1, 0.9996", legend(chart).getFirst());
  }

  @Test
  void aClassWithoutRowsIsNamedInTheLegend() {
    Tensor scores = Tensor.of(Shape.of(2, 3), 3, 0, 0, 1, 2, 0);
    Tensor labels = Tensor.of(Shape.of(2), new int[] {0, 1});
    assertEquals("class 2, no rows", legend(RocChart.of(scores, labels, List.of())).getLast());
  }

  @Test
  void aDecisionBoundaryLiesWhereThePredictorChanges() {
    var rows = Given.rows(new float[] {-1, -1}, new float[] {1, 1});
    DecisionMap map =
        DecisionMap.around(
            x -> {
              float[] v = x.toFloats();
              float[] y = new float[v.length];
              for (int i = 0; i < v.length; i += 2) {
                y[i + 1] = v[i] > 0.5 ? 1 : -1;
              }
              return Tensor.of(x.shape(), y);
            },
            Plane.ofTwo(),
            rows,
            23,
            23);
    Chart chart = DecisionBoundary.of(map, rows, new int[] {1, 0}, List.of("left", "right"));
    Look look = Look.at(chart);
    assertEquals(List.of("left", "right"), legend(chart));
    // All margins are equal, so both fields have their fullest colour.
    assertEquals(Theme.pale(Theme.category(0), 0.45), look.at(0, 0));
    assertEquals(Theme.pale(Theme.category(1), 0.45), look.at(0.9, 0));
    assertEquals(Theme.category(1), look.at(-1, -1));
    assertEquals(Theme.category(0), look.at(1, 1));
  }

  @Test
  void anEmbeddingHasADotPerPointInTheColourOfItsClass() {
    var points = new Points(3, 2, new double[] {0, 0, 1, 0, 1, 1});
    Chart chart = EmbeddingScatter.of(points, new int[] {0, 1, 0}, List.of("a", "b"));
    Look look = Look.at(chart);
    assertEquals(List.of("a", "b"), legend(chart));
    assertEquals(Theme.category(0), look.at(0, 0));
    assertEquals(Theme.category(1), look.at(1, 0));
    assertEquals(Theme.category(0), look.at(1, 1));
  }

  @Test
  void imagesStandWhereTheirPointsAreUnlessOneIsThereAlready() {
    var points = new Points(3, 2, new double[] {0, 0, 1, 1, 1, 1});
    Tensor images = Tensor.of(Shape.of(3, 1, 1, 1), 0.2f, 0.4f, 0.6f);
    Look look = Look.at(EmbeddingScatter.of(points, new int[3], List.of(), images));
    assertEquals(new Color(51, 51, 51), look.at(0, 0));
    assertEquals(new Color(102, 102, 102), look.at(1, 1));
    assertTrue(look.count(new Color(153, 153, 153)) < 20, "the third image covers the second");
  }
}
