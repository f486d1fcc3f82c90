package dev.vitrine.tensor.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HashSet;

/**
 * Reads a header from front to back: objects, strings, whole numbers and lists of them, nothing
 * else.
 *
 * <p>The two headers are a JSON object (safetensors) and a Python dictionary (npy), which also
 * quotes with ' and allows a comma after the last entry. Whoever reads says what comes next, so
 * nothing nests deeper than the format does.
 */
final class HeaderText {
  private final String file;
  private final String text;
  private final boolean python;
  private int at;

  HeaderText(String file, byte[] bytes, Charset charset, boolean python) throws FormatException {
    this.file = file;
    this.python = python;
    try {
      text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException(file, "the header is not " + charset + " text", e);
    }
  }

  /** Reads the value of one entry. */
  interface Entry {
    void read(String name) throws IOException;
  }

  /** Reads {@code {name: value, …}}; no name may come twice. */
  void object(Entry entry) throws IOException {
    var names = new HashSet<String>();
    expect('{');
    if (accept('}')) {
      return;
    }
    do {
      if (python && next() == '}') {
        break;
      }
      String name = string();
      if (!names.add(name)) {
        throw new FormatException(file, "the header has \"" + name + "\" twice, expected once");
      }
      expect(':');
      entry.read(name);
    } while (accept(','));
    expect('}');
  }

  /** Reads {@code open n, n, … close}. */
  long[] naturals(char open, char close) throws FormatException {
    var numbers = new long[8];
    int count = 0;
    expect(open);
    if (!accept(close)) {
      do {
        if (python && next() == close) {
          break;
        }
        numbers = count < numbers.length ? numbers : Arrays.copyOf(numbers, 2 * count);
        numbers[count++] = natural();
      } while (accept(','));
      expect(close);
    }
    return Arrays.copyOf(numbers, count);
  }

  /** Reads a whole number from 0 to 2⁶³ − 1. */
  private long natural() throws FormatException {
    next();
    int from = at;
    long n = 0;
    for (; at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
      int digit = text.charAt(at) - '0';
      if (n > (Long.MAX_VALUE - digit) / 10) {
        throw wrong("a number below 2^63");
      }
      n = 10 * n + digit;
    }
    if (at == from || (at > from + 1 && text.charAt(from) == '0')) {
      throw wrong("a number without sign, point or leading zeros");
    }
    return n;
  }

  /** Reads a quoted string. */
  String string() throws FormatException {
    char quote = python && next() == '\'' ? '\'' : '"';
    expect(quote);
    var s = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at);
      if (c < ' ') {
        throw wrong("a string without control characters");
      }
      at++;
      s.append(c == '\\' ? escaped() : c);
    }
    expectHere(quote);
    return s.toString();
  }

  private char escaped() throws FormatException {
    char c = at < text.length() ? text.charAt(at) : 0;
    int plain = "\"\\/bfnrt".indexOf(c);
    if (plain >= 0) {
      at++;
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    int code = 0;
    for (int i = 1; i <= 4; i++) {
      int digit = at + i < text.length() ? Character.digit(text.charAt(at + i), 16) : -1;
      if (c != 'u' || digit < 0) {
        throw wrong("an escape such as \\n or \\u00e9");
      }
      code = 16 * code + digit;
    }
    at += 5;
    return (char) code;
  }

  /** Reads {@code True} or {@code False}. */
  boolean pythonBoolean() throws FormatException {
    next();
    for (String word : new String[] {"True", "False"}) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw wrong("True or False");
  }

  /** Refuses anything but blanks after the object. */
  void end() throws FormatException {
    next();
    if (at < text.length()) {
      throw wrong("nothing more");
    }
  }

  /** The next character that is not a blank, not taken; 0 at the end. */
  private char next() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean accept(char c) {
    boolean here = next() == c;
    at += here ? 1 : 0;
    return here;
  }

  private void expect(char c) throws FormatException {
    next();
    expectHere(c);
  }

  private void expectHere(char c) throws FormatException {
    if (at >= text.length() || text.charAt(at) != c) {
      throw wrong("'" + c + "'");
    }
    at++;
  }

  private FormatException wrong(String expected) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new FormatException(
        file, "header, character %d: found %s, expected %s".formatted(at, found, expected));
  }
}
