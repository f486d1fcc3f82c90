package dev.vitrine.bench.gpu;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param flops of one run; 0: that says nothing
 * @param peers seconds of each mode of the peer, those that worked
 */
record Figure(String name, double flops, double seconds, Map<String, Double> peers) {

  /** How many times faster than this mode of the peer; null: it was not timed. */
  @Nullable Double against(String mode) {
    Double peer = peers.get(mode);
    return peer == null ? null : peer / seconds;
  }

  String line() {
    String rate =
        flops == 0 ? "" : String.format(Locale.ROOT, "%.1f TFLOP/s", flops / seconds * 1e-12);
    var line = new StringBuilder(String.format(Locale.ROOT, "%-28s %10.1f µs  %-14s", name, seconds * 1e6, rate));
    peers.forEach((mode, s) -> line.append(String.format(Locale.ROOT, "  %.2f × %s", s / seconds, mode)));
    return line.toString();
  }
}
