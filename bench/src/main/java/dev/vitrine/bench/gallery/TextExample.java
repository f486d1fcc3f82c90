package dev.vitrine.bench.gallery;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.chart.TokenText;
import dev.vitrine.xai.lime.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What LIME says of a judge of films who counts words, and turns a word around after "not". */
final class TextExample {
  private static final String REVIEW =
      """
      The plot is slow, and the ending is not bad: I did not expect to laugh. \
      The music is a wonder. The hero is dull, but his dog is brilliant, and the dog makes it a \
      good film after all.\
      """;

  private static final Map<String, Double> JUDGED =
      Map.of(
          "slow",
          -1.0,
          "bad",
          -2.0,
          "wonder",
          1.5,
          "dull",
          -1.5,
          "brilliant",
          2.0,
          "good",
          1.0,
          "laugh",
          0.5);

  private TextExample() {}

  static Example of(long seed) {
    Words words = Words.of(REVIEW);
    try (Subject judge = words.subject(TextExample::judge, "judge of films")) {
      Attribution a = words.lime(seed).explain(judge, words.present(), Target.of(0));
      return Example.of("TokenText", TokenText.of(a, 0, words));
    }
  }

  private static Tensor judge(List<String> texts) {
    float[] scores = new float[texts.size()];
    for (int i = 0; i < scores.length; i++) {
      boolean turned = false;
      for (String word : texts.get(i).toLowerCase(Locale.ROOT).split("[^a-z]+")) {
        double judged = JUDGED.getOrDefault(word, 0.0);
        scores[i] += (float) (turned ? -judged : judged);
        turned = word.equals("not");
      }
    }
    return Tensor.of(Shape.of(scores.length, 1), scores);
  }
}
