package dev.vitrine.bench.run;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.train.Callback;
import dev.vitrine.nn.train.Evaluation;
import dev.vitrine.nn.train.Penalty;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workload trained once.
 *
 * @param history its epochs, those of an interrupted process before it included
 * @param test on the test rows; NaN if it was stopped
 * @param stopped true if Ctrl-C ended it before its time
 */
public record Training(
    Model model, List<Callback.Epoch> history, Evaluation test, boolean stopped, double seconds) {
  /** The exit code after Ctrl-C: 128 + SIGINT, as shells have it. */
  public static final int STOPPED = 130;

  /**
   * Trains from {@code seed}; with a checkpoint file it can be interrupted and goes on where it
   * was. Progress goes to {@code progress}.
   */
  public static Training run(
      Workload w,
      Split data,
      long seed,
      Device device,
      @Nullable Path checkpoint,
      TrainingProgress progress)
      throws IOException {
    return run(w, Models.of(w.model()), data, null, seed, device, checkpoint, progress);
  }

  /** The same with a penalty on each step. */
  static Training run(
      Workload w,
      Split data,
      @Nullable Penalty penalty,
      long seed,
      Device device,
      @Nullable Path checkpoint,
      TrainingProgress progress)
      throws IOException {
    return run(w, Models.of(w.model()), data, penalty, seed, device, checkpoint, progress);
  }

  /** Trains {@code model}, the workload's, while {@code told} watches it; without a checkpoint. */
  public static Training watched(
      Workload w,
      Model model,
      Split data,
      long seed,
      Device device,
      TrainingProgress progress,
      Callback told)
      throws IOException {
    return run(w, model, data, null, seed, device, null, progress, told);
  }

  private static Training run(
      Workload w,
      Model model,
      Split data,
      @Nullable Penalty penalty,
      long seed,
      Device device,
      @Nullable Path checkpoint,
      TrainingProgress progress,
      Callback... told)
      throws IOException {
    Loss loss = Workload.loss(Runs.outputs(model, data.train()));
    Trainer trainer =
        new Trainer(model)
            .loss(loss)
            .optimizer(w.optimizer())
            .batch(w.batch())
            .seed(seed)
            .device(device)
            .callback(progress);
    List.of(told).forEach(trainer::callback);
    if (penalty != null) {
      trainer.penalty(penalty);
    }
    if (checkpoint != null) {
      trainer.checkpoint(checkpoint);
    }
    long start = System.nanoTime();
    List<Callback.Epoch> history;
    try (var _ = Interrupt.calls(trainer::stop)) {
      history = trainer.fit(data.train(), w.epochs());
      if (trainer.wasStopped()) {
        progress.stopped(checkpoint != null); // before the JVM may end
        return new Training(model, history, new Evaluation(Double.NaN, Double.NaN), true, 0);
      }
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    Evaluation test = Evaluation.of(model, data.test(), loss, device);
    return new Training(model, history, test, false, seconds);
  }
}
