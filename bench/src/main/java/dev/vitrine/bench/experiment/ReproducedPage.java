package dev.vitrine.bench.experiment;

import com.samskivert.mustache.Mustache;
import dev.vitrine.bench.experiment.Outcome.Score;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** One page about experiments that were done again; needs nothing beside it. */
public final class ReproducedPage {
  private static final int SHORT_HASH = 12;

  private ReproducedPage() {}

  /**
   * The page as HTML.
   *
   * @param asked the names or files that were asked for; none for all
   */
  public static String html(List<Reproduced> done, Device device, List<String> asked) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("device", device.toString());
    page.put("asked", asked.stream().map(name -> name + " ").collect(Collectors.joining()));
    page.put("count", done.size());
    page.put("same", done.stream().filter(r -> r.verdict() instanceof Verdict.SameBits).count());
    page.put("experiments", done.stream().map(ReproducedPage::experiment).toList());
    try (Reader template =
        new InputStreamReader(
            Objects.requireNonNull(
                ReproducedPage.class.getResourceAsStream("reproduced.html"), "reproduced.html"),
            StandardCharsets.UTF_8)) {
      return Mustache.compiler().compile(template).execute(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> experiment(Reproduced r) {
    Map<String, Object> e = new LinkedHashMap<>();
    e.put("name", r.name());
    e.put("about", r.experiment().about());
    e.put("verdict", r.verdict().toString());
    e.put("mark", mark(r.verdict()));
    e.put("asked", asked(r.experiment()));
    e.put("models", r.now().models().stream().map(ReproducedPage::model).toList());
    e.put("accuracy", number(r.now().accuracy()));
    e.put("published", r.published().stream().map(ReproducedPage::published).toList());
    e.put("isPublished", !r.published().isEmpty());
    e.put("isExplained", r.now().explained() != null);
    e.put("scores", scores(r.now()));
    e.put("metrics", metrics(r.now()));
    return e;
  }

  private static String mark(Verdict v) {
    return switch (v) {
      case Verdict.SameBits _ -> "good";
      case Verdict.SameWithin _ -> "near";
      case Verdict.Different _ -> "bad";
      case Verdict.Unrecorded _ -> "new";
    };
  }

  /** A line of two cells. */
  private static Map<String, String> fact(String name, String value) {
    return Map.of("name", name, "value", value);
  }

  private static List<Map<String, String>> asked(Experiment e) {
    var t = e.training();
    return List.of(
        fact("data", e.data()),
        fact("model", e.model()),
        fact(
            "training",
            "%s, rate %s, batches of %d, epochs %d, seeds %s"
                .formatted(t.optimizer(), t.rate(), t.batch(), t.epochs(), t.seeds())));
  }

  private static Map<String, Object> model(Outcome.Trained t) {
    return Map.of(
        "seed", t.seed(),
        "accuracy", number(t.accuracy()),
        "hash", t.hash().substring(0, SHORT_HASH));
  }

  private static Map<String, String> published(Reproduced.Beside b) {
    var p = b.theirs();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("what", b.what());
    all.put("ours", number(b.ours()));
    all.put(
        "theirs", number(p.value()) + (p.deviation() == null ? "" : " ± " + number(p.deviation())));
    all.put("source", p.source());
    all.put("differs", Objects.requireNonNullElse(p.differs(), ""));
    return all;
  }

  private static List<String> metrics(Outcome now) {
    return now.explained() == null
        ? List.of()
        : List.copyOf(now.explained().methods().values().iterator().next().metrics().keySet());
  }

  private static List<Map<String, Object>> scores(Outcome now) {
    var rows = new ArrayList<Map<String, Object>>();
    if (now.explained() != null) {
      now.explained()
          .methods()
          .forEach((name, method) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("method", name);
            row.put("cells", method.metrics().values().stream().map(ReproducedPage::cell).toList());
            row.put("hash", method.attributions().getFirst().substring(0, SHORT_HASH));
            rows.add(row);
          });
    }
    return rows;
  }

  private static Map<String, String> cell(Score s) {
    return Map.of(
        "mean", Double.isNaN(s.mean()) ? "–" : String.format(Locale.ROOT, "%.3f", s.mean()),
        "half", Double.isNaN(s.half()) ? "" : String.format(Locale.ROOT, "± %.3f", s.half()));
  }

  private static String number(double x) {
    return Double.isNaN(x) ? "–" : String.format(Locale.ROOT, "%.4f", x);
  }
}
