package dev.vitrine.bench.publish;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prose with formulas in it, as sources have them, and the same with MathML: {@code y = 1/(1 +
 * e⁻ˣ).}
 *
 * <p>What can't be read as a formula stays as it is, so the worst that happens is the text of the
 * source.
 */
final class Formulas {
  private Formulas() {}

  /** HTML, of which the text outside of tags, code and links is set. */
  static String inHtml(String html) {
    var out = new StringBuilder();
    int from = 0;
    Matcher kept =
        Pattern.compile("<(code|a|pre|math)\\b.*?</\\1>|<[^>]*>", Pattern.DOTALL).matcher(html);
    while (kept.find()) {
      out.append(inText(html.substring(from, kept.start()))).append(kept.group());
      from = kept.end();
    }
    return out.append(inText(html.substring(from))).toString();
  }

  private static String inText(String escaped) {
    String text = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    var out = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      boolean may = i == 0 || " \n(".indexOf(text.charAt(i - 1)) >= 0;
      var reader = new FormulaReader(text.substring(i).replace('\n', ' '));
      String math = may ? reader.formula() : null;
      if (math != null) {
        out.append("<math displaystyle=\"true\">").append(math).append("</math>");
        i += reader.length();
      } else {
        out.append(escape(text.charAt(i++)));
      }
    }
    return out.toString();
  }

  private static String escape(char c) {
    return c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : String.valueOf(c);
  }
}
