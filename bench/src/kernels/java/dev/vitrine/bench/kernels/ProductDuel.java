package dev.vitrine.bench.kernels;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.SplittableRandom;

/** Our matrix product and MKL's. */
final class ProductDuel implements Duel {
  private final Memory memory = new Memory("product");
  private final Product p;
  private final Tensor a;
  private final Tensor b;
  private final Tensor ours;
  private final Tensor theirs;

  ProductDuel(Product p) {
    this.p = p;
    var random = new SplittableRandom(1);
    a = Duel.drawn(memory.floats(p.left()), random);
    b = Duel.drawn(memory.floats(p.right()), random);
    ours = memory.floats(p.product());
    theirs = memory.floats(p.product());
  }

  @Override
  public double flops() {
    return p.flops();
  }

  @Override
  public void ours(Kernels kernels) {
    kernels.matmul(p.ta(), p.tb(), a, b, null, ours);
  }

  @Override
  public void theirs() {
    Mkl.multiply(p, a, b, theirs);
  }

  @Override
  public void compare() {
    Duel.compare(ours, theirs, p.k());
  }

  @Override
  public void close() {
    memory.close();
  }
}
