package dev.vitrine.bench.conformance;

import dev.vitrine.nn.metric.AdjustedRandIndex;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.segment.Felzenszwalb;
import dev.vitrine.xai.segment.Quickshift;
import dev.vitrine.xai.segment.Segmenter;
import dev.vitrine.xai.segment.Segments;
import dev.vitrine.xai.segment.Slic;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Superpixels. Ties are broken otherwise than in scikit-image, so partitions are compared by their
 * adjusted Rand index; the error is 1 − index.
 */
final class SegmentGroup implements Group {
  /** The least index that is good enough for one case. */
  private static final double LEAST = 0.75;

  @Override
  public String name() {
    return "segment";
  }

  @Override
  public Set<String> methods() {
    return Set.of("SLIC", "Quickshift", "Felzenszwalb");
  }

  @Override
  public void run(Trial trial) throws IOException {
    Json args = trial.golden().args();
    Tensor image = trial.golden().input("image").tensor(trial.memory());
    Segments s = segmenter(trial.golden().method(), args).segment(image);
    double[] labels = new double[s.labels().length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = s.labels()[i];
    }
    trial.put("labels", new Numbers(Shape.of(s.height(), s.width()), labels, true));
  }

  private static Segmenter segmenter(String method, Json args) throws IOException {
    return switch (method) {
      case "SLIC" ->
          new Slic(
              args.integer("n_segments"),
              args.number("compactness"),
              args.number("sigma"),
              args.integer("max_num_iter"));
      case "Quickshift" ->
          new Quickshift(
              args.number("kernel_size"),
              args.number("max_dist"),
              args.number("ratio"),
              args.number("sigma"),
              0);
      default ->
          new Felzenszwalb(args.number("scale"), args.number("sigma"), args.integer("min_size"));
    };
  }

  /** The adjusted Rand index of a case that was judged. */
  static double index(Verdict v) {
    return 1 - (1 - LEAST) * v.worst();
  }

  @Override
  public Verdict judge(Expected expected, @Nullable Numbers got) {
    if (got == null || !got.shape().equals(expected.want().shape())) {
      return expected.judge(got);
    }
    double index = AdjustedRandIndex.of(got.ints(), expected.want().ints());
    double worst = (1 - index) / (1 - LEAST);
    return worst <= 1
        ? Verdict.passed(worst)
        : new Verdict(
            Verdict.Status.FAILED,
            worst,
            "%s has adjusted Rand index %.3f, at least %.2f is needed"
                .formatted(expected.name(), index, LEAST));
  }
}
