package dev.vitrine.xai.inside;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What a parameter of a model holds.
 *
 * @param name its path in the model: {@code conv1.weight}
 * @param distribution of its numbers
 * @param histogram of them, from the smallest to the largest
 */
public record Weights(String name, Shape shape, Distribution distribution, Histogram histogram) {

  /** Of each parameter of a model, in the order of its layers. */
  public static List<Weights> of(Model model, int bins) {
    var all = new ArrayList<Weights>();
    model.state().forEach((name, value) -> all.add(of(name, value, bins)));
    return List.copyOf(all);
  }

  /** Of one parameter. */
  public static Weights of(String name, Tensor value, int bins) {
    var tally = new Distribution.Tally();
    float[] numbers = value.toFloats();
    for (float v : numbers) {
      tally.add(v);
    }
    Distribution d = tally.distribution();
    Histogram histogram = Histogram.empty(d.min(), d.max(), bins);
    for (float v : numbers) {
      histogram.add(v);
    }
    return new Weights(name, value.shape(), d, histogram);
  }

  /** The filters of a convolution [kh, kw, in, out] as images [kh, kw, in], one per output. */
  public static List<Tensor> filters(Tensor weight) {
    if (weight.shape().rank() != 4) {
      throw new IllegalArgumentException(
          "weights of shape %s: filters of a convolution have shape [kh, kw, in, out]"
              .formatted(weight.shape()));
    }
    return columns(weight, weight.shape().without(3));
  }

  /** What each output of a linear layer [in, out] reads, in the shape of its input. */
  public static List<Tensor> filters(Tensor weight, Shape input) {
    if (weight.shape().rank() != 2 || weight.shape().dim(0) != input.size()) {
      throw new IllegalArgumentException(
          "weights of shape %s for inputs of shape %s: [%d, out] is needed"
              .formatted(weight.shape(), input, input.size()));
    }
    return columns(weight, input);
  }

  /** Each index of the last axis alone. */
  private static List<Tensor> columns(Tensor weight, Shape shape) {
    float[] all = weight.toFloats();
    int size = Math.toIntExact(shape.size());
    int out = all.length / size;
    var filters = new ArrayList<Tensor>();
    for (int o = 0; o < out; o++) {
      float[] own = new float[size];
      for (int i = 0; i < size; i++) {
        own[i] = all[i * out + o];
      }
      filters.add(Tensor.of(shape, own));
    }
    return List.copyOf(filters);
  }
}
