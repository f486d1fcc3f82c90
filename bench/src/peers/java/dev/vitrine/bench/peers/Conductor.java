package dev.vitrine.bench.peers;

import dev.vitrine.bench.measure.Clocks;
import dev.vitrine.bench.measure.Peak;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets the engines work one after another, a slice each, round by round.
 *
 * <p>What slows the machine down for a while slows them all down, so only samples of the same round
 * are compared. The engine that begins changes from round to round. A pass has new processes: C2
 * doesn't compile the same code twice the same way.
 */
final class Conductor {
  /** How it is measured. */
  record Settings(int rounds, int passes, long warmUpMillis, long sliceMillis, int core) {}

  private static final int PEAK_CALLS = 1_000;

  private final Settings settings;
  private final List<Contender> contenders;
  private final List<Workload> workloads;
  private final Path folder;
  private final Path file;
  private final Results results;
  private final Clocks clocks = new Clocks();
  private final Consumer<String> progress;
  private volatile boolean stopped;

  /** {@code folder}: for what the engines print; {@code file}: for the results. */
  Conductor(
      Settings settings,
      List<Contender> contenders,
      List<Workload> workloads,
      Path folder,
      Path file,
      Consumer<String> progress) {
    this.settings = settings;
    this.contenders = contenders;
    this.workloads = workloads;
    this.folder = folder;
    this.file = file;
    this.progress = progress;
    this.results = new Results(contenders);
  }

  /** Ends it after the slice under way; any thread may call it. */
  void stop() {
    stopped = true;
  }

  Results run() throws IOException {
    for (int i = 0; i < 20; i++) {
      peak(); // until C2 has compiled it
    }
    for (int pass = 1; pass <= settings.passes && !stopped; pass++) {
      var peers = new ArrayList<Peer>();
      try {
        start(peers);
        for (Workload w : workloads) {
          if (!stopped && w.task() != Workload.Task.FRESH) {
            measure("pass %d/%d %s".formatted(pass, settings.passes, w.id()), w, peers);
          }
        }
      } finally {
        peers.forEach(Peer::close);
      }
      for (Workload w : workloads) {
        if (!stopped && w.task() == Workload.Task.FRESH) {
          fresh("pass %d/%d %s".formatted(pass, settings.passes, w.id()), w);
        }
      }
    }
    return results;
  }

  private void start(List<Peer> peers) {
    for (Contender c : contenders) {
      String missing = c.missing();
      try {
        if (missing != null) {
          throw new Peer.Refused(missing);
        }
        var p = new Peer(c, settings.core, log(c));
        peers.add(p);
        results.describe(p);
      } catch (Peer.Refused e) {
        leaveOut(c.name(), e);
      }
    }
  }

  private Path log(Contender c) {
    return folder.resolve(c.name() + ".log");
  }

  private void leaveOut(String what, Peer.Refused why) {
    if (results.leaveOut(what, String.valueOf(why.getMessage()))) {
      progress.accept("left out: %s, %s".formatted(what, why.getMessage()));
    }
  }

  private void measure(String title, Workload w, List<Peer> peers) throws IOException {
    var ready = new ArrayList<Peer>();
    for (Peer p : peers) {
      if (stopped) {
        return;
      }
      try {
        Learning learning = p.prepare(w, settings.warmUpMillis);
        if (w.trains()) {
          results.learnt(w, p.contender().name(), learning);
        }
        ready.add(p);
      } catch (Peer.Refused e) {
        leaveOut(p.contender().name() + " in " + w.id(), e);
      }
    }
    var rounds = new ArrayList<Round>();
    for (int r = 0; r < settings.rounds && !stopped && !ready.isEmpty(); r++) {
      Map<String, Sample> samples = new LinkedHashMap<>();
      for (Peer p : List.copyOf(ready)) {
        try {
          samples.put(p.contender().name(), p.run(settings.sliceMillis));
        } catch (Peer.Refused e) {
          leaveOut(p.contender().name() + " in " + w.id(), e);
          ready.remove(p);
        }
      }
      Collections.rotate(ready, 1);
      rounds.add(new Round(samples, peak()));
    }
    keep(title, w, rounds);
  }

  private void fresh(String title, Workload w) throws IOException {
    var rounds = new ArrayList<Round>();
    Map<String, Sample> samples = new LinkedHashMap<>();
    for (Contender c : contenders) {
      if (!stopped && c.missing() == null) {
        try {
          samples.put(c.name(), Peer.fresh(c, w, settings.core, log(c)));
        } catch (Peer.Refused e) {
          leaveOut(c.name() + " in " + w.id(), e);
        }
      }
    }
    rounds.add(new Round(samples, peak()));
    keep(title, w, rounds);
  }

  private void keep(String title, Workload w, List<Round> rounds) throws IOException {
    if (rounds.isEmpty()) {
      return;
    }
    rounds.forEach(r -> results.add(w, r));
    results.write(file);
    var line = new StringBuilder(title + ":");
    Row.of(w, rounds, List.of())
        .engines()
        .forEach((name, t) ->
            line.append(String.format(Locale.ROOT, "  %s %.1f µs", name, t.micros().median())));
    progress.accept(line.toString());
  }

  /** GFLOP/s of the fma units alone. */
  private double peak() {
    long start = clocks.thread();
    float sum = Peak.run(PEAK_CALLS);
    double nanos = clocks.thread() - start;
    if (!(sum > 0)) { // looked at, or C2 would leave the loops out
      throw new IllegalStateException("a sum of positive numbers is " + sum);
    }
    return Peak.flops(PEAK_CALLS) / nanos;
  }
}
