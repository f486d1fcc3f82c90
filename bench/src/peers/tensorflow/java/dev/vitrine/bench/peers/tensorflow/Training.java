package dev.vitrine.bench.peers.tensorflow;

import dev.vitrine.bench.peers.Network;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Losses and optimisers as nodes of a graph. */
final class Training {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private Training() {}

  /** Mean of the cross-entropy; of one logit z: max(z, 0) − z·y + ln(1 + e^−|z|). */
  static Operand<TFloat32> loss(Ops tf, Network network, Operand<TFloat32> z, Operand<TFloat32> y) {
    if (!network.isBinary()) {
      return tf.math.mean(
          tf.nn.softmaxCrossEntropyWithLogits(z, y).loss(), tf.constant(new int[] {0}));
    }
    Operand<TFloat32> rest = tf.math.log1p(tf.math.exp(tf.math.neg(tf.math.abs(z))));
    Operand<TFloat32> rows = tf.math.add(tf.math.sub(tf.nn.relu(z), tf.math.mul(z, y)), rest);
    return tf.math.mean(rows, tf.constant(new int[] {0, 1}));
  }

  /** One target that updates all weights. */
  static Op update(Layers net, Network network, Operand<TFloat32> loss) {
    Ops tf = net.tf;
    Gradients gradients = tf.gradients(loss, net.weights());
    var steps = new ArrayList<Op>();
    if (!network.usesAdam()) {
      for (int i = 0; i < net.weights().size(); i++) {
        Operand<TFloat32> g = gradients.dy(i);
        steps.add(
            tf.train.applyGradientDescent(net.weights().get(i), tf.constant(Network.SGD_RATE), g));
      }
      return tf.withControlDependencies(steps).noOp();
    }
    Variable<TFloat32> power1 = net.variable(new float[] {BETA1});
    Variable<TFloat32> power2 = net.variable(new float[] {BETA2});
    for (int i = 0; i < net.weights().size(); i++) {
      Operand<TFloat32> g = gradients.dy(i);
      steps.add(adam(net, net.weights().get(i), g, power1, power2));
    }
    Ops after = tf.withControlDependencies(steps);
    List<Op> powers =
        List.of(
            after.assign(power1, after.math.mul(power1, after.constant(BETA1))),
            after.assign(power2, after.math.mul(power2, after.constant(BETA2))));
    return tf.withControlDependencies(powers).noOp();
  }

  private static Op adam(
      Layers net,
      Variable<TFloat32> w,
      Operand<TFloat32> g,
      Operand<TFloat32> power1,
      Operand<TFloat32> power2) {
    Ops tf = net.tf;
    long[] shape = w.shape().asArray();
    int size = (int) w.shape().size();
    return tf.train.applyAdam(
        w,
        net.variable(new float[size], shape),
        net.variable(new float[size], shape),
        power1,
        power2,
        tf.constant(Network.ADAM_RATE),
        tf.constant(BETA1),
        tf.constant(BETA2),
        tf.constant(EPSILON),
        g);
  }
}
