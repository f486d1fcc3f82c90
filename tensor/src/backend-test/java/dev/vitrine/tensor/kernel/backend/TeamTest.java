package dev.vitrine.tensor.kernel.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Replay;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Unary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program of many kernels on a team of any size does what one thread does, and ends. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TeamTest {
  @BeforeEach
  void skipAloudWithoutTeams() {
    String reason = SameBits.BACKEND.unavailable();
    assumeTrue(reason == null, () -> SameBits.BACKEND.name() + ": " + reason);
    assumeTrue(
        SameBits.BACKEND.threaded(),
        () -> SameBits.BACKEND.name() + " does not split its work among threads");
  }

  /**
   * x ← f(x), where every kernel reads what all members wrote for the one before: large ones, which
   * are split, between stretches of small ones, which are not.
   */
  private static final class Chain implements Team.Task {
    private static final int ROWS = 300;
    private static final int COLUMNS = 200;
    final Tensor x = SameBits.special(1, 500, ROWS, COLUMNS);
    final Tensor index = Tensor.of(Shape.of(ROWS), new int[ROWS]);
    private final Tensor w = SameBits.rough(2, COLUMNS, COLUMNS);
    private final Tensor y = SameBits.blank(ROWS, COLUMNS);
    private final Tensor rows = SameBits.blank(ROWS, 1);
    private final Tensor columns = SameBits.blank(1, COLUMNS);
    private final Tensor one = SameBits.blank(1, 1);
    private final Tensor turned = SameBits.blank(COLUMNS, ROWS);

    Chain() {
      for (int i = 0; i < ROWS; i++) {
        index.putInt(i, (i * 7 + 3) % ROWS);
      }
    }

    @Override
    public void run(Kernels k) {
      k.map(Unary.TANH, 0, 0, x, x);
      k.matmul(false, false, x, w, null, y);
      k.sumRows(y, rows);
      k.map(Unary.SIGMOID, 0, 0, rows, rows);
      k.sumColumns(new Fold(1, ROWS, 1), rows, one);
      k.zip(Binary.SUB, rows, one, rows);
      k.gather(new Fold(1, ROWS, COLUMNS), y, index, x);
      k.zip(Binary.MUL, x, rows, y);
      k.permute(new int[] {1, 0}, y, turned);
      k.sumColumns(new Fold(1, ROWS, COLUMNS), y, columns);
      k.map(Unary.TANH, 0, 0, columns, columns);
      k.permute(new int[] {1, 0}, turned, x);
      k.zip(Binary.ADD, x, columns, x);
    }

    int[] bits() {
      var bits = new int[(int) x.size()];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Float.floatToIntBits(x.at(i));
      }
      return bits;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void manyReplaysGiveTheBitsOfOneThread(int members) {
    int replays = 200;
    var expected = new Chain();
    var kernels = SameBits.BACKEND.kernels(Team.Member.ALONE);
    for (int i = 0; i < replays; i++) {
      expected.run(kernels);
    }
    var team = new Team(SameBits.BACKEND, members);
    var replayed = new Chain();
    Replay[] captured = team.captured(replayed);
    for (int i = 0; i < replays; i++) {
      assertTrue(team.tryRun(captured));
    }
    assertArrayEquals(expected.bits(), replayed.bits());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aMemberThatFailsEndsTheOthersAndTheNextReplayWorks(int members) {
    var team = new Team(SameBits.BACKEND, members);
    var chain = new Chain();
    Tensor small = Tensor.of(Shape.of(3), new int[] {0, 1, 2});
    Tensor picked = SameBits.blank(3);
    Tensor from = SameBits.rough(3, 3);
    // the first gather is one member's, the one in the chain is everybody's
    Team.Task task =
        k -> {
          chain.run(k);
          k.gather(new Fold(1, 3, 1), from, small, picked);
          chain.run(k);
        };
    Replay[] captured = team.captured(task);
    Kernels alone = SameBits.BACKEND.kernels(Team.Member.ALONE);
    for (int i = 0; i < 20; i++) {
      Tensor index = i % 2 == 0 ? small : chain.index;
      int right = index.intAt(1);
      index.putInt(1, 400);
      String expected = refusal(() -> task.run(alone));
      assertEquals(expected, refusal(() -> team.tryRun(captured)));
      assertEquals(expected, refusal(() -> team.tryRun(task)));
      index.putInt(1, right);
      assertTrue(team.tryRun(captured));
      assertTrue(team.tryRun(task));
    }
    assertEquals(from.at(1), picked.at(1));
  }

  @Test
  void theThreadsOfAForgottenTeamEnd() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      var chain = new Chain();
      assertTrue(new Team(SameBits.BACKEND, 3).tryRun(chain));
    }
    // all but those of teams that other tests have kept or only just left
    for (int i = 0; i < 600 && threads() > 4; i++) {
      System.gc();
      Thread.sleep(50);
    }
    assertTrue(threads() <= 4, threads() + " threads of teams are left");
  }

  private static long threads() {
    String name = "vitrine-" + SameBits.BACKEND.name() + "-";
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith(name))
        .count();
  }

  private static String refusal(Executable run) {
    return String.valueOf(assertThrows(IndexOutOfBoundsException.class, run).getMessage());
  }
}
