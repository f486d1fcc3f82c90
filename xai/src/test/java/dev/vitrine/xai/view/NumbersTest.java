package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void threeDigitsAreEnough() {
    assertEquals("0", Numbers.brief(0));
    assertEquals("0", Numbers.brief(-0.0));
    assertEquals("0.123", Numbers.brief(0.12345));
    assertEquals("−2.5", Numbers.brief(-2.5));
    assertEquals("100", Numbers.brief(99.99));
    assertEquals("12300", Numbers.brief(12345));
    assertEquals("1.23e5", Numbers.brief(123_456));
    assertEquals("0.001", Numbers.brief(0.001));
    assertEquals("−1.5e−7", Numbers.brief(-1.5e-7));
    assertEquals("3.4e38", Numbers.brief(3.4e38f));
  }

  @Test
  void noLocaleChangesThem() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals("0.5", Numbers.brief(0.5));
    } finally {
      Locale.setDefault(before);
    }
  }
}
