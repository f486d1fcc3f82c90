package dev.vitrine.bench.run;

import dev.vitrine.nn.train.Callback;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows a training: rows and loss, and where plain lines are wanted one for each epoch. */
public final class TrainingProgress implements Callback, AutoCloseable {
  /** Of more epochs than these only every second, third … has a line. */
  private static final int MOST_LINES = 20;

  private final Progress progress;
  private int epochs;
  private int rows;
  private double perSecond;

  public TrainingProgress(Progress progress) {
    this.progress = progress;
  }

  /** Says nothing. */
  static TrainingProgress silent() {
    return new TrainingProgress(Progress.silent());
  }

  @Override
  public void step(Moment m) {
    boolean ended = m.row() == m.rows();
    if (ended) {
      epochs = m.epochs(); // for the epoch's own line
      rows = m.rows();
      perSecond = m.rowsPerSecond();
    }
    if (progress.due() && !(ended && progress.style() == Progress.Style.LINES)) {
      show(m.epoch() + 1, (long) m.epoch() * m.rows() + m.row(), m);
    }
  }

  private void show(int epoch, long done, Moment m) {
    long total = (long) m.epochs() * m.rows();
    progress.show(done, total, m.rowsPerSecond(), figures(epoch, m.loss()));
  }

  @Override
  public void epoch(Epoch e) {
    int number = e.number() + 1;
    int stride = Math.ceilDiv(Math.max(epochs, 1), MOST_LINES);
    boolean told = number % stride == 0 || number == epochs;
    if (told && progress.style() == Progress.Style.LINES) {
      long total = (long) epochs * rows;
      progress.show((long) number * rows, total, perSecond, figures(number, (float) e.loss()));
    }
  }

  private static Map<String, Object> figures(int epoch, float loss) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("epoch", epoch);
    figures.put("loss", loss);
    return figures;
  }

  /** Ctrl-C ended the training; {@code resumes} if a checkpoint keeps what was done. */
  void stopped(boolean resumes) {
    close();
    progress.line(resumes ? "stopped; the same command goes on from here" : "stopped");
  }

  @Override
  public void close() {
    progress.close();
  }
}
