package dev.vitrine.nn.data;

import java.util.List;

/**
 * How people write the ten digits: for each digit a few shapes, the commonest first.
 *
 * <p>A shape is one or more strokes, a stroke is the way of a pen through points {@code x,y} on a
 * 100 × 100 sheet (x to the right, y downwards). The pen runs smoothly through its points except at
 * those marked {@code !}, where it turns sharply.
 */
final class Glyphs {
  private Glyphs() {}

  private static final List<List<Glyph>> DIGITS =
      List.of(
          List.of( // 0: closed, narrow, open at the top
              glyph("50,2 29,16 20,50 29,84 50,98 71,84 80,50 71,16 50,2"),
              glyph("54,3 38,14 30,50 38,86 52,97 66,82 70,48 64,14 50,3"),
              glyph("60,6 38,10 24,40 30,82 54,97 75,74 77,36 64,10 44,5")),
          List.of( // 1: a stem, with a flag, with flag and foot, bent
              glyph("51,2 50,98"),
              glyph("36,26 54,2! 54,98"),
              glyph("37,22 52,2! 52,97", "30,97 74,97"),
              glyph("56,2 53,50 45,98")),
          List.of( // 2: flat base, with a loop, with a wave for a base
              glyph("24,24 36,7 56,3 74,15 73,36 56,60 24,96! 80,95"),
              glyph("24,22 42,4 64,6 73,26 62,50 42,76 26,92 21,82 32,77 50,88 66,96 82,88"),
              glyph("27,20 46,3 68,9 73,30 58,58 22,95! 48,89 80,97")),
          List.of( // 3: round, with a flat top, with a loop in the waist
              glyph("24,14 44,2 68,8 72,28 58,44 42,47! 64,51 79,68 72,88 48,98 22,87"),
              glyph("24,4! 74,4! 46,40! 68,47 79,67 68,90 46,98 22,89"),
              glyph("26,12 46,2 69,10 68,32 50,47 39,49 42,41 56,45 76,60 75,84 50,98 22,90")),
          List.of( // 4: open, closed, open and round
              glyph("30,5! 21,58! 82,56", "66,22 62,98"),
              glyph("62,98! 63,2! 18,66! 84,66"),
              glyph("28,6 21,34 27,52 46,56 68,50", "71,5 68,50 61,98")),
          List.of( // 5: in one line, with the hat drawn last, without corners
              glyph("76,4! 35,4! 29,43! 50,36 71,44 77,66 64,90 42,98 22,88"),
              glyph("35,8! 29,45! 52,38 74,50 75,78 54,97 22,90", "35,6 79,3"),
              glyph("77,5 52,4 35,7 29,24 30,43 48,38 68,45 76,64 67,86 46,98 23,90")),
          List.of( // 6: round, leaning on its stem, with a curl at the top
              glyph("66,4 42,20 27,50 27,78 44,97 66,92 75,73 63,56 43,57 28,74"),
              glyph("58,2 36,38 24,72 38,96 64,94 75,74 60,57 38,60 26,77"),
              glyph("72,12 56,3 37,20 26,52 31,86 53,98 73,83 70,62 51,55 31,70")),
          List.of( // 7: plain, bent, with a bar, with a serif
              glyph("22,6! 78,6! 44,98"),
              glyph("22,8 52,7 78,5! 58,42 47,98"),
              glyph("22,6! 78,6! 42,98", "34,52 74,48"),
              glyph("23,20! 24,5! 79,5! 46,98")),
          List.of( // 8: in one line, two circles, open at the top
              glyph("70,14 50,2 30,14 34,34 52,48 72,67 69,89 48,98 28,88 30,66 50,48 67,33 70,14"),
              glyph(
                  "50,2 30,13 33,37 50,46 68,36 70,14 50,2",
                  "50,46 27,62 28,87 50,98 72,87 73,62 50,46"),
              glyph("72,12 50,2 31,14 36,35 56,51 73,72 62,94 40,97 28,80 40,60 60,42 76,18")),
          List.of( // 9: straight stem, curved tail, bent stem
              glyph("72,22 55,3 32,12 26,36 46,51 67,41 73,18! 69,98"),
              glyph("72,24 55,3 31,13 26,37 46,51 68,41 75,20 75,60 61,92 34,95"),
              glyph("70,12 47,3 29,21 34,45 56,47 72,26! 66,64 50,98")));

  /** The shapes of one digit. */
  static List<Glyph> of(int digit) {
    return DIGITS.get(digit);
  }

  private static Glyph glyph(String... strokes) {
    return Glyph.parse(strokes);
  }
}
