package dev.vitrine.xai.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PathDataTest {
  /** Where a pen goes, in hundredths: what SVG 2, section 9.3, says of these commands. */
  private static List<Long> points(String d) {
    var tokens = Pattern.compile("[A-Za-z]|-?(?:\\d+\\.?\\d*|\\.\\d+)").matcher(d);
    var words = new ArrayList<String>();
    while (tokens.find()) {
      words.add(tokens.group());
    }
    var all = new ArrayList<Long>();
    long x = 0;
    long y = 0;
    long startX = 0;
    long startY = 0;
    char command = ' ';
    int at = 0;
    while (at < words.size()) {
      if (Character.isLetter(words.get(at).charAt(0))) {
        command = words.get(at++).charAt(0);
      }
      if (Character.toLowerCase(command) == 'z') {
        x = startX;
        y = startY;
        continue;
      }
      boolean relative = Character.isLowerCase(command);
      int pairs =
          switch (Character.toLowerCase(command)) {
            case 'q' -> 2;
            case 'c' -> 3;
            default -> 1;
          };
      long nextX = x;
      long nextY = y;
      for (int p = 0; p < pairs; p++) {
        nextX = relative || command == 'V' ? x : 0;
        nextY = relative || command == 'H' ? y : 0;
        nextX += Character.toLowerCase(command) == 'v' ? 0 : hundredths(words.get(at++));
        nextY += Character.toLowerCase(command) == 'h' ? 0 : hundredths(words.get(at++));
        all.add(nextX);
        all.add(nextY);
      }
      x = nextX;
      y = nextY;
      if (Character.toLowerCase(command) == 'm') {
        startX = x;
        startY = y;
      }
    }
    return all;
  }

  private static long hundredths(String number) {
    return Math.round(100 * Double.parseDouble(number));
  }

  @Test
  void thePenGoesToTheSamePlaces() {
    String letter =
        "M206.92 14.78 L206.92 21.01 L207.86 21.01 Q209.47 21.01 210.31 20.21 Q211.17 19.4 211.17 17.89"
            + " L-3.05 17.89 L0.5 -0.07 ZM204.28 12.79 L207 3 C1 2 3.1 4 5 6 Z M1 1 L2 1";
    String brief = PathData.brief(letter);
    assertEquals(points(letter), points(brief), brief);
    assertTrue(brief.length() < 0.75 * letter.length(), brief);
  }

  @Test
  void ofAChartEveryPathIsTheSame() throws Exception {
    String svg =
        TrainingCurves.of(
                List.of(
                    new dev.vitrine.nn.train.Callback.Epoch(0, 3, 1, null),
                    new dev.vitrine.nn.train.Callback.Epoch(1, 1, 1, null)))
            .svg();
    var paths = Pattern.compile(" d=\"([^\"]+)\"").matcher(svg).results().toList();
    assertTrue(paths.size() > 5, svg);
    // Nothing is left that could still be shortened.
    paths.forEach(m -> assertTrue(!m.group(1).contains("L"), m.group(1)));
  }

  @Test
  void whatIsNotKnownIsLeftAsItIs() {
    assertEquals("M1 1 A2 2 0 0 1 3 3", PathData.brief("M1 1 A2 2 0 0 1 3 3"));
    assertEquals("M1 1h2v2z", PathData.brief("M1 1 L3 1 L3 3 Z"));
  }
}
