package dev.vitrine.bench.run;

import dev.vitrine.nn.train.Callback;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows training: a bar with rate, loss and time left on a terminal, a line per epoch elsewhere.
 */
public final class Progress implements Callback, AutoCloseable {
  private static final long BETWEEN_UPDATES = 100_000_000;

  private final PrintWriter out;
  private final String what;
  private final boolean terminal;
  private @Nullable ProgressBar bar;
  private long shown;

  public Progress(PrintWriter out, String what) {
    this.out = out;
    this.what = what;
    Console console = System.console();
    this.terminal = console != null && console.isTerminal();
  }

  @Override
  public void step(Moment m) {
    long now = System.nanoTime();
    if (!terminal || now - shown < BETWEEN_UPDATES) {
      return;
    }
    shown = now;
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax((long) m.rows() * m.epochs())
              .setUnit(" rows", 1)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .build();
    }
    bar.stepTo((long) m.epoch() * m.rows() + m.row());
    bar.setExtraMessage(String.format(Locale.ROOT, " loss %.4f", m.loss()));
  }

  @Override
  public void epoch(Epoch e) {
    if (!terminal) {
      out.printf(
          Locale.ROOT,
          "%s: epoch %d, loss %.4f, %.1f s%n",
          what,
          e.number() + 1,
          e.loss(),
          e.seconds());
      out.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
