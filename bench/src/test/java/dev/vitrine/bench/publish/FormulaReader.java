package dev.vitrine.bench.publish;

import static dev.vitrine.bench.publish.MathMl.bare;
import static dev.vitrine.bench.publish.MathMl.fraction;
import static dev.vitrine.bench.publish.MathMl.row;
import static dev.vitrine.bench.publish.MathMl.script;

import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one formula as sources have it and gives it as MathML: the longest stretch from the
 * beginning of a text that is one.
 *
 * <pre>
 * relation = sum { (= | ≤ | ∈ | …) sum }
 * sum      = [ − ] quotient { (+ | − | …) quotient }
 * quotient = product { " / " product }
 * product  = factor { (· | × | "/" | nothing) factor }
 * factor   = (Σ | ∫ | max_I | ln | …) product | √ factor | atom { index | power | call }
 * atom     = number | name | ( list ) | [ list ] | |sum| | ‖sum‖
 * </pre>
 */
final class FormulaReader {
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
  private static final String DIFFERENCE = "(?:[∂Δ∇][a-zA-Zα-ω]|d[a-df-hj-np-zα-ω])(?![a-zA-Z])";
  private static final Pattern WORD = Pattern.compile(DIFFERENCE + "|[a-zA-ZÀ-ÖØ-öø-ž]+|[∂∇Α-ω]");
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿˣᵗᵀ";
  private static final String RAISED_AS = "0123456789+−nxtT";
  private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋ₙᵢⱼₖ";
  private static final String LOWERED_AS = "0123456789+−nijk";
  private static final String RELATIONS = "=≈≠<>≤≥∈∉∌→←~∝";
  private static final String SIGNS = "+−±⋆∪∩\\";
  private static final String BIG = "ΣΠ∫";
  private static final Set<String> FUNCTIONS =
      Set.of("ln", "log", "exp", "sin", "cos", "tanh", "erf", "sigmoid", "softmax", "sign", "var");

  private static final Pattern DIFFERENTIAL = Pattern.compile(DIFFERENCE);

  private static final Pattern ONE = Pattern.compile("[a-zA-Zα-ω](?![a-zA-Z])");

  /** Words, articles and numbers alone are no formula. */
  private static final Pattern WORDS =
      Pattern.compile("[aAI]|(?!%1$s)([a-zA-Z]{2,}|[\\d., ()\\[\\]|])*".formatted(DIFFERENCE));

  private final String text;
  private int at;

  FormulaReader(String text) {
    this.text = text;
  }

  /** The formula at the beginning; null if there is none. */
  @Nullable String formula() {
    String math = relation();
    String read = text.substring(0, at);
    boolean ends = at == text.length() || " .,;:)?!".indexOf(text.charAt(at)) >= 0;
    return math == null || !ends || WORDS.matcher(read).matches() ? null : math;
  }

  /** How many characters it has. */
  int length() {
    return at;
  }

  // ---- grammar: each gives MathML, or null with nothing read

  private @Nullable String relation() {
    String first = sum();
    return first == null ? null : rest(first, this::side, () -> operator(RELATIONS, true));
  }

  /** Behind a sign of relation. A word alone behind = is prose: 0 = none. */
  private @Nullable String side() {
    int start = at;
    String sum = sum();
    String read = text.substring(start, at);
    boolean word = read.matches("[a-zA-Z]{2,}") && !DIFFERENTIAL.matcher(read).matches();
    boolean equals = text.substring(0, start).endsWith("= ");
    return equals && word ? back(start) : sum;
  }

  private @Nullable String sum() {
    int start = at;
    String sign = sign();
    String first = quotient();
    if (first == null) {
      at = start;
      return null;
    }
    String rest = rest(first, this::quotient, () -> operator(SIGNS, false));
    return row(sign + rest);
  }

  private String sign() {
    boolean first = at > 0 && text.charAt(at - 1) == '(';
    if (peek("−") || peek("±") || first && peek("+")) {
      return "<mo>" + text.charAt(at++) + "</mo>" + spaces();
    }
    return "";
  }

  private String spaces() {
    while (peek(" ")) {
      at++;
    }
    return "";
  }

  private @Nullable String quotient() {
    String top = product();
    while (top != null && peek(" / ")) {
      int before = at;
      at += 3;
      String below = product();
      if (below == null) {
        at = before;
        break;
      }
      top = fraction(top, below);
    }
    return top;
  }

  private @Nullable String product() {
    String first = factors();
    return first == null ? null : rest(first, this::factors, () -> operator("·×÷∘", false));
  }

