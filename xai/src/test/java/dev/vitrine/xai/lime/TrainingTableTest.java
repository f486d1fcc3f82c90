package dev.vitrine.xai.lime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrainingTableTest {
  /** Quartiles 2, 3 and 4; categories 7 and 9. */
  private static final TrainingTable TABLE =
      TrainingTable.of(Tensor.of(Shape.of(5, 2), 1, 7, 2, 9, 3, 7, 4, 9, 5, 7), Set.of(1));

  @Test
  void valuesFallIntoBinsAndCategories() {
    assertEquals(4, TABLE.bins(0));
    assertEquals(0, TABLE.bin(0, -8));
    assertEquals(0, TABLE.bin(0, 2));
    assertEquals(1, TABLE.bin(0, 2.5f));
    assertEquals(3, TABLE.bin(0, 100));
    assertEquals(2, TABLE.bins(1));
    assertEquals(1, TABLE.bin(1, 9));
    assertEquals(-1, TABLE.bin(1, 8), "never seen");
  }

  @Test
  void binsAreReadable() {
    assertEquals("age ≤ 2", TABLE.condition(0, 1, "age"));
    assertEquals("2 < age ≤ 3", TABLE.condition(0, 3, "age"));
    assertEquals("age > 4", TABLE.condition(0, 5, "age"));
    assertEquals("colour = 9", TABLE.condition(1, 9, "colour"));
  }

  /** Its upper bin is empty, so all values are in the lower one. */
  @Test
  void aConstantColumnHasOneCondition() {
    var table = TrainingTable.of(Tensor.of(Shape.of(3, 1), 0.125f, 0.125f, 0.125f), Set.of());
    assertEquals(0, table.bin(0, 0.125f));
    assertEquals("x ≤ 0.125", table.condition(0, 0.125f, "x"));
  }
}
