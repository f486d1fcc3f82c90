package dev.vitrine.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Console;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far long work is, with its rate, the time left and the latest figures: a bar on a
 * terminal, elsewhere a line every ten seconds, on request a JSON object a line every second.
 */
public final class Progress implements AutoCloseable {
  /** How it is shown, and after how many nanoseconds again. */
  public enum Style {
    BAR(100_000_000),
    LINES(10_000_000_000L),
    JSON(1_000_000_000),
    NONE(Long.MAX_VALUE);

    private final long between;

    Style(long between) {
      this.between = between;
    }

    /** A bar if this process talks to a terminal, else lines. */
    public static Style usual() {
      Console console = System.console();
      return console != null && console.isTerminal() ? BAR : LINES;
    }

    /** As the command line says it. */
    public static Style named(String name) {
      for (Style s : values()) {
        if (s.toString().equals(name)) {
          return s;
        }
      }
      throw new IllegalArgumentException(
          "--progress %s: it is bar, lines, json or none".formatted(name));
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final PrintWriter out;
  private final Style style;
  private final String what;
  private final String unit;
  private final ObjectMapper json = new ObjectMapper();
  private final long started = System.nanoTime();
  private @Nullable ProgressBar bar;
  private long shown = started;

  /**
   * @param what the work is called
   * @param unit what is counted, in the plural
   */
  public Progress(PrintWriter out, Style style, String what, String unit) {
    this.out = out;
    this.style = style;
    this.what = what;
    this.unit = unit;
  }

  /** Says nothing. */
  public static Progress silent() {
    return new Progress(new PrintWriter(Writer.nullWriter()), Style.NONE, "", "");
  }

  Style style() {
    return style;
  }

  /** True if it was shown long enough ago. */
  public boolean due() {
    return System.nanoTime() - shown >= style.between;
  }

  /** So many of {@code total} are done since this object was made; shown if it is due. */
  public void at(long done, long total, Map<String, ?> figures) {
    if (due()) {
      show(done, total, done / ((System.nanoTime() - started) * 1e-9), figures);
    }
  }

  /** Shows it, due or not. */
  public void show(long done, long total, double perSecond, Map<String, ?> figures) {
    shown = System.nanoTime();
    switch (style) {
      case BAR -> draw(done, total, figures);
      case LINES ->
          line(
              "%d %%%s, %s %s/s, %s left",
              100 * done / Math.max(total, 1),
              text(figures),
              String.format(Locale.ROOT, perSecond < 100 ? "%.2f" : "%.0f", perSecond),
              unit,
              duration((total - done) / Math.max(perSecond, 1e-9)));
      case JSON -> object(done, total, perSecond, figures);
      case NONE -> {}
    }
  }

  private void draw(long done, long total, Map<String, ?> figures) {
    ProgressBar b = bar;
    if (b == null) {
      b =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(total)
              .setUnit(" " + unit, 1)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .build();
      bar = b;
    }
    b.stepTo(done);
    b.setExtraMessage(text(figures));
  }

  private static String text(Map<String, ?> figures) {
    var text = new StringBuilder();
    figures.forEach((name, value) ->
        text.append(", ")
            .append(name)
            .append(' ')
            .append(value instanceof Float f ? shortened(f) : value));
    return text.toString();
  }

  private static String shortened(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private void object(long done, long total, double perSecond, Map<String, ?> figures) {
    var all = new LinkedHashMap<String, Object>();
    all.put("work", what);
    all.put("done", done);
    all.put("total", total);
    all.put("unit", unit);
    all.put("per_second", perSecond);
    all.put("seconds_left", (total - done) / Math.max(perSecond, 1e-9));
    all.putAll(figures);
    try {
      out.println(json.writeValueAsString(all));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    out.flush();
  }

  /** {@code 12 s}, {@code 3 min 05 s} or {@code 2 h 07 min}. */
  static String duration(double seconds) {
    long s = Math.round(seconds);
    if (s < 60) {
      return s + " s";
    }
    return s < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d h %02d min", s / 3600, s % 3600 / 60);
  }

  /** A sentence, behind what the work is called. */
  void line(String format, Object... args) {
    out.printf(Locale.ROOT, what + ": " + format + "%n", args);
    out.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
