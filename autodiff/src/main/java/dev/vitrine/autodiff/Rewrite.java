package dev.vitrine.autodiff;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Re-records the part of a tape that lies between given values and the roots, with other inputs or
 * other nodes. Twins keep the names; what would come out the same is not recorded again.
 */
final class Rewrite {
  private Rewrite() {}

  static NodeMap run(Tape tape, Map<Var, Var> given, Rewriter rewriter, List<Var> roots) {
    BitSet above = Reverse.ancestors(tape, roots);
    NodeMap map = new NodeMap();
    Set<Var> fixed = new HashSet<>(given.keySet());
    given.forEach(map::put);
    for (int i = above.nextSetBit(0); i >= 0; i = above.nextSetBit(i + 1)) {
      Node n = tape.nodes().get(i);
      if (fixed.containsAll(n.outs())) {
        continue;
      }
      var in = new ArrayList<Var>(n.in().size());
      n.in().forEach(v -> in.add(map.of(v)));
      List<Var> own = rewriter.rewrite(n, in);
      if (own == null) {
        if (!changed(n, in)) {
          continue;
        }
        own = tape.named(n.name(), () -> tape.record(n.op(), in.toArray(Var[]::new))).outs();
      }
      for (int o = 0; o < own.size(); o++) {
        if (!fixed.contains(n.out(o))) {
          map.put(n.out(o), own.get(o));
        }
      }
    }
    return map;
  }

  /** A new input that lends only its shape changes nothing if the shape is the same. */
  private static boolean changed(Node n, List<Var> in) {
    if (n.op().frozen()) {
      return false;
    }
    for (int k = 0; k < in.size(); k++) {
      boolean same = in.get(k).equals(n.in(k));
      if (!same && (n.op().reads(k) || !in.get(k).shape().equals(n.in(k).shape()))) {
        return true;
      }
    }
    return false;
  }
}
