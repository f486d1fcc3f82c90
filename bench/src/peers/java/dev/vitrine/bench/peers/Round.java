package dev.vitrine.bench.peers;

import java.util.Map;

/** One moment: a sample of each engine by name, and GFLOP/s of the bare fma units. */
record Round(Map<String, Sample> samples, double peak) {}
