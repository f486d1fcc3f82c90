package dev.vitrine.xai.gradient;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import java.util.Map;

/**
 * The straight path of each row, from what a place holds for the baseline to what it holds for x.
 *
 * @param from one end, [n, …]
 * @param to the other
 * @param ffrom f there, of each row
 * @param fto f at the other end
 */
public record StraightPath(Question q, Tensor from, Tensor to, float[] ffrom, float[] fto) {

  private record Held(Place at) {}

  private record Behind(Place at) {}

  private record Carried(Place from, Place to) {}

  /** Runs the network for its ends. */
  public static StraightPath of(Question q, Place at, Baseline baseline) {
    Tensor b = baseline.rows(q.x(), q.numbers(), q.memory());
    if (at.equals(Place.input())) {
      return new StraightPath(q, b, q.x(), q.about(b).explained(), q.explained());
    }
    Tensor from = q.about(b).value(new Held(at), Map.of(), r -> r.at(at));
    Tensor to = q.value(new Held(at), Map.of(), r -> r.at(at));
    Tensor behind =
        q.value(
            new Behind(at), Map.of("from", from), r -> r.moved(at, r.input("from")).explained());
    return new StraightPath(q, from, to, behind.toFloats(), q.explained());
  }

  /**
   * The same paths as another place has them, behind which {@code at} is not read.
   *
   * @param at where these paths lie
   */
  public StraightPath carried(Place at, Place other) {
    return new StraightPath(q, carried(from, at, other), carried(to, at, other), ffrom, fto);
  }

  private Tensor carried(Tensor end, Place at, Place other) {
    return q.value(
        new Carried(at, other),
        Map.of("end", end),
        r -> r.tape().substitute(Map.of(r.at(at), r.input("end")), r.at(other)).of(r.at(other)));
  }

  /** Where the paths of some rows start. */
  public Tensor from(int... rows) {
    return q.rows(from, rows);
  }

  /** Where they end. */
  public Tensor to(int... rows) {
    return q.rows(to, rows);
  }

  /** to − from, row-major. */
  public float[] span() {
    float[] span = to.toFloats();
    float[] start = from.toFloats();
    for (int i = 0; i < span.length; i++) {
      span[i] -= start[i];
    }
    return span;
  }

  /** (to − from)·v, row-major. */
  public float[] times(Tensor v) {
    float[] product = v.toFloats();
    float[] span = span();
    for (int i = 0; i < product.length; i++) {
      product[i] *= span[i];
    }
    return product;
  }

  /** f at the end minus f at the start, of each row. */
  public float[] differences() {
    float[] d = fto.clone();
    for (int r = 0; r < d.length; r++) {
      d[r] -= ffrom[r];
    }
    return d;
  }
}
