package dev.vitrine.autodiff.compile;

import java.util.List;

/** One improvement of a schedule that changes no bit of its results. */
public interface Pass {
  Schedule apply(Schedule s);

  /** The passes that {@link Program#compile} applies, in order. */
  static List<Pass> standard() {
    return List.of(new MergeEqual(), new DropDead());
  }
}
