package dev.vitrine.xai.chart;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.lime.Words;
import dev.vitrine.xai.view.ColorMap;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.Range;

/**
 * A text whose tokens lie on the colours of their attributions: red speaks for the explained
 * number, blue against it, the fuller the stronger.
 */
public final class TokenText {
  private static final Font LETTERS = Fonts.PLAIN.deriveFont(16f);
  private static final double LINE = 34;

  /** Of a token's ground, beyond its letters at each side, and how high it is. */
  private static final double MARGIN = 3.5;

  private static final double HIGH = 26;

  /** What the scale takes of the paper's width, and the title and margins of its height. */
  private static final double BESIDE = 130;

  private static final int AROUND = 64;

  /** The scale has numbers and a name, which need room. */
  private static final int LEAST_HEIGHT = 220;

  private static final int MOST_HEIGHT = 2000;

  private static final Pattern LINE_END = Pattern.compile("\\R");
  private static final Pattern BLANK_OR_NOT = Pattern.compile("\\R|\\s|\\S+");

  private TokenText() {}

  /** Part of a text. What lies between tokens has no ground. */
  private record Piece(String text, double weight, boolean token) {}

  /** A piece on its line, from a pixel on. */
  private record Placed(Piece piece, String text, int line, double left, double width) {}

  /** Tokens with a blank between them. */
  public static Chart of(List<String> tokens, double[] weights) {
    return of("Tokens", spaced(tokens, weights), weights);
  }

  /**
   * The tokens of one row of an attribution [n, tokens].
   *
   * @param tokens as many as a row has attributions
   */
  public static Chart of(Attribution attribution, int row, List<String> tokens) {
    Explained e = Explained.of(attribution, null, List.of());
    double[] weights = e.a()[e.checkedRow(row)];
    return of(e.method() + ", row " + row, spaced(tokens, weights), weights);
  }

  /** A text as it was written, of an attribution [n, words]. */
  public static Chart of(Attribution attribution, int row, Words words) {
    Explained e = Explained.of(attribution, null, List.of());
    double[] weights = e.a()[e.checkedRow(row)];
    checked(words.words(), weights);
    var pieces = new ArrayList<Piece>();
    for (int i = 0; i < weights.length; i++) {
      pieces.addAll(parts(words.between().get(i)));
      pieces.add(new Piece(words.words().get(i), weights[i], true));
    }
    pieces.addAll(parts(words.between().getLast()));
    return of(e.method() + ", row " + row, pieces, weights);
  }

  /** Blanks and what stands between them, each by itself: lines may end at any. */
  private static List<Piece> parts(String between) {
    return BLANK_OR_NOT
        .matcher(between)
        .results()
        .map(part -> new Piece(part.group(), 0, false))
        .toList();
  }

  private static List<Piece> spaced(List<String> tokens, double[] weights) {
    checked(tokens, weights);
    var pieces = new ArrayList<Piece>();
    for (int i = 0; i < weights.length; i++) {
      pieces.add(new Piece(tokens.get(i), weights[i], true));
      pieces.add(new Piece(" ", 0, false));
    }
    return pieces;
  }

  private static void checked(List<String> tokens, double[] weights) {
    if (tokens.isEmpty() || tokens.size() != weights.length) {
      throw new IllegalArgumentException(
          "%d tokens and %d weights: at least one token and a weight for each are needed"
              .formatted(tokens.size(), weights.length));
    }
  }

  private static Chart of(String title, List<Piece> pieces, double[] weights) {
    double limit = Arrays.stream(weights).filter(Double::isFinite).map(Math::abs).max().orElse(0);
    double scale = limit > 0 ? limit : 1;
    var shades =
        new Shades(new Range(-scale, scale), v -> new Color(ColorMap.DIVERGING.rgb(v / scale)));
    XYPlot plot = Theme.empty(new Range(0, 1), new Range(0, 1));
    plot.addAnnotation(new Layer(pen -> draw(pen, pieces, shades)));
    int lines = lines(placed(pieces, Rows.WIDTH - BESIDE));
    return new Chart(
        title,
        describe(pieces),
        Rows.WIDTH,
        Math.clamp((long) (AROUND + LINE * lines), LEAST_HEIGHT, MOST_HEIGHT),
        plot,
        shades.strip("attribution"));
  }

