package dev.vitrine.autodiff.compile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What a pass that joins steps has found: which ones go, and what takes the place of others. */
final class Fusion {
  final Uses uses;
  final Set<Step> gone = new HashSet<>();
  final Map<Step, Step> fused = new HashMap<>();

  private Fusion(Schedule s) {
    uses = new Uses(s);
  }

  /** The schedule with what {@code find} found; the same where kernels don't fuse. */
  static Schedule of(Schedule s, Consumer<Fusion> find) {
    return s.tape().device().fuses() ? found(s, find) : s;
  }

  /** The same for what joins a max pool with a convolution. */
  static Schedule ofPools(Schedule s, Consumer<Fusion> find) {
    return s.tape().device().fusesPools() ? found(s, find) : s;
  }

  private static Schedule found(Schedule s, Consumer<Fusion> find) {
    var fusion = new Fusion(s);
    find.accept(fusion);
    return s.replaced(fusion.gone, fusion.fused);
  }
}
