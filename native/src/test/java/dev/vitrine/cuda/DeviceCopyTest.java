package dev.vitrine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Replay;
import dev.vitrine.tensor.kernel.Unary;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever wrote last has what counts, be it the processor or the device, all of it or a part. */
class DeviceCopyTest {
  private final Memory memory = new Memory("test");
  private final Tensor x = memory.floats(Shape.of(2, 2), 1, 2, 3, 4);
  private Kernels kernels;
  private long before;

  @BeforeAll
  static void itWasBuilt() {
    assumeTrue(Fake.isHere(), "no C++ compiler: the CUDA backend is not tested");
  }

  @BeforeEach
  void device() {
    Fake.mend();
    before = Fake.used();
    kernels = new CudaKernels(new Gpu(0, Fake.CACHE));
  }

  @AfterEach
  void nothingIsLeft() {
    memory.close();
    assertEquals(before, Fake.used());
  }

  private void negate() {
    kernels.map(Unary.NEGATE, 0, 0, x, x);
  }

  @Test
  void theProcessorSeesWhatTheDeviceWrote() {
    negate();
    assertEquals(-1, x.at(0));
    assertArrayEquals(new float[] {-3, -4}, x.rows(1, 2).toFloats());
    negate();
    assertArrayEquals(new float[] {1, 2, 3, 4}, x.toFloats());
  }

  @Test
  void aChangeOfOneElementKeepsTheOthers() {
    negate();
    x.put(1, 7);
    assertArrayEquals(new float[] {-1, 7, -3, -4}, x.toFloats());
    negate();
    assertArrayEquals(new float[] {1, -7, 3, 4}, x.toFloats());
  }

  @Test
  void aChangeOfOneRowKeepsTheOthers() {
    negate();
    x.rows(1, 2).set(8, 9);
    negate();
    assertArrayEquals(new float[] {1, 2, -8, -9}, x.toFloats());
  }

  @Test
  void aChangeOfAllIsSeen() {
    negate();
    x.set(5, 6, 7, 8);
    negate();
    assertArrayEquals(new float[] {-5, -6, -7, -8}, x.toFloats());
  }

  @Test
  void bytesThatAreHandedOutAreCurrentAndMayBeChanged() {
    negate();
    var bytes = x.segment();
    assertEquals(-2, bytes.getAtIndex(ValueLayout.JAVA_FLOAT, 1));
    bytes.setAtIndex(ValueLayout.JAVA_FLOAT, 1, 6);
    negate();
    assertArrayEquals(new float[] {1, -6, 3, 4}, x.toFloats());
  }

  @Test
  void aReplaySeesChangesInBetween() {
    Replay replay = kernels.capture(this::negate);
    replay.run();
    x.put(0, 5);
    replay.run();
    assertArrayEquals(new float[] {-5, 2, 3, 4}, x.toFloats());
    replay.run();
    replay.run();
    assertArrayEquals(new float[] {-5, 2, 3, 4}, x.toFloats());
  }

  @Test
  void whatCameHomeGoesThereAgain() {
    Replay replay = kernels.capture(this::negate);
    replay.run();
    x.storage().home();
    assertNull(x.storage().twin());
    assertEquals(-1, x.at(0));
    replay.run();
    assertEquals(1, x.at(0));
  }

  @Test
  void anotherDeviceTakesOverWhatThisOneWrote() {
    negate();
    new CudaKernels(new Gpu(0, Fake.CACHE)).map(Unary.SQUARE, 0, 0, x, x);
    assertArrayEquals(new float[] {1, 4, 9, 16}, x.toFloats());
    negate();
    assertEquals(-16, x.at(3));
  }
}
