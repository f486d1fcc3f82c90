package dev.vitrine.xai.global;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * PD(z) = mean over rows of f(row with feature = z) (Friedman 2001, section 8.2); before the mean,
 * individual conditional expectations (Goldstein et al. 2015). Of one feature a curve, of two a
 * surface. If the predicted class is explained, it is that of each row as it was.
 *
 * @param resolution values of each feature, at equal distances
 * @param low the quantile of the data where they begin
 * @param high the one where they end
 */
public record PartialDependence(int resolution, double low, double high) {

  /** 100 values between the 5 % and the 95 % quantile, as in scikit-learn. */
  public PartialDependence() {
    this(100, 0.05, 0.95);
  }

  /** Of rows {@code x} [n, …], at values that the data give. */
  public Dependence of(Subject subject, Tensor x, Target target, Feature... features) {
    var axes = new ArrayList<Axis>();
    for (Feature f : features) {
      axes.add(Axis.between(x, f, resolution, low, high));
    }
    return of(subject, x, target, axes);
  }

  /** Of rows {@code x} [n, …], at all combinations of given values of one or two features. */
  public static Dependence of(Subject subject, Tensor x, Target target, List<Axis> axes) {
    if (axes.isEmpty() || axes.size() > 2) {
      throw new IllegalArgumentException(
          axes.size() + " features given: dependence is shown of one or two");
    }
    Rows rows = Rows.of(x);
    int points = 1;
    for (Axis a : axes) {
      rows.column(a.feature());
      points = Math.multiplyExact(points, a.size());
    }
    int each = points;
    try (Question q = Question.of(subject, x, 0, target)) {
      float[] f =
          q.explained(
              rows.copies(
                  each,
                  (row, i, into, at) -> {
                    int rest = i;
                    for (Axis a : axes.reversed()) {
                      into[at + a.feature().index()] = (float) a.values()[rest % a.size()];
                      rest /= a.size();
                    }
                  }));
      float[][] individual = new float[rows.count()][each];
      for (int r = 0; r < rows.count(); r++) {
        System.arraycopy(f, r * each, individual[r], 0, each);
      }
      return new Dependence(List.copyOf(axes), individual);
    }
  }
}
