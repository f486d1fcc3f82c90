package dev.vitrine.bench.peers;

import dev.vitrine.bench.measure.Quartiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A workload's figures over its rounds.
 *
 * @param engines by name
 * @param ratios of each of ours: its time over that of the round's fastest peer; below 1 ours is
 *     faster
 * @param peak GFLOP/s of the median round
 */
record Row(
    String workload,
    Map<String, Times> engines,
    Map<String, Ratio> ratios,
    double peak,
    int rounds) {

  /**
   * Medians over the rounds of what a {@link Sample} holds, in microseconds; of what is compared
   * the quartiles as well.
   */
  record Times(Quartiles micros, double processMicros, double threadMicros, double mebibytes) {
    static Times of(List<Sample> samples) {
      return new Times(
          quartiles(samples, s -> s.nanos() * 1e-3),
          quartiles(samples, s -> s.process() * 1e-3).median(),
          quartiles(samples, s -> s.thread() * 1e-3).median(),
          quartiles(samples, Sample::mebibytes).median());
    }
  }

  /** Over the rounds; {@code best} is the peer that was the fastest most often. */
  record Ratio(String best, Quartiles quartiles) {}

  static Row of(Workload w, List<Round> rounds, List<String> ours) {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (Round r : rounds) {
      r.samples()
          .forEach((name, s) -> samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(s));
    }
    Map<String, Times> engines = new LinkedHashMap<>();
    samples.forEach((name, all) -> engines.put(name, Times.of(all)));
    Map<String, Ratio> ratios = new LinkedHashMap<>();
    for (String name : ours) {
      ratio(name, rounds, ours, ratios);
    }
    double peak = Quartiles.of(rounds.stream().map(Round::peak).toList()).median();
    return new Row(w.id(), engines, ratios, peak, rounds.size());
  }

  private static void ratio(
      String name, List<Round> rounds, List<String> ours, Map<String, Ratio> into) {
    var ratios = new ArrayList<Double>();
    Map<String, Integer> wins = new LinkedHashMap<>();
    for (Round r : rounds) {
      String best = null;
      double least = Double.POSITIVE_INFINITY;
      for (var e : r.samples().entrySet()) {
        if (!ours.contains(e.getKey()) && e.getValue().nanos() < least) {
          best = e.getKey();
          least = e.getValue().nanos();
        }
      }
      Sample mine = r.samples().get(name);
      if (best != null && mine != null) {
        ratios.add(mine.nanos() / least);
        wins.merge(best, 1, Integer::sum);
      }
    }
    wins.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .ifPresent(e -> into.put(name, new Ratio(e.getKey(), Quartiles.of(ratios))));
  }

  private static Quartiles quartiles(List<Sample> samples, ToDoubleFunction<Sample> what) {
    return Quartiles.of(samples.stream().map(what::applyAsDouble).toList());
  }
}
