package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.List;

/** ∫₀¹ of a curve: of what is explained while the features of a row change one after the other. */
public interface Area extends Metric {
  /** The curve of each row. */
  List<Curve> curves(Question q, Attribution a);

  @Override
  default double[] of(Question q, Explainer by, Attribution a) {
    return curves(q, a).stream().mapToDouble(Curve::area).toArray();
  }
}
