package dev.vitrine.xai.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.xai.lime.Words;
import dev.vitrine.xai.view.ColorMap;
import java.awt.Color;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens lie on the colours of their attributions. */
class TokenTextTest {
  private static final Color FULL_RED = new Color(ColorMap.DIVERGING.rgb(1));
  private static final Color FULL_BLUE = new Color(ColorMap.DIVERGING.rgb(-1));
  private static final Color HALF_RED = new Color(ColorMap.DIVERGING.rgb(0.5));

  /** Pixels of a colour left of the scale, which has all of them. */
  private static int count(Look look, Color color) {
    int count = 0;
    for (int y = 0; y < look.image().getHeight(); y++) {
      for (int x = 0; x < (int) (2 * look.info().getDataArea().getMaxX()); x++) {
        count += look.image().getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void theStrongestTokenHasTheFullColourAndOthersTheirShare() {
    Look look = Look.at(TokenText.of(List.of("good", "so", "bad"), new double[] {1, 2, -2}));
    assertTrue(count(look, FULL_RED) > 300);
    assertTrue(count(look, FULL_BLUE) > 300);
    assertTrue(count(look, HALF_RED) > 300);
    assertEquals(
        "A text of 3 tokens on the colours of their attributions; the strongest is \"so\": +2.",
        TokenText.of(List.of("good", "so", "bad"), new double[] {1, 2, -1}).description());
    look.assertNothingIsCut();
  }

  @Test
  void aTokenWithoutWeightHasNoColourAndOneThatIsNoNumberIsYellow() {
    Look look = Look.at(TokenText.of(List.of("a", "b"), new double[] {0, Double.NaN}));
    assertTrue(count(look, Theme.NAN) > 100);
    assertEquals(0, count(look, FULL_RED));
  }

  /** The second row's words come from the first column's place on. */
  @Test
  void wordsStandInTheirTextAsItWasWritten() {
    var words = Words.of("Not bad,\nnot at all (really).");
    var a = Given.attribution(0, 0, new float[6], new float[] {-1, 2, 0, 0, 0, 1});
    Chart chart = TokenText.of(a, 1, words);
    assertEquals("Given, row 1", chart.title());
    assertTrue(chart.description().endsWith("the strongest is \"bad\": +2."));
    Look look = Look.at(chart);
    assertTrue(count(look, FULL_RED) > 300);
    look.assertNothingIsCut();
    String joined = "";
    for (int i = 0; i < words.words().size(); i++) {
      joined += words.between().get(i) + words.words().get(i);
    }
    assertEquals("Not bad,\nnot at all (really).", joined + words.between().getLast());
  }

  @Test
  void longTextsAreWrappedAndWhatHasNoRoomIsCounted() throws Exception {
    double[] weights = new double[3000];
    Arrays.fill(weights, 0.5);
    var tokens = Collections.nCopies(3000, "word");
    Look.at(TokenText.of(tokens.subList(0, 100), Arrays.copyOf(weights, 100))).assertNothingIsCut();
    Look.at(TokenText.of(tokens, weights)).assertNothingIsCut();
    Chart small = TokenText.of(tokens, weights).sized(300, 120);
    Look.at(small).assertNothingIsCut();
    Look.svg(small);
  }

  @Test
  void oddTokensAreDrawnAllTheSame() throws Exception {
    var tokens = List.of("", " \n", "x".repeat(500), "<&>", "日本", "\t");
    double[] weights = {Double.NaN, 1e-300, Double.POSITIVE_INFINITY, -1e300, 0, -0.0};
    Chart chart = TokenText.of(tokens, weights);
    Look.at(chart).assertNothingIsCut();
    Look.svg(chart);
    Chart nothing = TokenText.of(List.of("a"), new double[] {Double.NaN});
    assertTrue(nothing.description().endsWith("none is a number."));
    Look.at(nothing).assertNothingIsCut();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    String why =
        assertThrows(
                IllegalArgumentException.class,
                () -> TokenText.of(List.of("a"), new double[] {1, 2}))
            .getMessage();
    assertEquals(
        "1 tokens and 2 weights: at least one token and a weight for each are needed", why);
    var a = Given.attribution(0, 0, new float[] {1});
    assertThrows(IllegalArgumentException.class, () -> TokenText.of(a, 1, List.of("a")));
    assertThrows(IllegalArgumentException.class, () -> TokenText.of(List.of(), new double[0]));
  }
}