  /** Factors with nothing between them, over such ones. */
  private @Nullable String factors() {
    String all = factor();
    while (all != null) {
      int before = at;
      boolean over = peek("/") && !peek("/ ");
      if (over) {
        at++;
      } else if (peek(" (+ ")) {
        at++;
      } else if (at == text.length() || !startsFactor()) {
        break;
      }
      String next = factor();
      if (next == null) {
        at = before;
        break;
      }
      all = over ? fraction(all, next) : all + next;
    }
    return all == null ? null : row(all);
  }

  /** What may follow a factor directly: x(1 − x), 2μ, eˣ√y, Σ. */
  private boolean startsFactor() {
    char c = text.charAt(at);
    boolean digit = at > 0 && Character.isDigit(text.charAt(at - 1));
    return c == '('
        || c == '√'
        || BIG.indexOf(c) >= 0
        || Character.isLetter(c) && (digit || at > 0 && !Character.isLetter(text.charAt(at - 1)));
  }

  private @Nullable String factor() {
    int start = at;
    if (at == text.length()) {
      return null;
    }
    char c = text.charAt(at);
    if (c == '√') {
      at++;
      String of = factor();
      return of == null ? back(start) : "<msqrt>" + bare(of) + "</msqrt>";
    }
    if (BIG.indexOf(c) >= 0 && !peek("Σ∇")) {
      at++;
      String big = limits("<mo>" + (c == 'Σ' ? "∑" : c == 'Π' ? "∏" : "∫") + "</mo>", c == '∫');
      int until = at;
      spaces();
      String of = product();
      if (of == null) {
        at = until;
        return big.startsWith("<mo>") ? back(start) : row(big);
      }
      String by = differential();
      return row(big + of + by);
    }
    Matcher word = WORD.matcher(text).region(at, text.length());
    if (word.lookingAt()) {
      String name = word.group();
      boolean called = FUNCTIONS.contains(name) && text.startsWith(" ", word.end());
      boolean over = text.startsWith("_", word.end()) && name.matches("max|min|corr|E");
      if (called || over) {
        at = word.end();
        String head = limits("<mi>" + name + "</mi>", false);
        spaces();
        int before = at;
        String of = factors();
        boolean prose = of != null && text.substring(before, at).matches("\\p{L}{2,}");
        if (of != null && !prose) {
          return row(head + "<mspace width=\"0.17em\"/>" + of);
        }
        at = start; // a number may be called var
      }
    }
    String atom = atom();
    return atom == null ? null : scripts(atom);
  }

  private String differential() {
    Matcher d = Pattern.compile(" ?d([a-zα-ω])(?!\\p{L})").matcher(text).region(at, text.length());
    if (!d.lookingAt()) {
      return "";
    }
    at = d.end();
    return "<mspace width=\"0.17em\"/><mi mathvariant=\"normal\">d</mi><mi>" + d.group(1) + "</mi>";
  }

