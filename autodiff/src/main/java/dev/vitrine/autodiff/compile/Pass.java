package dev.vitrine.autodiff.compile;

import java.util.Arrays;
import java.util.List;

/** One improvement of a schedule that changes no bit of its results. */
public interface Pass {
  Schedule apply(Schedule s);

  /** The name that people see. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** All passes, in order. */
  static List<Pass> all() {
    return List.of(
        new MergeEqual(),
        new DropDead(),
        new ReadReluOutput(),
        new FusePool(),
        new FuseScatter(),
        new FuseActivation(),
        new FuseElementwise());
  }

  /**
   * The passes that {@link Program#compile} applies: all but those that {@code
   * -Dvitrine.passes.without=FusePool,…} names.
   */
  static List<Pass> standard() {
    String names = System.getProperty("vitrine.passes.without", "");
    List<String> left = Arrays.stream(names.split(",")).filter(n -> !n.isBlank()).toList();
    List<String> known = all().stream().map(Pass::name).toList();
    if (!known.containsAll(left)) {
      throw new IllegalArgumentException(
          "vitrine.passes.without is \"" + names + "\": the passes are " + known);
    }
    return all().stream().filter(p -> !left.contains(p.name())).toList();
  }
}
