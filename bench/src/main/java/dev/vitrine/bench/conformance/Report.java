package dev.vitrine.bench.conformance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** How the cases of a suite came out on one device. */
public record Report(String device, List<Outcome> outcomes) {

  /** One case. */
  public record Outcome(Suite.Entry entry, Verdict verdict) {
    boolean is(Verdict.Status status) {
      return verdict.status() == status;
    }
  }

  public Report {
    outcomes = List.copyOf(outcomes);
  }

  /** True if nothing failed and everything that was asked for is supported. */
  public boolean good() {
    return count(Verdict.Status.PASSED) == outcomes.size();
  }

  public long count(Verdict.Status status) {
    return outcomes.stream().filter(o -> o.is(status)).count();
  }

  /** A line per group and method, then what failed, for people. */
  public String text() {
    var text = new StringBuilder("device: %s%n".formatted(device));
    var format = "%-13s %-28s %7s %7s %14s %10s %10s%n";
    text.append(
        format.formatted("group", "method", "passed", "failed", "not supported", "mean", "worst"));
    methods()
        .forEach((key, cases) ->
            text.append(
                format.formatted(
                    key.group(),
                    key.method(),
                    cases.count(Verdict.Status.PASSED),
                    cases.count(Verdict.Status.FAILED),
                    cases.count(Verdict.Status.UNSUPPORTED),
                    figure(cases.errors().average()),
                    figure(cases.errors().max()))));
    for (Outcome o : outcomes) {
      if (o.is(Verdict.Status.FAILED)) {
        text.append("failed: %s: %s%n".formatted(o.entry().id(), o.verdict().reason()));
      }
    }
    return text.append(
            "%d cases: %d passed, %d failed, %d not supported (errors are fractions of the tolerance)%n"
                .formatted(
                    outcomes.size(),
                    count(Verdict.Status.PASSED),
                    count(Verdict.Status.FAILED),
                    count(Verdict.Status.UNSUPPORTED)))
        .toString();
  }

  /** Everything, for programs; an infinite error is null. */
  public String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("device", device);
    for (Verdict.Status status : Verdict.Status.values()) {
      root.put(status.name().toLowerCase(Locale.ROOT), count(status));
    }
    ArrayNode cases = root.putArray("cases");
    for (Outcome o : outcomes) {
      ObjectNode c = cases.addObject();
      c.put("id", o.entry().id());
      c.put("group", o.entry().group());
      c.put("method", o.entry().method());
      c.put("status", o.verdict().status().name().toLowerCase(Locale.ROOT));
      double worst = o.verdict().worst();
      c.put("worst", Double.isFinite(worst) ? worst : null);
      c.put("reason", o.verdict().reason());
    }
    return root.toPrettyString() + "\n";
  }

  /** A line of the table. */
  private record Key(String group, String method) {}

  private Map<Key, Report> methods() {
    var cases = new LinkedHashMap<Key, List<Outcome>>();
    for (Outcome o : outcomes) {
      cases
          .computeIfAbsent(new Key(o.entry().group(), o.entry().method()), k -> new ArrayList<>())
          .add(o);
    }
    var methods = new LinkedHashMap<Key, Report>();
    cases.forEach((key, some) -> methods.put(key, new Report(device, some)));
    return methods;
  }

  /** The largest error of each case that was computed, as a fraction of its tolerance. */
  private DoubleStream errors() {
    return outcomes.stream()
        .filter(o -> !o.is(Verdict.Status.UNSUPPORTED))
        .mapToDouble(o -> o.verdict().worst());
  }

  private static String figure(OptionalDouble error) {
    return error.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3g", error.getAsDouble());
  }
}
