package dev.vitrine.bench.peers.djl;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import dev.vitrine.bench.peers.Network;
import java.util.List;

/** The networks as blocks of DJL. */
final class Blocks {
  private Blocks() {}

  static Block of(Network network) {
    var all = new SequentialBlock();
    if (network == Network.CNN) {
      return all.add(conv(32))
          .add(Activation.reluBlock())
          .add(pool())
          .add(conv(64))
          .add(Activation.reluBlock())
          .add(pool())
          .add(ai.djl.nn.Blocks.batchFlattenBlock())
          .add(linear(128))
          .add(Activation.reluBlock())
          .add(Dropout.builder().optRate(0.5f).build())
          .add(linear(10));
    }
    List<Integer> widths = network.widths();
    for (int i = 1; i < widths.size(); i++) {
      if (i > 1) {
        all.add(Activation.reluBlock());
      }
      all.add(linear(widths.get(i)));
    }
    return all;
  }

  private static Block conv(int filters) {
    return Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(filters).build();
  }

  private static Block pool() {
    return Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2), new Shape(0, 0));
  }

  private static Block linear(int units) {
    return Linear.builder().setUnits(units).build();
  }
}
