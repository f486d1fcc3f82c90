package dev.vitrine.bench.command;

import dev.vitrine.bench.run.Methods;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import java.util.Iterator;
import java.util.List;

/** The values of {@code --method}. */
final class MethodNames implements Iterable<String> {
  private static final String ALL = "all";

  MethodNames() {}

  /** Refuses names that there are not. */
  static void check(List<String> names) {
    List<String> known = Methods.all();
    for (String name : names) {
      if (!name.equals(ALL) && !known.contains(name)) {
        throw new IllegalArgumentException(
            "--method %s: there are %s, or all".formatted(name, String.join(", ", known)));
      }
    }
  }

  /** The names meant; {@code all} stands for those that serve each model and these inputs. */
  static List<String> chosen(List<String> names, List<Model> models, Shape inputs) {
    boolean convolutions =
        models.stream().allMatch(m -> m.parameters().stream().anyMatch(p -> p.shape().rank() == 4));
    return names.contains(ALL) ? Methods.of(inputs.rank() == 4, convolutions) : names;
  }

  @Override
  public Iterator<String> iterator() {
    return Methods.all().iterator();
  }
}
