package dev.vitrine.nn.data;

/** The random streams of this package: numbers of one seed that never meet. */
final class Streams {
  static final int SHUFFLED_ROWS = 0x64_01;
  static final int SHUFFLED_TABLE = 0x64_02;
  static final int TRAIN_LABELS = 0x64_03;
  static final int TRAIN_DIGITS = 0x64_04;
  static final int TEST_LABELS = 0x64_05;
  static final int TEST_DIGITS = 0x64_06;
  static final int DECOYS = 0x64_07;

  private Streams() {}
}
