package dev.vitrine.nn.train;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.Parameter;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.GradientClip;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.optim.Schedule;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fits a model to data by gradient descent in batches.
 *
 * <p>The result depends on the model, the data, the settings and the seed alone: the same bits on
 * every backend, with any number of threads, and whether or not training was interrupted and
 * resumed. Nobody else may train or explain the model meanwhile: they would meet weights half way
 * through a step.
 */
public final class Trainer {
  private final Model model;
  private Loss loss = Loss.crossEntropy();
  private @Nullable Penalty penalty;
  private Optimizer optimizer = Optimizer.adam(1e-3f);
  private Schedule schedule = Schedule.constant();
  private GradientClip clip = GradientClip.none();
  private final List<Callback> callbacks = new ArrayList<>();
  private @Nullable Device device;
  private @Nullable Dataset validation;
  private @Nullable Path checkpoint;
  private long seed;
  private int batch = 32;
  private int patience = Integer.MAX_VALUE;
  private boolean fresh = true;
  private volatile boolean stopped;
  private boolean cutShort;

  public Trainer(Model model) {
    this.model = model;
  }

  public Trainer loss(Loss other) {
    loss = other;
    return this;
  }

  /** What is added to the loss of each training step; validation is judged without it. */
  public Trainer penalty(Penalty added) {
    penalty = added;
    return this;
  }

  public Trainer optimizer(Optimizer other) {
    optimizer = other;
    return this;
  }

  /** The learning rate as a function of the epoch; constant unless told otherwise. */
  public Trainer schedule(Schedule perEpoch) {
    schedule = perEpoch;
    return this;
  }

  public Trainer clip(GradientClip other) {
    clip = other;
    return this;
  }

  /** Where to compute: {@link Device#standard} unless told otherwise. */
  public Trainer device(Device other) {
    device = other;
    return this;
  }

  /** The standard one starts threads and may say so: not before somebody needs it. */
  private Device device() {
    return device == null ? Device.standard() : device;
  }

  /** Decides the first weights, the order of the rows and all masks. */
  public Trainer seed(long other) {
    seed = other;
    return this;
  }

