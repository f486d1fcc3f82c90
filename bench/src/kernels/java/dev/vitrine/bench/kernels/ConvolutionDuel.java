package dev.vitrine.bench.kernels;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Window;
import java.util.SplittableRandom;

/** Our convolution, channels last, and oneDNN's in the layout that it likes best. */
final class ConvolutionDuel implements Duel {
  private final Memory memory = new Memory("convolution");
  private final Convolution g;
  private final Window window;
  private final Tensor x;
  private final Tensor w;
  private final Tensor bias;
  private final Tensor y;
  private final Tensor theirs;
  private final OneDnnConvolution library;

  /** Of x, w and y the one in this direction is written, the other two are read. */
  ConvolutionDuel(Convolution g) {
    this.g = g;
    window = g.window();
    var random = new SplittableRandom(1);
    x = Duel.drawn(memory.floats(g.x()), random);
    w = Duel.drawn(memory.floats(g.weights()), random);
    y = Duel.drawn(memory.floats(g.y()), random);
    bias = Duel.drawn(memory.floats(Shape.of(g.o())), random);
    theirs = memory.floats(g.result());
    library = new OneDnnConvolution(g, x, w, bias, y);
  }

  @Override
  public double flops() {
    return g.flops();
  }

  @Override
  public void ours(Kernels kernels) {
    switch (g.direction()) {
      case FORWARD -> kernels.conv2d(window, x, w, bias, y);
      case DATA -> kernels.conv2dData(window, y, w, x);
      case WEIGHTS -> kernels.conv2dWeights(window, x, y, w);
    }
  }

  @Override
  public void theirs() {
    library.run();
  }

  @Override
  public void compare() {
    library.read(theirs);
    Tensor written =
        switch (g.direction()) {
          case FORWARD -> y;
          case DATA -> x;
          case WEIGHTS -> w;
        };
    Duel.compare(written, theirs, g.terms());
  }

  @Override
  public void close() {
    memory.close();
  }
}
