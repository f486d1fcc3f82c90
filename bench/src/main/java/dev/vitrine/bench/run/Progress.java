package dev.vitrine.bench.run;

import dev.vitrine.nn.train.Callback;
import java.io.Console;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows training with rate, loss and time left: a bar on a terminal, elsewhere a line per epoch and
 * in long epochs one every ten seconds.
 */
public final class Progress implements Callback, AutoCloseable {
  private static final long BETWEEN_UPDATES = 100_000_000;
  private static final long BETWEEN_LINES = 10_000_000_000L;

  /** Of more epochs than these only every second, third … has a line. */
  private static final int MOST_LINES = 20;

  private final PrintWriter out;
  private final String what;
  private final boolean terminal;
  private @Nullable ProgressBar bar;
  private long shown = System.nanoTime();
  private int epochs;
  private String speed = "";

  /** A bar if this process talks to a terminal. */
  public Progress(PrintWriter out, String what) {
    this(out, what, onTerminal());
  }

  Progress(PrintWriter out, String what, boolean terminal) {
    this.out = out;
    this.what = what;
    this.terminal = terminal;
  }

  /** Says nothing. */
  static Progress silent() {
    return new Progress(new PrintWriter(Writer.nullWriter()), "", false);
  }

  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  @Override
  public void step(Moment m) {
    epochs = m.epochs();
    if (m.row() == m.rows()) {
      speed = speed(m); // for the line of the epoch, which is over
    }
    long now = System.nanoTime();
    if (now - shown < (terminal ? BETWEEN_UPDATES : BETWEEN_LINES)) {
      return;
    }
    shown = now;
    if (terminal) {
      draw(m);
    } else if (m.row() < m.rows()) {
      line(
          "epoch %d/%d at %d %%, loss %.4f, %s",
          m.epoch() + 1, epochs, 100L * m.row() / m.rows(), m.loss(), speed(m));
    }
  }

  private void draw(Moment m) {
    ProgressBar b = bar;
    if (b == null) {
      b =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax((long) m.rows() * m.epochs())
              .setUnit(" rows", 1)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .build();
      bar = b;
    }
    b.stepTo((long) m.epoch() * m.rows() + m.row());
    b.setExtraMessage(String.format(Locale.ROOT, " loss %.4f", m.loss()));
  }

  private static String speed(Moment m) {
    return String.format(
        Locale.ROOT, "%.0f rows/s, %s left", m.rowsPerSecond(), duration(m.secondsLeft()));
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

  @Override
  public void epoch(Epoch e) {
    int number = e.number() + 1;
    int stride = (epochs + MOST_LINES - 1) / MOST_LINES;
    if (!terminal && (number % stride == 0 || number == epochs)) {
      shown = System.nanoTime();
      line("epoch %d/%d, loss %.4f, %s", number, epochs, e.loss(), speed);
    }
  }

  /** Ctrl-C ended the training; {@code resumes} if a checkpoint keeps what was done. */
  void stopped(boolean resumes) {
    close();
    line(resumes ? "stopped; the same command goes on from here" : "stopped");
  }

  private void line(String format, Object... args) {
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