  /** Rows per step; the last step of an epoch takes what is left. */
  public Trainer batch(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("batch: " + rows + " rows given, at least 1 is needed");
    }
    batch = rows;
    return this;
  }

  /** Starts from the weights that the model has, instead of drawing them from the seed. */
  public Trainer keepWeights() {
    fresh = false;
    return this;
  }

  /** Rows that each epoch is judged by. */
  public Trainer validate(Dataset rows) {
    validation = rows;
    return this;
  }

  /**
   * Stops when the validation loss has not become smaller for {@code epochs} epochs. Training then
   * ends with the weights that were best, also where its epochs ran out before.
   */
  public Trainer earlyStopping(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException(
          "early stopping: patience of " + epochs + " epochs given, at least 1 is needed");
    }
    patience = epochs;
    return this;
  }

  /**
   * Writes a checkpoint after each epoch and when stopped, and resumes from it if it is there. One
   * of another model, optimiser, batch, seed or data set is refused; loss, penalty, schedule and
   * clipping are functions, which can't be compared: keep them as they were.
   */
  public Trainer checkpoint(Path file) {
    checkpoint = file;
    return this;
  }

  public Trainer callback(Callback c) {
    callbacks.add(c);
    return this;
  }

  /**
   * Ends training after the step under way, with a checkpoint if one was asked for; any thread may
   * call it. A stopped trainer stays stopped: resume with a new one.
   */
  public void stop() {
    stopped = true;
  }

  /** True if {@link #stop} ended training before its time. */
  public boolean wasStopped() {
    return cutShort;
  }

  /**
   * Trains for {@code epochs} epochs in all and gives them, those of a resumed checkpoint included.
   * An interrupt of the thread does what {@link #stop} does, and the thread stays interrupted.
   */
  public List<Callback.Epoch> fit(Dataset data, int epochs) throws IOException {
    if (data.size() == 0) {
      throw new IllegalArgumentException("there are no rows to train on");
    }
    if (patience < Integer.MAX_VALUE && validation == null) {
      throw new IllegalArgumentException("early stopping needs validation rows: call validate(…)");
    }
    try (Memory memory = new Memory("training")) {
      var run = new Run(data, epochs, memory);
      if (checkpoint == null || !run.resume(checkpoint)) {
        run.start();
      }
      run.loop();
      return List.copyOf(run.at.history);
    }
  }

  /** One call of {@link #fit}: the loop and where it is. */
  private final class Run {
    final Dataset data;
    final int epochs;
    final Map<String, Tensor> optimizerState = new LinkedHashMap<>();
    final Map<String, Tensor> best = new LinkedHashMap<>();
    final Callback.Moment moment = new Callback.Moment();
    final Checkpoint.Progress at;
    final String settings;

    Run(Dataset data, int epochs, Memory memory) {
      this.data = data;
      this.epochs = epochs;
      at = new Checkpoint.Progress(data.size(), Math.min(batch, data.size()));
      for (Parameter p : model.parameters()) {
        if (p.isTrained()) {
          for (String s : optimizer.state()) {
            String name = p.name() + "." + s;
            optimizerState.put(name, memory.floats(p.shape()));
          }
        }
        if (patience < Integer.MAX_VALUE) {
          best.put(p.name(), memory.floats(p.shape()));
        }
      }
      settings = checkpoint == null ? "" : settings();
    }

    void start() {
      if (fresh) {
        model.init(seed);
      }
    }

    boolean resume(Path file) throws IOException {
      boolean found;
      boolean interrupted = Thread.interrupted(); // it would close the file that is read
      try {
        found = Checkpoint.read(file, settings, at, model.state(), optimizerState, best);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
      if (at.epoch > epochs || (at.epoch == epochs && at.row > 0)) {
        throw new IllegalArgumentException(
            "%s is in epoch %d, only %d were asked for; ask for more or delete it"
                .formatted(file, at.epoch + 1, epochs));
      }
      return found;
    }

    void save() throws IOException {
      if (checkpoint != null) {
        Checkpoint.write(checkpoint, settings, at, model.state(), optimizerState, best);
      }
    }

    /** What must be the same for a checkpoint to be continued. */
    String settings() {
      String s =
          "%s | %s | batch %d | seed %d | %s"
              .formatted(model, optimizer, batch, seed, identity(data));
      return patience == Integer.MAX_VALUE || validation == null
          ? s
          : s + " | patience %d on %s".formatted(patience, identity(validation));
    }

    private String identity(Dataset rows) {
      var all = Map.of("inputs", rows.inputs(), "targets", rows.targets());
      return "%d rows with hash %s".formatted(rows.size(), TensorHash.of(all).substring(0, 16));
    }

    /** There are epochs left, and patience. */
    private boolean isDue() {
      return at.epoch < epochs && at.idle < patience;
    }

    void loop() throws IOException {
      if (isDue()) {
        train();
      }
      cutShort = stopped && isDue();
      if (!cutShort && at.best < Double.POSITIVE_INFINITY) {
        model.load(best);
      }
    }

    private void train() throws IOException {
      int whole = Math.min(batch, data.size());
      int rest = data.size() % whole;
      var recipe =
          new TrainingStep.Recipe(
              model, loss, penalty, optimizer, clip, optimizerState, seed, device());
      try (var step = new TrainingStep(recipe, data, whole);
          var last = rest == 0 ? null : new TrainingStep(recipe, data, rest)) {
        while (isDue() && goesOn()) {
          epoch(step, last, whole);
        }
      }
    }

    /** Nobody asked for the end. */
    private boolean goesOn() {
      stopped |= Thread.currentThread().isInterrupted();
      return !stopped;
    }

    private void epoch(TrainingStep step, @Nullable TrainingStep last, int whole)
        throws IOException {
      int[] order = data.order(seed, at.epoch);
      double rate = schedule.rate(optimizer.rate(), at.epoch);
      long start = System.nanoTime();
      int first = at.row;
      while (at.row < data.size() && goesOn()) {
        int to = Math.min(at.row + whole, data.size());
        TrainingStep now = to - at.row == whole || last == null ? step : last;
        at.step++;
        float value = now.run(data, order, at.row, to, at.step, rate);
        if (!Float.isFinite(value)) {
          throw new ArithmeticException(
              "the loss is %s in step %d of epoch %d; lower the learning rate (it is %s) or clip gradients"
                  .formatted(value, at.step, at.epoch + 1, rate));
        }
        at.lossSum += (double) value * (to - at.row);
        at.row = to;
        tell(value, rate, start, first);
      }
      if (at.row < data.size()) {
        save();
        return;
      }
      finish((System.nanoTime() - start) * 1e-9);
    }

    private void tell(float value, double rate, long start, int first) {
      moment.epoch = at.epoch;
      moment.epochs = epochs;
      moment.row = at.row;
      moment.rows = data.size();
      moment.loss = value;
      moment.rate = rate;
      moment.rowsPerSecond = (at.row - first) / ((System.nanoTime() - start) * 1e-9);
      for (Callback c : callbacks) {
        c.step(moment);
      }
    }

    private void finish(double seconds) throws IOException {
      Evaluation judged =
          validation == null ? null : Evaluation.of(model, validation, loss, device());
      var e = new Callback.Epoch(at.epoch, at.lossSum / data.size(), seconds, judged);
      at.history.add(e);
      if (judged != null && patience < Integer.MAX_VALUE) {
        if (judged.loss() < at.best) {
          at.best = judged.loss();
          at.idle = 0;
          for (Parameter p : model.parameters()) {
            Objects.requireNonNull(best.get(p.name())).set(p.value());
          }
        } else {
          at.idle++;
        }
      }
      at.epoch++;
      at.row = 0;
      at.lossSum = 0;
      save();
      for (Callback c : callbacks) {
        c.epoch(e);
      }
    }
  }
}
