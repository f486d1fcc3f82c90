package dev.vitrine.xai.view;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Letters without fonts: a 5 × 7 dot alphabet whose neighbouring dots are joined by round strokes.
 *
 * <p>A glyph is a row of base-32 digits, one per dot row from the top, the leftmost dot in bit 4;
 * rows eight and nine hang below the line. Widths are proportional. A character outside the
 * alphabet is drawn as an empty box.
 */
final class Lettering {
  /** Pixels from dot to dot. */
  private static final int PITCH = 2;

  private static final double STROKE_RADIUS = 0.8;

  /** Pixels from the top of a capital to the line it stands on. */
  static final int CAP_HEIGHT = 7 * PITCH;

  /** Pixels from line to line. */
  static final int LINE_HEIGHT = 10 * PITCH;

  private static final String MISSING = "vhhhhhv";

  private static final Map<Character, String> GLYPHS =
      glyphs(
          """
          0ciiiiic 1c44444e 2eh1248v 3eh161he 426aiv22 5vgu11he 668guhhe 7v124888 8ehhehhe 9ehhf12c
          Aehhvhhh Buhhuhhu Cehggghe Dsihhhis Evgguggv Fvgguggg Gehgnhhf Hhhhvhhh Ie44444e J72222ic
          Khikokih Lggggggv Mhrllhhh Nhhpljhh Oehhhhhe Puhhuggg Qehhhlid Ruhhukih Sfgge11u Tv444444
          Uhhhhhhe Vhhhhha4 Whhhllla Xhha4ahh Yhhha444 Zv1248gv
          a00e1fhf bgguhhhu c00ehghe d11fhhhf e00ehvge f698s888 g00fhhhf1e hgguhhhh i4044444
          j20222222c kggikoki l8888884 m00qllll n00uhhhh o00ehhhe p00uhhhugg q00fhhhf11 r00moggg
          s00fge1u t88s8896 u00hhhhf v00hhha4 w00hhlla x00ha4ah y00hhhhf1e z00v248v
          α00diiid βehuhhugg γ00hha444 ε00fgegf σ00fiiic Δ44aahhv Σvg848gv
          .0000004 ,00000048 :0040004 !4444404 ?eh12404 '4400000 "aa00000 #0avava0 %op248j3 &8kk8lid
          (4888884 )8444448 [c88888c ]c44444c /11248gg |4444444 _000000v -000e000 −000u000 +044v440
          ±44v440v ×0ha4ah0 =00v0v00 <0248420 >0842480 ≤16o610v ≥gc3cg0v →042v240 ·0004000 ⁺4e40000
          """);

  private Lettering() {}

  /** Pixels that a line of text takes from left to right. */
  static int width(String text) {
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      dots += advance(text.charAt(i));
    }
    return Math.max(0, dots - 1) * PITCH;
  }

  /** Coverage of the pixel (0 to 1) is handed to {@code ink} for each touched pixel. */
  static void draw(String text, int left, int top, Ink ink) {
    int x = left;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ') {
        drawGlyph(glyph(c), x, top, ink);
      }
      x += advance(c) * PITCH;
    }
  }

  /** Receives how much of a pixel a stroke covers. */
  interface Ink {
    void cover(int x, int y, double share);
  }

  private static void drawGlyph(String glyph, int left, int top, Ink ink) {
    int first = firstColumn(glyph);
    int columns = advance(glyph) - 1;
    for (int y = -1; y <= glyph.length() * PITCH; y++) {
      for (int x = -1; x <= columns * PITCH; x++) {
        double share = STROKE_RADIUS + 0.5 - distance(glyph, first, x, y);
        if (share > 0) {
          ink.cover(left + x, top + y, Math.min(1, share));
        }
      }
    }
  }

  /** From a pixel's middle to the nearest stroke, in pixels. */
  private static double distance(String glyph, int first, int x, int y) {
    double px = (double) x / PITCH + first;
    double py = (double) y / PITCH;
    double nearest = Double.POSITIVE_INFINITY;
    for (int r = 0; r < glyph.length(); r++) {
      for (int c = first; c < 5; c++) {
        if (!dot(glyph, r, c)) {
          continue;
        }
        nearest = Math.min(nearest, toStroke(px - c, py - r, 0, 0));
        if (dot(glyph, r, c + 1)) {
          nearest = Math.min(nearest, toStroke(px - c, py - r, 1, 0));
        }
        if (dot(glyph, r + 1, c)) {
          nearest = Math.min(nearest, toStroke(px - c, py - r, 0, 1));
        }
        // A diagonal is a stroke only where no corner dot already joins its ends.
        for (int side = -1; side <= 1; side += 2) {
          if (dot(glyph, r + 1, c + side) && !dot(glyph, r, c + side) && !dot(glyph, r + 1, c)) {
            nearest = Math.min(nearest, toStroke(px - c, py - r, side, 1));
          }
        }
      }
    }
    return nearest * PITCH;
  }

  /** From the point to the segment between the origin and (dx, dy). */
  private static double toStroke(double px, double py, int dx, int dy) {
    int square = dx * dx + dy * dy;
    double along = square == 0 ? 0 : Math.clamp((px * dx + py * dy) / square, 0.0, 1.0);
    double ex = px - along * dx;
    double ey = py - along * dy;
    return Math.sqrt(ex * ex + ey * ey);
  }

  private static boolean dot(String glyph, int row, int column) {
    return row < glyph.length()
        && column >= 0
        && column < 5
        && (Character.digit(glyph.charAt(row), 32) >> (4 - column) & 1) == 1;
  }

  private static int advance(char c) {
    return c == ' ' ? 3 : advance(glyph(c));
  }

  /** Inked columns and one empty one. */
  private static int advance(String glyph) {
    int ink = columns(glyph);
    return 32 - Integer.numberOfLeadingZeros(ink) - Integer.numberOfTrailingZeros(ink) + 1;
  }

  private static int firstColumn(String glyph) {
    return Integer.numberOfLeadingZeros(columns(glyph)) - 27;
  }

  /** All rows laid on top of each other. */
  private static int columns(String glyph) {
    int ink = 0;
    for (int r = 0; r < glyph.length(); r++) {
      ink |= Character.digit(glyph.charAt(r), 32);
    }
    return ink;
  }

  private static String glyph(char c) {
    return GLYPHS.getOrDefault(c, MISSING);
  }

  private static Map<Character, String> glyphs(String table) {
    var glyphs = new HashMap<Character, String>();
    table
        .strip()
        .lines()
        .flatMap(line -> Arrays.stream(line.split(" ", -1)))
        .forEach(entry -> glyphs.put(entry.charAt(0), entry.substring(1)));
    return Map.copyOf(glyphs);
  }
}