  private @Nullable String atom() {
    if (at == text.length()) {
      return null;
    }
    char c = text.charAt(at);
    switch (c) {
      case '(':
        return list('(', ')');
      case '[':
        return list('[', ']');
      case '|':
        return list('|', '|');
      case '‖':
        return list('‖', '‖');
      case '∞', '∅', '…', '½':
        at++;
        return "<mi>" + c + "</mi>";
      default:
        break;
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (number.lookingAt()) {
      at = number.end();
      return "<mn>" + number.group() + "</mn>";
    }
    Matcher word = WORD.matcher(text).region(at, text.length());
    return word.lookingAt() ? name(word) : null;
  }

  private @Nullable String name(Matcher word) {
    String name = word.group();
    boolean letter = name.codePointCount(0, name.length()) == 1;
    boolean small = DIFFERENTIAL.matcher(name).matches();
    Matcher next = Pattern.compile("['’]?\\p{L}|['’-]\\p{L}| \\p{L}").matcher(text);
    // A word before a word is prose; so are articles, and a name with an ending.
    boolean prose =
        !letter && !small && next.region(word.end(), text.length()).lookingAt()
            || text.startsWith("'s", word.end())
            || text.substring(word.start()).matches("[aAI] (?!where|else|and |or )\\p{L}.*");
    if (prose || letter && "ΣΠ".contains(name)) {
      return null;
    }
    at = word.end();
    if (small) {
      String d = "<mi mathvariant=\"normal\">" + name.charAt(0) + "</mi>";
      return row(d + "<mi>" + name.charAt(1) + "</mi>");
    }
    return "<mi>" + name + "</mi>";
  }

  /** Things between brackets, with commas. */
  private @Nullable String list(char open, char close) {
    int start = at++;
    var out = new StringBuilder("<mo>" + open + "</mo>");
    while (true) {
      spaces();
      String item = peek("·") ? "<mo>·</mo>" : relation();
      if (item != null && peek("·")) {
        at++;
      }
      if (item == null || at == text.length()) {
        return back(start);
      }
      out.append(item);
      char c = text.charAt(at++);
      if (c == close) {
        return row(out.append("<mo>").append(close).append("</mo>").toString());
      }
      if (c != ',') {
        return back(start);
      }
      out.append("<mo>,</mo>");
    }
  }

  // ---- indices and powers

  private String scripts(String atom) {
    String base = atom;
    while (at < text.length()) {
      String below = below();
      String above = above();
      if (!below.isEmpty() || !above.isEmpty()) {
        base = script(base, below, above);
      } else if (peek("(") || peek("[")) {
        String arguments = peek("(") ? list('(', ')') : list('[', ']');
        if (arguments == null) {
          break;
        }
        base = row(base + arguments);
      } else if (peek("!")) {
        at++;
        base = row(base + "<mo>!</mo>");
      } else {
        break;
      }
    }
    return base;
  }

  /** Sums have their limits below and above, integrals beside. */
  private String limits(String operator, boolean beside) {
    String below = below();
    String above = above();
    if (below.isEmpty() && above.isEmpty()) {
      return operator;
    }
    if (beside) {
      return script(operator, below, above);
    }
    if (above.isEmpty()) {
      return "<munder>" + operator + below + "</munder>";
    }
    return "<munderover>" + operator + below + above + "</munderover>";
  }

  private String below() {
    String plain = small(LOWERED, LOWERED_AS);
    return plain.isEmpty() ? marked('_') : plain;
  }

  private String above() {
    String plain = small(RAISED, RAISED_AS);
    if (plain.isEmpty() && peek("'")) {
      at++;
      return "<mo>′</mo>";
    }
    return plain.isEmpty() ? marked('^') : plain;
  }

  private String small(String from, String to) {
    var out = new StringBuilder();
    for (int k; at < text.length() && (k = from.indexOf(text.charAt(at))) >= 0; at++) {
      char c = to.charAt(k);
      String tag = Character.isDigit(c) ? "mn" : Character.isLetter(c) ? "mi" : "mo";
      out.append('<').append(tag).append('>').append(c).append("</").append(tag).append('>');
    }
    return out.isEmpty() ? "" : row(out.toString());
  }

  /** Behind _ or ^: {…}, (…), a name or a number. */
  private String marked(char mark) {
    int start = at;
    if (!peek(String.valueOf(mark))) {
      return "";
    }
    at++;
    String inside;
    if (peek("{")) {
      inside = list('{', '}');
      inside = inside == null ? null : bare(inside);
    } else if (peek("(")) {
      inside = list('(', ')');
      inside = inside == null || mark == '_' ? inside : bare(inside);
    } else if (at < text.length() && ONE.matcher(text).region(at, text.length()).lookingAt()) {
      inside = "<mi>" + text.charAt(at++) + "</mi>"; // before any word: max_A P
    } else {
      inside = atom();
    }
    if (inside == null) {
      at = start;
      return "";
    }
    return row(inside);
  }

  // ---- pieces

  private String rest(
      String first, Supplier<@Nullable String> part, Supplier<@Nullable String> sign) {
    var out = new StringBuilder(first);
    while (true) {
      int before = at;
      String s = sign.get();
      String next = s == null ? null : part.get();
      if (next == null) {
        at = before;
        return out.toString();
      }
      out.append(s).append(next);
    }
  }

  /** One of these signs, with spaces on both sides or on none. */
  private @Nullable String operator(String signs, boolean assigns) {
    int before = at;
    spaces();
    boolean apart = at > before;
    int length = assigns && (peek("+=") || peek("−=")) ? 2 : 1;
    if (at + length > text.length()
        || length == 1 && signs.indexOf(text.charAt(at)) < 0
        || !assigns && text.startsWith("=", at + 1)) {
      at = before;
      return null;
    }
    String sign = text.substring(at, at + length).replace("<", "&lt;").replace(">", "&gt;");
    at += length;
    if (peek(" ") != apart) {
      at = before;
      return null;
    }
    spaces();
    return "<mo>" + sign + "</mo>";
  }

  private boolean peek(String s) {
    return text.startsWith(s, at);
  }

  private @Nullable String back(int to) {
    at = to;
    return null;
  }
}
