package dev.vitrine.bench.conformance;

/**
 * How a case, or one of its results, came out.
 *
 * @param worst the largest error as a fraction of its tolerance
 * @param reason why it did not pass; empty if it did
 */
public record Verdict(Status status, double worst, String reason) {
  /** The better one first. */
  public enum Status {
    PASSED,
    UNSUPPORTED,
    FAILED
  }

  static Verdict passed(double worst) {
    return new Verdict(Status.PASSED, worst, "");
  }

  static Verdict unsupported(String reason) {
    return new Verdict(Status.UNSUPPORTED, 0, reason);
  }

  static Verdict failed(String reason) {
    return new Verdict(Status.FAILED, Double.POSITIVE_INFINITY, reason);
  }

  /** Both together: the worse status, the larger error, all reasons. */
  Verdict and(Verdict o) {
    String gap = reason.isEmpty() || o.reason.isEmpty() ? "" : "; ";
    return new Verdict(
        status.compareTo(o.status) >= 0 ? status : o.status,
        Math.max(worst, o.worst),
        reason + gap + o.reason);
  }
}
