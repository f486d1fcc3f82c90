package dev.vitrine.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void timesAreSaidAsPeopleDo() {
    assertEquals("0 s", Progress.duration(0.2));
    assertEquals("59 s", Progress.duration(59.4));
    assertEquals("3 min 05 s", Progress.duration(185));
    assertEquals("2 h 07 min", Progress.duration(2 * 3600 + 7 * 60 + 59));
  }
}
