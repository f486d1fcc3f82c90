package dev.vitrine.bench.conformance;

import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tree of golden cases: what its index.json lists, and that of its folder onnx, chosen by group
 * and method, run on a device.
 */
public final class Suite {
  private static final Map<String, Group> GROUPS =
      List.of(
              new OpGroup(),
              new ForwardGroup(),
              new LossGradGroup(),
              new OptimizerGroup(),
              new SecondOrderGroup(),
              new ExplainGroup(),
              new MetricGroup(),
              new SegmentGroup(),
              new SklearnGroup(),
              new OnnxGroup())
          .stream()
          .collect(Collectors.toUnmodifiableMap(Group::name, Function.identity()));

  /** Names that still fit a sentence. */
  private static final int FEW = 16;

  private final List<Entry> entries;

  /** A case as the index lists it. */
  public record Entry(String id, String group, String method, Path folder) {}

  private Suite(List<Entry> entries) {
    this.entries = entries;
  }

  /** Reads the index; refuses a folder without one. */
  public static Suite open(Path root) throws IOException {
    Path index = root.resolve("index.json");
    if (!Files.isRegularFile(index)) {
      throw new FormatException(root.toString(), "no tree of golden cases: it has no index.json");
    }
    var entries = new ArrayList<>(entries(root, index));
    Path models = root.resolve(OnnxGroup.NAME);
    Path more = models.resolve("index.json");
    if (Files.isRegularFile(more)) {
      entries.addAll(entries(models, more));
    }
    return new Suite(entries);
  }

  /** Cases with files of other tools say of what kind they are, not of which group and method. */
  private static List<Entry> entries(Path root, Path index) throws IOException {
    var entries = new ArrayList<Entry>();
    for (Json e : Json.read(index).list("cases")) {
      boolean onnx = e.has("kind");
      String group = onnx ? OnnxGroup.NAME : e.text("group");
      String method = e.text(onnx ? "kind" : "method");
      entries.add(new Entry(e.text("id"), group, method, root.resolve(e.text("path"))));
    }
    return entries;
  }

  /** The cases of these groups and methods; an empty set asks for all of them. */
  public Suite only(Set<String> groups, Set<String> methods) {
    return only("group", groups, Entry::group).only("method", methods, Entry::method);
  }

  private Suite only(String what, Set<String> asked, Function<Entry, String> of) {
    if (asked.isEmpty()) {
      return this;
    }
    var known = entries.stream().map(of).collect(Collectors.toCollection(TreeSet::new));
    var unknown = new LinkedHashSet<>(asked);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "no case is of %s %s; %s"
              .formatted(
                  what,
                  String.join(", ", unknown),
                  known.size() > FEW
                      ? "index.json names the " + known.size() + " there are"
                      : "there are " + String.join(", ", known)));
    }
    return new Suite(entries.stream().filter(e -> asked.contains(of.apply(e))).toList());
  }

  public List<Entry> entries() {
    return entries;
  }

  /** Runs every case. An unreadable one ends the run; a computation that throws is a failure. */
  public Report run(Device device) throws IOException {
    var outcomes = new ArrayList<Report.Outcome>();
    for (Entry e : entries) {
      outcomes.add(new Report.Outcome(e, run(e, device)));
    }
    return new Report(device.toString(), outcomes);
  }

  private static Verdict run(Entry e, Device device) throws IOException {
    @Nullable Group group = GROUPS.get(e.group());
    if (group == null || !group.methods().contains(e.method())) {
      return Verdict.unsupported(e.group() + "/" + e.method() + " is not supported");
    }
    return run(group, GoldenCase.read(e.folder()), device);
  }

  static Verdict run(Group group, GoldenCase golden, Device device) throws IOException {
    List<Expected> expected = golden.expected(group.precision(golden.method()));
    try (var trial = new Trial(golden, device)) {
      group.run(trial);
      Verdict all = Replay.check(trial);
      for (Expected e : expected) {
        all = all.and(group.judge(e, trial.result(e.name())));
      }
      return all;
    } catch (RuntimeException e) {
      return Verdict.failed(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
