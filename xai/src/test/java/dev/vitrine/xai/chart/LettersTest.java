package dev.vitrine.xai.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jfree.data.Range;
import org.junit.jupiter.api.Test;

class LettersTest {
  @Test
  void theFontsHaveTheLettersOfOurTexts() {
    String letters =
        "AZaz09 äöüßéñçœŁő αβγδεζηθλµσφωΔΣΩ ±×−·…–—→←↑↓≤≥≠≈∞∂∇√∫∈′ ⁰¹²³⁺⁻₀₁ |a| «»“”€%";
    assertEquals(-1, Fonts.PLAIN.canDisplayUpTo(letters));
    assertEquals(-1, Fonts.BOLD.canDisplayUpTo(letters));
  }

  @Test
  void whatTheFontsLackHasAWidthAllTheSame() {
    assertFalse(Fonts.PLAIN.canDisplay('漢'));
    assertTrue(Fonts.width("漢字", Theme.LABEL) > 0);
  }

  @Test
  void namesAreShortenedInTheMiddleAndNoMoreThanNeeded() {
    String name = "a name that is much too long to be written beside a bar, number 1";
    String fitted = Labels.fit(name, Theme.LABEL, 150);
    assertTrue(Fonts.width(fitted, Theme.LABEL) <= 150, fitted);
    assertTrue(Fonts.width(fitted, Theme.LABEL) > 130, fitted);
    assertTrue(fitted.startsWith("a name") && fitted.endsWith("number 1"), fitted);
    assertEquals("short", Labels.fit("short", Theme.LABEL, 150));
  }

  @Test
  void numbersAreAsShortAsTheyCanBe() {
    assertEquals("0.123", Figures.brief(0.12345));
    assertEquals("−1.5e−7", Figures.brief(-1.5e-7));
    assertEquals("+2", Figures.signed(2));
    assertEquals("1987", Figures.value(1987));
    assertEquals("0.1", Figures.value(0.1f));
    assertEquals("1e30", Figures.brief(1e30));
    assertEquals("NaN", Figures.brief(Double.NaN));
    assertEquals("−∞", Figures.brief(Double.NEGATIVE_INFINITY));
  }

  @Test
  void aSumOfStepsHasNoRoundingErrorsBesideAnAxis() {
    var axis = Theme.numbers("", new Range(-0.6, 0.6));
    var text = axis.getNumberFormatOverride();
    assertEquals("0", text.format(-0.6 + 3 * 0.2));
    assertEquals("0.3", text.format(0.1 + 0.2));
    // Where it is short, digits stay that would be noise on a longer one.
    axis.setRange(1000, 1000.0001);
    assertEquals("1000.00005", text.format(1000.00005));
  }

  @Test
  void spansLeaveOutWhatIsNoNumber() {
    assertEquals(
        new Range(1, 5), new Span().with(5, Double.NaN, 1, Double.POSITIVE_INFINITY).exact());
    assertEquals(new Range(0, 1), new Span().exact());
    assertEquals(new Range(1, 3), new Span().with(2, 2).exact());
    assertEquals(
        List.of(-0.5, 0.5),
        List.of(
            new Span().with(0).exact().getLowerBound(),
            new Span().with(0).exact().getUpperBound()));
  }
}
