package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.embed.Pca;
import dev.vitrine.xai.embed.Points;
import dev.vitrine.xai.embed.TSne;
import dev.vitrine.xai.segment.Segments;
import dev.vitrine.xai.segment.Slic;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The snippets of the README that need no network. */
class HostSnippetsTest {
  private static Tensor ramps(Shape shape) {
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 37 % 101 / 100f;
    }
    return Tensor.of(shape, values);
  }

  @Test
  void superpixels() {
    Tensor image = ramps(Shape.of(28, 28, 1));
    Segments s = new Slic(50).segment(image);
    assertEquals(s.labels()[12 * 28 + 7], s.at(12, 7));
    assertEquals(28 * 28, Arrays.stream(s.sizes()).sum());
  }

  @Test
  void embeddings() {
    Tensor activations = ramps(Shape.of(40, 3, 3, 2));
    Points x = Points.of(activations);
    Pca pca = Pca.of(x, 2);
    Points scores = pca.project(x);
    assertEquals(2, scores.dimension());
    assertEquals(2, pca.ratio().length);
    var said = new StringBuilder();
    TSne.Layout map = new TSne(30).of(x, step -> said.append("\r").append(step.iteration()));
    assertEquals(40, map.points().count());
    assertEquals(2, map.points().dimension());
    assertEquals("\r1\r2", said.substring(0, 4));
  }
}
