package dev.vitrine.bench.conformance;

import java.io.IOException;
import java.util.Set;

/** Knows how to compute what the cases of one group expect. */
interface Group {
  /** As index.json calls it. */
  String name();

  /** The methods it computes; a case of another one is not supported. */
  Set<String> methods();

  /** Computes all results of the case and puts them into the trial. */
  void run(Trial trial) throws IOException;
}
