package dev.vitrine.nn.layer;

import dev.vitrine.nn.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Layers as text, and back: {@code conv2d(1, 32, 3, padding=1) relu maxPool2d(2) flatten
 * linear(6272, 10)}.
 *
 * <pre>
 * layers   = layer { layer }
 * layer    = name [ "(" [ argument { "," argument } ] ")" ] | ("residual" | "block") "(" layers ")"
 * argument = value | option "=" value            values before options
 * value    = number | height "x" width | "true" | "false"
 * </pre>
 *
 * <p>{@code Layer.toString} writes this text; options that have their standard value are left out.
 * How parameters start is not part of it.
 */
public final class Specification {
  /** Files are read with this too: a thousand open parentheses must not end in a stack overflow. */
  private static final int DEEPEST = 64;

  private final String text;
  private int at;
  private int depth;

  private Specification(String text) {
    this.text = text;
  }

  /** The layers that the text names; refuses what it does not understand, with the position. */
  public static Sequential parse(String text) {
    var s = new Specification(text);
    List<Layer> layers = s.layers();
    if (s.at < text.length()) {
      throw s.error(s.at, "\"" + s.peek() + "\" is not expected here", null);
    }
    return new Sequential(layers);
  }

  private List<Layer> layers() {
    var layers = new ArrayList<Layer>();
    skipBlanks();
    while (Character.isLetter(peek())) {
      layers.add(layer());
      skipBlanks();
    }
    if (layers.isEmpty()) {
      throw error(at, "a layer is expected here, such as linear(64, 10)", null);
    }
    return layers;
  }

  private Layer layer() {
    int start = at;
    String name = word();
    skipBlanks();
    boolean open = peek() == '(';
    if (open) {
      at++;
    }
    if (name.equals("residual") || name.equals("block")) {
      if (!open) {
        throw error(at, name + " needs its layers in parentheses", null);
      }
      if (++depth > DEEPEST) {
        throw error(start, "layers are nested more than " + DEEPEST + " deep", null);
      }
      Sequential body = new Sequential(layers());
      expect(')');
      depth--;
      return name.equals("block") ? body : new Residual(body);
    }
    Arguments arguments = open ? arguments() : new Arguments(List.of(), Map.of());
    try {
      return Catalog.make(name, arguments);
    } catch (IllegalArgumentException e) {
      throw error(start, name + ": " + e.getMessage(), e);
    } catch (ArithmeticException e) {
      throw error(start, name + " would have more than 2^63 parameters", e);
    }
  }

  /** After the opening parenthesis, up to and with the closing one. */
  private Arguments arguments() {
    var values = new ArrayList<String>();
    Map<String, String> options = new LinkedHashMap<>();
    skipBlanks();
    while (peek() != ')') {
      int start = at;
      String first = word();
      skipBlanks();
      if (peek() == '=') {
        at++;
        skipBlanks();
        if (options.put(first, word()) != null) {
          throw error(start, "option \"" + first + "\" is given twice", null);
        }
      } else if (options.isEmpty()) {
        values.add(first);
      } else {
        throw error(start, "\"" + first + "\" has no name; values stand before options", null);
      }
      skipBlanks();
      if (peek() != ')') {
        expect(',');
        skipBlanks();
      }
    }
    at++;
    return new Arguments(values, options);
  }

  private String word() {
    int start = at;
    while (Character.isLetterOrDigit(peek()) || ".+-_".indexOf(peek()) >= 0) {
      at++;
    }
    if (at == start) {
      throw error(at, "a name or a number is expected here", null);
    }
    return text.substring(start, at);
  }

  private void expect(char c) {
    skipBlanks();
    if (peek() != c) {
      throw error(at, "\"" + c + "\" is expected here", null);
    }
    at++;
  }

  private void skipBlanks() {
    while (Character.isWhitespace(peek())) {
      at++;
    }
  }

  /** The character at hand; 0 behind the last one. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private IllegalArgumentException error(int position, String what, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "layers \"%s\", character %d: %s".formatted(text, position + 1, what), cause);
  }
}
