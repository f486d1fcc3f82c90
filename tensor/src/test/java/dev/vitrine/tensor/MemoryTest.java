package dev.vitrine.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(60)
class MemoryTest {
  private final Memory memory = new Memory("shelf");
  private final Tensor x = memory.floats(Shape.of(2), 1, 2);

  @Test
  void everyUseOfAFreedTensorSaysWhatIsClosed() {
    memory.close();
    memory.close();
    Executable[] uses = {
      () -> x.at(0),
      () -> x.intAt(0),
      () -> x.put(0, 1),
      () -> x.putInt(0, 1),
      x::toFloats,
      x::copy,
      x::address,
      x::toString,
      () -> x.set(1, 2),
      () -> x.set(Tensor.of(Shape.of(2), 3, 4)),
      () -> Tensor.of(Shape.of(2), 3, 4).set(x),
      () -> memory.floats(Shape.of(1)),
      memory::enter,
      () -> Memory.hold(() -> {}, new Tensor[] {x}),
    };
    for (Executable use : uses) {
      var e = assertThrows(IllegalStateException.class, use);
      assertEquals(
          "shelf is closed: its tensors are gone; copy() what must outlive it", e.getMessage());
    }
  }

  /** Who enters again and again must not keep a close waiting for ever. */
  @Test
  void whileItClosesNobodyComesInAndWhoIsInsideWorksOn() throws InterruptedException {
    memory.enter();
    var closing = new Thread(memory::close);
    closing.start();
    while (closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThrows(IllegalStateException.class, memory::enter);
    assertEquals(2, x.at(1), "who is inside");
    assertTrue(x.address() != 0 && closing.isAlive());
    memory.exit();
    closing.join();
    assertThrows(IllegalStateException.class, () -> x.at(1));
  }

  @Test
  void whoIsRefusedAtOneOwnerLeavesTheOthers() {
    var other = new Memory("other");
    Tensor y = other.floats(Shape.of(1));
    memory.close();
    Tensor[][] operands = {{y, y}, {y, x, y}};
    assertThrows(IllegalStateException.class, () -> Memory.hold(() -> {}, operands));
    other.close(); // would wait for who is inside
    assertThrows(IllegalStateException.class, () -> y.at(0));
  }

  @Test
  void moreThanTheMachineHasIsRefusedInASentence() {
    int most = Integer.MAX_VALUE;
    assertThrows(OutOfMemoryError.class, () -> memory.floats(Shape.of(most, most)));
    var e = assertThrows(OutOfMemoryError.class, () -> memory.floats(Shape.of(most, 100_000)));
    assertTrue(
        String.valueOf(e.getMessage())
            .matches(
                "shelf needs [0-9,]{15,} bytes more, this machine has [0-9,]+ left; [0-9,]+ are in use here"),
        e.getMessage());
    assertEquals(1, x.at(0), "what is there stays");
    long held = Footprint.held();
    memory.close();
    assertTrue(Footprint.held() < held, "what was refused is not counted");
    assertThrows(ArithmeticException.class, () -> Shape.of(most, most, most));
  }
}
