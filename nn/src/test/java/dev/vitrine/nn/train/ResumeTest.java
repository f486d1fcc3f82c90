package dev.vitrine.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.layer.Layers;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.optim.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interrupted and resumed training is the same training. */
class ResumeTest {
  private static final int EPOCHS = 3;
  private static final int STEPS = 15;
  private static final Dataset DATA = Rows.of();
  private static final Dataset VALIDATION = Rows.of(10, 2, false);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("checkpoint.safetensors");
  }

  private static Trainer trainer(Model m, Path file) {
    return Rows.trainer(m)
        .schedule(Schedule.exponential(0.5))
        .validate(VALIDATION)
        .earlyStopping(2)
        .checkpoint(file);
  }

  /** What a training gave: the model, and its epochs without their seconds. */
  private record Result(String hash, List<Callback.Epoch> epochs) {
    static Result of(Model m, List<Callback.Epoch> epochs) {
      return new Result(
          m.hash(),
          epochs.stream()
              .map(e -> new Callback.Epoch(e.number(), e.loss(), 0, e.validation()))
              .toList());
    }
  }

  private static Result uninterrupted(Path file) throws IOException {
    try (Model m = Rows.model()) {
      return Result.of(m, trainer(m, file).fit(DATA, EPOCHS));
    }
  }

  /** Trains on from the file, for {@code steps} more steps; true if that was not the end. */
  private static boolean stopAfter(int steps, Path file) throws IOException {
    try (Model m = Rows.model()) {
      Trainer t = trainer(m, file);
      t.callback(
          new Callback() {
            private int left = steps;

            @Override
            public void step(Moment s) {
              if (--left == 0) {
                t.stop();
              }
            }
          });
      t.fit(DATA, EPOCHS);
      return t.wasStopped();
    }
  }

  @Test
  void stoppedAfterAnyStepAndResumedGivesTheSameBits() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    Result wanted = uninterrupted(whole);
    for (int k = 1; k <= STEPS; k++) {
      Files.deleteIfExists(file);
      assertEquals(k < STEPS, stopAfter(k, file), "stopped before its time, step " + k);
      assertEquals(wanted, uninterrupted(file), "stopped after step " + k);
      assertEquals(-1, Files.mismatch(whole, file), "the same file, step " + k);
    }
  }

  @Test
  void stoppedAfterEveryStepToo() throws IOException {
    Result wanted = uninterrupted(folder.resolve("whole.safetensors"));
    int runs = 1;
    while (stopAfter(1, file)) {
      runs++;
    }
    assertEquals(STEPS, runs);
    assertEquals(wanted, uninterrupted(file));
  }

  @Test
  void stoppedFromAnEpochsCallback() throws IOException {
    Result wanted = uninterrupted(folder.resolve("whole.safetensors"));
    try (Model m = Rows.model()) {
      Trainer t = trainer(m, file);
      t.callback(
          new Callback() {
            @Override
            public void epoch(Epoch e) {
              t.stop();
            }
          });
      assertEquals(1, t.fit(DATA, EPOCHS).size());
      assertTrue(t.wasStopped());
    }
    assertEquals(wanted, uninterrupted(file));
  }

  /** As Ctrl-C does it: another thread calls stop and waits for the end. */
  @Test
  void anotherThreadMayStopIt() throws Exception {
    var underWay = new CountDownLatch(1);
    int reached;
    try (Model m = Rows.model()) {
      Trainer t = Rows.trainer(m).checkpoint(file);
      t.callback(
          new Callback() {
            @Override
            public void step(Moment s) {
              underWay.countDown();
            }
          });
      var key =
          new Thread(() -> {
            try {
              underWay.await();
              t.stop();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      key.start();
      reached = t.fit(DATA, Integer.MAX_VALUE).size();
      key.join();
      assertTrue(t.wasStopped());
    }
    try (Model resumed = Rows.model();
        Model whole = Rows.model()) {
      Rows.trainer(resumed).checkpoint(file).fit(DATA, reached + 1);
      Rows.trainer(whole).fit(DATA, reached + 1);
      assertEquals(whole.hash(), resumed.hash(), "stopped in epoch " + reached);
    }
  }

  @Test
  void anInterruptStopsItWithACheckpoint() throws IOException {
    Result wanted = uninterrupted(folder.resolve("whole.safetensors"));
    int runs = 0;
    boolean goesOn = true;
    while (goesOn) {
      try (Model m = Rows.model()) {
        Trainer t = trainer(m, file);
        t.callback(
            new Callback() {
              @Override
              public void step(Moment s) {
                Thread.currentThread().interrupt();
              }
            });
        t.fit(DATA, EPOCHS);
        goesOn = t.wasStopped();
        assertTrue(Thread.interrupted(), "the thread still knows");
      }
      runs++;
    }
    assertEquals(STEPS, runs, "a step each");
    assertEquals(wanted, uninterrupted(file));
  }

  @Test
  void whoIsInterruptedBeforeDoesNothing() throws IOException {
    stopAfter(7, file);
    try (Model m = Rows.model()) {
      Trainer t = trainer(m, file);
      Thread.currentThread().interrupt();
      t.fit(DATA, EPOCHS);
      assertTrue(Thread.interrupted() && t.wasStopped());
    }
    assertEquals(uninterrupted(folder.resolve("whole.safetensors")), uninterrupted(file));
  }

  @Test
  void moreEpochsContinueWhereTheLastTrainingEnded() throws IOException {
    Result wanted = uninterrupted(folder.resolve("whole.safetensors"));
    try (Model m = Rows.model()) {
      trainer(m, file).fit(DATA, 1);
    }
    assertEquals(wanted, uninterrupted(file));
    assertEquals(wanted, uninterrupted(file), "nothing left to do");
  }

  @Test
  void aCheckpointOfOtherSettingsIsRefusedAndTheModelLeftAlone() throws IOException {
    stopAfter(7, file);
    Map<String, UnaryOperator<Trainer>> others =
        Map.of(
            "Adam", t -> t.optimizer(Optimizer.adam(0.03f)),
            "batch", t -> t.batch(4),
            "seed", t -> t.seed(4),
            "patience", t -> t.earlyStopping(5),
            "hash", t -> t.validate(Rows.of(10, 3, false)));
    for (var other : others.entrySet()) {
      try (Model m = Rows.model().init(42)) {
        refused(m, other.getValue().apply(trainer(m, file)), DATA, other.getKey());
      }
    }
    try (Model m = Rows.model().init(42)) {
      refused(m, trainer(m, file), Rows.of(22, 9, false), "hash");
    }
    try (Model m = Model.sequential(Layers.linear(3, 3)).init(42)) {
      refused(m, trainer(m, file), DATA, "linear(3, 3)");
    }
  }

  private static void refused(Model m, Trainer t, Dataset data, String what) {
    String before = m.hash();
    var e = assertThrows(IllegalArgumentException.class, () -> t.fit(data, EPOCHS), what);
    assertTrue(e.getMessage().contains("belongs to another training"), e.getMessage());
    assertTrue(e.getMessage().contains(what), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), "one sentence");
    assertEquals(before, m.hash(), what);
  }

  @Test
  void aTruncatedCheckpointIsRefusedAndTheModelLeftAlone() throws IOException {
    stopAfter(7, file);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 7, 100, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (Model m = Rows.model().init(42)) {
        String before = m.hash();
        var e =
            assertThrows(
                IOException.class, () -> trainer(m, file).fit(DATA, EPOCHS), length + " bytes");
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        assertEquals(before, m.hash(), length + " bytes");
      }
    }
  }
}
