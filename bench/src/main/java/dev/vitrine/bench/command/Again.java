package dev.vitrine.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command that gives the same bits again, as a shell takes it. */
final class Again {
  /** Say where results go, how they are shown and what computes them: no bit depends on these. */
  private static final Set<String> IDLE =
      Set.of("--out", "--json", "--progress", "--backend", "--data-dir");

  private static final Pattern PLAIN = Pattern.compile("[\\w./=:,+@%-]+");

  private Again() {}

  static String of(CommandSpec spec) {
    return of(spec, Map.of());
  }

  /** The same with some of the words that belong to no option replaced. */
  static String of(CommandSpec spec, Map<String, String> instead) {
    List<String> given = spec.root().commandLine().getParseResult().originalArgs();
    var words = new ArrayList<String>(List.of("bench/vitrine"));
    for (int i = 0; i < given.size(); i++) {
      String word = given.get(i);
      boolean takesNext = takesNext(spec, word);
      if (IDLE.contains(word.split("=", 2)[0])) {
        i += takesNext ? 1 : 0;
        continue;
      }
      words.add(quoted(instead.getOrDefault(word, word)));
      if (takesNext && i + 1 < given.size()) {
        words.add(quoted(given.get(++i)));
      }
    }
    return String.join(" ", words);
  }

  /** {@code --rows}, but neither {@code --rows=0-3} nor {@code --stacktrace}. */
  private static boolean takesNext(CommandSpec spec, String word) {
    OptionSpec option = spec.findOption(word);
    return option != null && option.arity().min() > 0;
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
