package dev.vitrine.bench.run;

import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.Decoy;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.Tensor;

/**
 * One data set without decoys, and with those that tell the class and those that tell nothing.
 *
 * @param telling what is learnt from, and tested as it was learnt
 * @param random test rows whose decoys are those of classes drawn at random
 * @param clean the images as they were; not owned
 * @param mask 1 where decoys may be
 */
record Decoys(Split telling, Dataset random, Split clean, Tensor mask) implements AutoCloseable {
  /** Decides the corners, and the classes that random decoys pretend. */
  private static final long SEED = 0;

  static Decoys in(Split clean) {
    Tensor mask = Decoy.mask(clean.train());
    var telling = new Split(Decoy.telling(clean.train(), SEED), Decoy.telling(clean.test(), SEED));
    return new Decoys(telling, Decoy.random(clean.test(), SEED), clean, mask);
  }

  @Override
  public void close() {
    telling.close();
    random.close();
  }
}
