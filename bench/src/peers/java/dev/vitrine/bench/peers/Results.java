package dev.vitrine.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.tensor.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All that was measured so far, as a table and as JSON. */
final class Results {
  private final List<Contender> contenders;
  private final Map<String, String> descriptions = new LinkedHashMap<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private final Map<String, Map<String, Learning>> losses = new LinkedHashMap<>();
  private final Map<Workload, List<Round>> rounds = new LinkedHashMap<>();

  Results(List<Contender> contenders) {
    this.contenders = contenders;
  }

  void describe(Peer p) {
    descriptions.put(p.contender().name(), p.description());
  }

  /** Why an engine is missing, everywhere or in one workload; true if that is new. */
  boolean leaveOut(String what, String reason) {
    return leftOut.putIfAbsent(what, reason) == null;
  }

  void learnt(Workload w, String engine, Learning learning) {
    losses.computeIfAbsent(w.id(), _ -> new LinkedHashMap<>()).put(engine, learning);
  }

  void add(Workload w, Round r) {
    rounds.computeIfAbsent(w, _ -> new ArrayList<>()).add(r);
  }

  private List<String> ours() {
    return contenders.stream().filter(Contender::ours).map(Contender::name).toList();
  }

  private List<Row> rows() {
    return Workload.ALL.stream()
        .filter(rounds::containsKey)
        .map(w -> Row.of(w, rounds.getOrDefault(w, List.of()), ours()))
        .toList();
  }

  /** Engines down to what they are, then a line per workload. */
  String table() {
    var text = new StringBuilder();
    descriptions.forEach((name, is) -> text.append("%-14s %s%n".formatted(name + ":", is)));
    leftOut.forEach((name, reason) -> text.append("left out: %s, %s%n".formatted(name, reason)));
    text.append(
        "\nprocessor time per operation in µs, medians; W9: time on the clock in ms, MiB\n\n");
    text.append("%-10s".formatted("workload"));
    contenders.forEach(c -> text.append(" %13s".formatted(c.name())));
    text.append(" %6s   time of ours / best peer, quartiles%n".formatted("peak"));
    rows().forEach(r -> text.append(line(r)).append('\n'));
    return text.toString();
  }

  private String line(Row r) {
    var text = new StringBuilder("%-10s".formatted(r.workload()));
    for (Contender c : contenders) {
      Row.Times t = r.engines().get(c.name());
      text.append(" %13s".formatted(t == null ? "-" : cell(t)));
    }
    text.append(String.format(Locale.ROOT, " %6.1f", r.peak()));
    r.ratios()
        .forEach((name, ratio) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "   %s %.2f (%.2f … %.2f) %s",
                    name,
                    ratio.quartiles().median(),
                    ratio.quartiles().lower(),
                    ratio.quartiles().upper(),
                    ratio.best())));
    return text.toString();
  }

  private static String cell(Row.Times t) {
    return Double.isNaN(t.mebibytes())
        ? String.format(Locale.ROOT, "%.1f", t.micros().median())
        : String.format(Locale.ROOT, "%.0f, %.0f", t.micros().median() * 1e-3, t.mebibytes());
  }

  void write(Path file) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("engines", descriptions);
    all.put("leftOut", leftOut);
    all.put(
        "jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    all.put("losses", losses);
    all.put("rows", rows());
    byte[] json =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(all);
    AtomicFile.write(file, out -> out.write(json));
  }
}
