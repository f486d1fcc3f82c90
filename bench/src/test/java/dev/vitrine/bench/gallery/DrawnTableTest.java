package dev.vitrine.bench.gallery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DrawnTableTest {
  @Test
  void columnsInTheirOwnUnitsAreTheSameOnceStandardised() {
    DrawnTable table = DrawnTable.of(3, 50);
    // A unit in the last place of a raw value, over its deviation.
    assertArrayEquals(
        table.data().inputs().toFloats(), DrawnTable.standardised(table.raw()).toFloats(), 1e-5f);
  }

  @Test
  void bothClassesOccurAndMoreRowsLeaveTheFirstOnesAsTheyAre() {
    DrawnTable few = DrawnTable.of(3, 50);
    DrawnTable many = DrawnTable.of(3, 100);
    assertArrayEquals(
        few.raw().toFloats(), Arrays.copyOf(many.raw().toFloats(), 50 * DrawnTable.COLUMNS.size()));
    int finish = Arrays.stream(many.data().targets().toInts()).sum();
    assertTrue(finish > 20 && finish < 80, "finish: " + finish);
    assertEquals(DrawnTable.COLUMNS, many.data().features());
  }
}
