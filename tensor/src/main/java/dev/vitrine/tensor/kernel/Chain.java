package dev.vitrine.tensor.kernel;

import java.util.Arrays;
import java.util.List;

/**
 * A function of a few elements in steps: the last link is what comes out.
 *
 * <p>Operands are numbered, inputs first, links behind them in their order. An input is a tensor of
 * y's shape or one number; a link reads at least one operand that is not a number.
 */
public final class Chain {
  /** The most links: what lies between them has to stay in a first-level cache. */
  public static final int MOST_LINKS = 24;

  private final int inputs;
  private final List<Link> links;
  private final int[] buffers;
  private final int count;

  /** One step of up to three operands; where there are fewer, the last one comes again. */
  public sealed interface Link {
    int a();

    int b();

    int c();
  }

  /** f(a; p, q). */
  public record Map(Unary f, float p, float q, int a) implements Link {
    @Override
    public int b() {
      return a;
    }

    @Override
    public int c() {
      return a;
    }
  }

  /** f(a, b). */
  public record Zip(Binary f, int a, int b) implements Link {
    @Override
    public int c() {
      return b;
    }
  }

  /** b where a ≠ 0, else c. */
  public record Choose(int a, int b, int c) implements Link {}

  public Chain(int inputs, List<Link> links) {
    this.inputs = inputs;
    this.links = List.copyOf(links);
    this.buffers = new int[links.size()];
    this.count = place();
  }

  /** Gives each link but the last a buffer that nobody reads any more; how many that takes. */
  private int place() {
    var until = new int[links.size()];
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      for (int operand : new int[] {link.a(), link.b(), link.c()}) {
        if (operand < 0 || operand >= inputs + i) {
          throw new IllegalArgumentException(
              "link %d reads operand %d of %d".formatted(i, operand, inputs + i));
        }
        if (operand >= inputs) {
          until[operand - inputs] = i;
        }
      }
    }
    var busy = new int[links.size()];
    int most = 0;
    for (int i = 0; i + 1 < links.size(); i++) {
      int buffer = 0;
      while (busy[buffer] > i) {
        buffer++;
      }
      busy[buffer] = until[i];
      buffers[i] = buffer;
      most = Math.max(most, buffer + 1);
    }
    return most;
  }

  public int inputs() {
    return inputs;
  }

  public List<Link> links() {
    return links;
  }

  /** Where link {@code i} leaves its elements: one of {@link #buffers}; the last one has none. */
  public int buffer(int i) {
    return buffers[i];
  }

  /** How many stretches of elements lie between links at a time. */
  public int buffers() {
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Chain c && inputs == c.inputs && links.equals(c.links);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new int[] {inputs, links.hashCode()});
  }

  @Override
  public String toString() {
    return links.toString();
  }
}
