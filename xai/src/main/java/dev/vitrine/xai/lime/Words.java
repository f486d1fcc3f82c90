package dev.vitrine.xai.lime;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Replacement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as a row: a 1 for each of its words. A 0 takes the word away, so every method that hides
 * features explains a function of texts.
 *
 * <pre>{@code
 * var words = Words.of("not bad at all");
 * try (Subject s = words.subject(classifier, "sentiment")) {
 *   Attribution a = words.lime(0).explain(s, words.present(), Target.of(1));
 * }
 * }</pre>
 */
public final class Words {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_']+");

  private final String text;
  private final List<int[]> spans = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  private Words(String text) {
    this.text = text;
  }

  /** The words of a text: runs of letters, digits, underscores and apostrophes. */
  public static Words of(String text) {
    var all = new Words(text);
    Matcher found = WORD.matcher(text);
    while (found.find()) {
      all.spans.add(new int[] {found.start(), found.end()});
      all.words.add(found.group());
    }
    if (all.words.isEmpty()) {
      throw new IllegalArgumentException("a text without words: there is nothing to explain");
    }
    return all;
  }

  /** The words in their order. */
  public List<String> words() {
    return List.copyOf(words);
  }

  /** What stands before the first word, between two, and after the last: one more than words. */
  public List<String> between() {
    var between = new ArrayList<String>();
    int done = 0;
    for (int[] span : spans) {
      between.add(text.substring(done, span[0]));
      done = span[1];
    }
    between.add(text.substring(done));
    return between;
  }

  /** The text as it is: ones, [1, words]. */
  public Tensor present() {
    float[] ones = new float[words.size()];
    Arrays.fill(ones, 1);
    return new Memory("words").floats(Shape.of(1, ones.length), ones);
  }

  /** Each word a feature, wherever it stands in the text, as lime's bag of words. */
  public Features features() {
    Map<String, Integer> first = new HashMap<>();
    int[] labels = new int[words.size()];
    Arrays.setAll(labels, i -> first.computeIfAbsent(words.get(i), w -> first.size()));
    return Features.labelled(Tensor.of(Shape.of(labels.length), labels));
  }

  /** Masked rows [n, words] as texts without the words that are 0. */
  List<String> texts(Tensor rows) {
    float[] all = rows.toFloats();
    var texts = new ArrayList<String>();
    for (int from = 0; from < all.length; from += words.size()) {
      var some = new StringBuilder();
      int done = 0;
      for (int w = 0; w < words.size(); w++) {
        if (all[from + w] == 0) {
          some.append(text, done, spans.get(w)[0]);
          done = spans.get(w)[1];
        }
      }
      texts.add(some.append(text, done, text.length()).toString());
    }
    return texts;
  }

  /**
   * A function of texts as a function of rows.
   *
   * @param function outputs [n, k] of n texts
   * @param name stands for it in provenance
   */
  public Subject subject(Function<List<String>, Tensor> function, String name) {
    return Subject.of(rows -> function.apply(texts(rows)), name);
  }

  /**
   * As lime explains texts: 5000 samples, and cosine distances times 100 in a kernel of width 25.
   */
  public Lime lime(long seed) {
    return Lime.image(features(), seed)
        .replacement(Replacement.zero())
        .masks(Lime.Masks.drawn(5000, seed))
        .kernel(Distance.MASK_COSINE, Kernel.lime(25.0 / 100));
  }
}
