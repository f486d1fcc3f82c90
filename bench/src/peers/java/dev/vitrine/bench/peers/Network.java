package dev.vitrine.bench.peers;

import java.util.List;

/** The networks that are compared: linear layers with ReLU between them, or the standard CNN. */
public enum Network {
  /** 784-128-64-10 for images as rows. */
  MLP(784, 128, 64, 10),
  /** 64-32-10. */
  SMALL(64, 32, 10),
  /** 10-64-64-1, one logit. */
  TABLE(10, 64, 64, 1),
  /**
   * 28×28×1 → conv 3×3-32, ReLU, pool 2, conv 3×3-64, ReLU, pool 2, 1600-128, ReLU, dropout ½, 10.
   */
  CNN(784, 10);

  /** Height and width of the CNN's input. */
  public static final int SIDE = 28;

  /** Learning rates. */
  public static final float SGD_RATE = 0.01f;

  public static final float ADAM_RATE = 1e-3f;

  private final List<Integer> widths;

  Network(Integer... widths) {
    this.widths = List.of(widths);
  }

  /** Values per row, then outputs of each linear layer; of the CNN the ends alone. */
  public List<Integer> widths() {
    return widths;
  }

  /** Values per row. */
  public int inputs() {
    return widths.getFirst();
  }

  public int outputs() {
    return widths.getLast();
  }

  /** Trained with binary cross-entropy of its one logit, else with cross-entropy. */
  public boolean isBinary() {
    return outputs() == 1;
  }

  /** Trained by Adam, else by gradient descent without momentum. */
  public boolean usesAdam() {
    return this == TABLE || this == CNN;
  }
}
