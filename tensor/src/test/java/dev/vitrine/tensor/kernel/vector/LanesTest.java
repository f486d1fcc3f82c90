package dev.vitrine.tensor.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The width is the one asked for, the machine's own if none is, and nonsense is refused in one
 * sentence.
 */
class LanesTest {
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void takesTheWidthAskedFor(int bits) {
    assertEquals(bits, Lanes.species(Integer.toString(bits)).vectorBitSize());
  }

  @Test
  void takesTheWidestOtherwise() {
    assertEquals(FloatVector.SPECIES_PREFERRED, Lanes.species(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64", "1024", "wide", "256 "})
  void refusesAnythingElse(String bits) {
    var e = assertThrows(IllegalArgumentException.class, () -> Lanes.species(bits));
    assertEquals(
        "vitrine.lanes is \"" + bits + "\": use 128, 256 or 512 bits, or leave it out",
        e.getMessage());
  }

  @Test
  void intsAndFloatsHaveTheSameLanes() {
    assertEquals(Lanes.WIDTH, Lanes.F.length());
    assertEquals(Lanes.WIDTH, Lanes.I.length());
  }
}
