package dev.vitrine.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ForgottenTensorTest {

  /** Nobody needs the tensor after the call, so its owner may be freed as soon as it is read. */
  @Test
  void aTensorStaysUntilItsLastElementIsRead() throws InterruptedException {
    Thread collector =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (!Thread.currentThread().isInterrupted()) {
                System.gc();
              }
            });
    try {
      for (int i = 0; i < 200; i++) {
        assertEquals(1 << 18, read());
      }
    } finally {
      collector.interrupt();
      collector.join();
    }
  }

  private static int read() {
    return new Memory("forgotten").floats(Shape.of(1 << 18)).toFloats().length;
  }
}
