package dev.vitrine.bench.conformance;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.metric.DeletionInsertion;
import java.io.IOException;
import java.util.Set;

/** What judges explanations. */
final class MetricGroup implements Group {
  @Override
  public String name() {
    return "metric";
  }

  @Override
  public Set<String> methods() {
    return Set.of("DeletionInsertion");
  }

  /**
   * The curves of given attributions. Elements count in the order of the golden files where two are
   * equal, so attributions must differ.
   */
  @Override
  public void run(Trial trial) throws IOException {
    try (var c = new ExplainCase(trial)) {
      var metric = new DeletionInsertion(c.args().real("baseline"), c.args().integer("step"));
      Tensor a = c.image("attributions");
      var curves = metric.of(c.subject(), c.x(), c.target().probability(), a);
      double[] fractions = curves.fractions();
      c.put("fractions", Numbers.of(Shape.of(fractions.length), fractions));
      c.put("deletion_curve", rows(curves.deletion()));
      c.put("insertion_curve", rows(curves.insertion()));
      c.put("deletion_auc", Numbers.of(Shape.of(a.shape().dim(0)), curves.deletionArea()));
      c.put("insertion_auc", Numbers.of(Shape.of(a.shape().dim(0)), curves.insertionArea()));
    }
  }

  private static Numbers rows(float[][] curves) {
    int width = curves[0].length;
    double[] all = new double[curves.length * width];
    for (int i = 0; i < all.length; i++) {
      all[i] = curves[i / width][i % width];
    }
    return Numbers.of(Shape.of(curves.length, width), all);
  }
}