  private static String describe(List<Piece> pieces) {
    var known = pieces.stream().filter(p -> p.token() && !Double.isNaN(p.weight())).toList();
    String all =
        "A text of %d tokens on the colours of their attributions; "
            .formatted(pieces.stream().filter(Piece::token).count());
    return known.stream()
        .max((p, q) -> Double.compare(Math.abs(p.weight()), Math.abs(q.weight())))
        .map(p ->
            all + "the strongest is \"%s\": %s.".formatted(p.text(), Figures.signed(p.weight())))
        .orElse(all + "none is a number.");
  }

  private static int lines(List<Placed> placed) {
    return placed.isEmpty() ? 1 : placed.getLast().line() + 1;
  }

  /** One after the other, on the next line where there is no room, or where the text has one. */
  private static List<Placed> placed(List<Piece> pieces, double room) {
    var placed = new ArrayList<Placed>();
    double at = MARGIN;
    int line = 0;
    for (Piece piece : pieces) {
      boolean blank = !piece.token() && piece.text().isBlank();
      String text = Labels.fit(visible(piece), LETTERS, room - 2 * MARGIN);
      double width = Fonts.width(text, LETTERS);
      boolean full = !blank && at > MARGIN && at + width + MARGIN > room;
      if (full || !piece.token() && LINE_END.matcher(piece.text()).matches()) {
        at = MARGIN;
        line++;
      }
      if (!blank) {
        placed.add(new Placed(piece, text, line, at, width));
      }
      // A line never begins with a blank.
      at += blank && at == MARGIN ? 0 : width;
    }
    return placed;
  }

  /** A token of blanks alone is there as well. */
  private static String visible(Piece piece) {
    return piece.token() && piece.text().isBlank() ? "·" : piece.text().replaceAll("\\s", " ");
  }

  private static void draw(Pen pen, List<Piece> pieces, Shades shades) {
    List<Placed> placed = placed(pieces, pen.area().getWidth());
    int room = (int) Math.max(1, pen.area().getHeight() / LINE);
    int shown = lines(placed) <= room ? lines(placed) : room - 1;
    for (Placed p : placed) {
      if (p.line() < shown) {
        double left = pen.area().getMinX() + p.left();
        double middle = middle(pen, p.line());
        Color ground = p.piece().token() ? shades.color(p.piece().weight()) : Theme.PAPER;
        if (p.piece().token()) {
          pen.fill(
              new RoundRectangle2D.Double(
                  left - MARGIN + 1, middle - HIGH / 2, p.width() + 2 * MARGIN - 2, HIGH, 6, 6),
              ground);
        }
        pen.text(p.text(), LETTERS, ink(ground), left, middle, 0);
      }
    }
    long hidden = placed.stream().filter(p -> p.line() >= shown && p.piece().token()).count();
    if (hidden > 0) {
      double left = pen.area().getMinX() + MARGIN;
      pen.text("and " + hidden + " more", Theme.SMALL, Theme.FAINT, left, middle(pen, shown), 0);
    }
  }

  private static double middle(Pen pen, int line) {
    return pen.area().getMinY() + LINE * (line + 0.5);
  }

  /** Letters that can be read on a ground: its luminance by ITU-R BT.601 decides. */
  private static Color ink(Color ground) {
    double light = 0.299 * ground.getRed() + 0.587 * ground.getGreen() + 0.114 * ground.getBlue();
    return light < 128 ? Theme.PAPER : Theme.INK;
  }
}
