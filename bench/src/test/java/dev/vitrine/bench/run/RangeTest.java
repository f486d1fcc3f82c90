package dev.vitrine.bench.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTest {
  @Test
  void aNumberOrARangeIsUnderstood() {
    assertEquals(new Range(3, 3), Range.parse("--rows", "3"));
    assertArrayEquals(new int[] {7, 8, 9}, Range.parse("--rows", "7-9").values());
    assertEquals("7-9", Range.parse("--rows", "7-9").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1-", "a", "1-2-3", "3-2", "99999999999", "1 - 2"})
  void everythingElseIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Range.parse("--rows", text));
  }
}
