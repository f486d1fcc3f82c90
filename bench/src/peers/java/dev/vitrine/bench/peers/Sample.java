package dev.vitrine.bench.peers;

/**
 * What one engine took in one round.
 *
 * @param nanos what is compared: processor time of its process per operation; of a fresh process
 *     the time on the clock
 * @param process processor time of all its threads, those of the JVM included
 * @param thread processor time of the thread that asked for the work; NaN for a fresh process
 * @param mebibytes peak memory of a fresh process; else NaN
 */
record Sample(double nanos, double process, double thread, double mebibytes) {
  static Sample slice(double process, double thread) {
    return new Sample(process, process, thread, Double.NaN);
  }

  static Sample fresh(double wall, double process, double mebibytes) {
    return new Sample(wall, process, Double.NaN, mebibytes);
  }
}
