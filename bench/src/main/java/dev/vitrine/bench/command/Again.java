package dev.vitrine.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** The command that gives the same bits again, as a shell takes it. */
final class Again {
  /** Say where results go, how they are shown and what computes them: no bit depends on these. */
  private static final Set<String> IDLE =
      Set.of("--out", "--json", "--progress", "--backend", "--data-dir");

  private static final Pattern PLAIN = Pattern.compile("[\\w./=:,+@%-]+");

  private Again() {}

  static String of(CommandSpec spec) {
    List<String> given = spec.root().commandLine().getParseResult().originalArgs();
    var words = new ArrayList<String>(List.of("bench/vitrine"));
    for (int i = 0; i < given.size(); i++) {
      String word = given.get(i);
      if (IDLE.contains(word)) {
        i++;
      } else if (!IDLE.contains(word.split("=", 2)[0])) {
        words.add(quoted(word));
      }
    }
    return String.join(" ", words);
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
