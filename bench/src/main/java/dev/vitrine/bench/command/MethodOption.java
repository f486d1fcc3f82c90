package dev.vitrine.bench.command;

import dev.vitrine.bench.run.Methods;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** {@code --method NAME,…}. */
final class MethodOption {
  private static final String ALL = "all";

  @Option(
      names = "--method",
      paramLabel = "NAME",
      split = ",",
      description = {
        "One or more of ${COMPLETION-CANDIDATES}, or all; random is a map drawn at random, which",
        "a method has to beat."
      },
      completionCandidates = Names.class)
  private List<String> names = List.of();

  /** The values. */
  static final class Names implements Iterable<String> {
    Names() {}

    @Override
    public Iterator<String> iterator() {
      var all = new ArrayList<>(Methods.all());
      all.add(Methods.RANDOM);
      return all.iterator();
    }
  }

  /** Whether any was named. */
  boolean given() {
    return !names.isEmpty();
  }

  /** Refuses names that there are not. */
  void check() {
    List<String> known = Methods.all();
    for (String name : names) {
      if (!name.equals(ALL) && !name.equals(Methods.RANDOM) && !known.contains(name)) {
        throw new IllegalArgumentException(
            "--method %s: there are %s, or all".formatted(name, String.join(", ", known)));
      }
    }
  }

  /** Those named; all that serve each model and these inputs if none was, or {@code all}. */
  List<String> chosen(List<Model> models, Shape inputs) {
    if (!names.isEmpty() && !names.contains(ALL)) {
      return names;
    }
    List<String> serving = serving(models, inputs);
    return names.contains(Methods.RANDOM)
        ? Stream.concat(serving.stream(), Stream.of(Methods.RANDOM)).toList()
        : serving;
  }

  /** All that serve each model and these inputs. */
  static List<String> serving(List<Model> models, Shape inputs) {
    boolean convolutions =
        models.stream().allMatch(m -> m.parameters().stream().anyMatch(p -> p.shape().rank() == 4));
    return Methods.of(inputs.rank() == 4, convolutions);
  }
}
