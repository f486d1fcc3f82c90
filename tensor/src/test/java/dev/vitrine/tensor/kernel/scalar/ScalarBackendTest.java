package dev.vitrine.tensor.kernel.scalar;

import static dev.vitrine.tensor.kernel.scalar.Samples.KERNELS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.tensor.kernel.Draw;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.tensor.kernel.Kernels.Adam;
import dev.vitrine.tensor.kernel.Unary;
import dev.vitrine.tensor.kernel.Window;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class ScalarBackendTest {
  @Test
  void isFoundAndAlwaysThere() {
    Backend scalar = Device.of("scalar", 4).backend();
    assertTrue(scalar instanceof ScalarBackend);
    assertNull(scalar.unavailable());
    assertEquals(0, scalar.priority());
    assertEquals(1, Device.of("scalar", 4).threads());
  }

  @Test
  void kernelsAllocateNothing() {
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Runnable calls = everyFamily();
    for (int i = 0; i < 20; i++) {
      calls.run();
    }
    long before = bean.getCurrentThreadAllocatedBytes();
    calls.run();
    assertEquals(0, bean.getCurrentThreadAllocatedBytes() - before);
  }

  private static Runnable everyFamily() {
    Window g = Window.UNIT.padding(1, 1);
    Tensor x = Samples.normal(1, 2, 4, 4, 3);
    Tensor w = Samples.normal(2, 3, 3, 3, 5);
    Tensor bias = Samples.normal(3, 5);
    Tensor y = Samples.normal(4, 2, 4, 4, 5);
    Tensor z = Samples.blank(2, 4, 4, 5);
    Tensor p = Samples.blank(2, 5, 5, 3);
    Tensor index = Samples.blankInts(2, 5, 5, 3);
    Tensor dx = Samples.blank(2, 4, 4, 3);
    Tensor dw = Samples.blank(3, 3, 3, 5);
    Tensor rows = Samples.blank(2, 4, 4);
    Tensor sums = Samples.blank(5);
    Tensor places = Samples.blankInts(5);
    Tensor square = Samples.blank(2, 4, 5, 5);
    Tensor turned = Samples.blank(2, 5, 4, 4);
    Tensor clock = Samples.ints(1, 2);
    Tensor rates = Samples.floats(0.1f, 0.1f, 0.1f);
    Tensor m = Samples.blank(2, 4, 4, 5);
    Tensor v = Samples.blank(2, 4, 4, 5);
    Tensor scalar = Tensor.of(Shape.SCALAR, 2f);
    Fold all = Fold.of(y.shape(), 0, 3);
    Fold pooled = new Fold(2, 48, 1);
    int[] axes = {0, 3, 1, 2};
    var adam = new Adam(0.9f, 0.999f, 1e-8f, 0.1f, true);
    return () -> {
      KERNELS.conv2d(g, x, w, bias, z);
      KERNELS.conv2dData(g, y, w, dx);
      KERNELS.conv2dWeights(g, x, y, dw);
      KERNELS.matmul(true, false, y, z, null, square);
      KERNELS.zip(Binary.ADD, y, bias, z);
      KERNELS.zip(Binary.MUL, y, scalar, z);
      KERNELS.select(y, scalar, bias, z);
      KERNELS.broadcast(bias, z);
      KERNELS.map(Unary.EXP, 0, 0, y, z);
      KERNELS.sumRows(y, rows);
      KERNELS.sumColumns(all, y, sums);
      KERNELS.max(all, y, sums, places);
      KERNELS.cumulativeSum(all, true, y, z);
      KERNELS.productOfOthers(all, y, z);
      KERNELS.softmax(y, z);
      KERNELS.logSoftmax(y, z);
      KERNELS.logSumExp(y, rows);
      KERNELS.maxPool2d(g, 2, 2, x, p, index);
      KERNELS.scatter(pooled, p, index, dx);
      KERNELS.gather(pooled, x, index, p);
      KERNELS.avgPool2d(g, 2, 2, false, x, p);
      KERNELS.avgPool2dData(g, 2, 2, false, p, dx);
      KERNELS.interpolate(Interpolation.BILINEAR, x, p);
      KERNELS.interpolateData(Interpolation.BILINEAR, p, dx);
      KERNELS.permute(axes, y, turned);
      KERNELS.slice(all, 31, -1, y, z);
      KERNELS.paste(all, 31, -1, y, z);
      KERNELS.random(Draw.NORMAL, 1, 2, 0.5f, clock, z);
      KERNELS.adam(adam, z, y, m, v, null, rates, z, m, v, null);
    };
  }
}
