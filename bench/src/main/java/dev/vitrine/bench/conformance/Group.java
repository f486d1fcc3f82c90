package dev.vitrine.bench.conformance;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows how to compute what the cases of one group expect. */
interface Group {
  /** As index.json calls it. */
  String name();

  /** The methods it computes; a case of another one is not supported. */
  Set<String> methods();

  /** Computes all results of the case and puts them into the trial. */
  void run(Trial trial) throws IOException;

  /** What a result is worth that was computed, or was not ({@code null}). */
  default Verdict judge(Expected expected, @Nullable Numbers got) {
    return expected.judge(got);
  }

  /** What a method computes in, as tolerances are named: float32, or float64 on the host. */
  default String precision(String method) {
    return "float32";
  }
}
