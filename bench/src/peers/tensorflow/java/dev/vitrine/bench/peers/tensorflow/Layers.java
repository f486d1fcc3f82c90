package dev.vitrine.bench.peers.tensorflow;

import dev.vitrine.bench.peers.Network;
import dev.vitrine.bench.peers.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A network as nodes of a graph, with its variables. */
final class Layers {
  final Ops tf;
  private final List<Variable<TFloat32>> weights = new ArrayList<>();
  private final List<Op> initialisers = new ArrayList<>();

  Layers(Ops tf) {
    this.tf = tf;
  }

  List<Variable<TFloat32>> weights() {
    return weights;
  }

  /** To be run once, before anything else. */
  List<Op> initialisers() {
    return initialisers;
  }

  /** The logits of rows {@code x}. */
  Operand<TFloat32> outputs(Network network, Operand<TFloat32> x, boolean training) {
    if (network == Network.CNN) {
      Operand<TFloat32> h = pool(tf.nn.relu(conv(x, 1, 32)));
      h = pool(tf.nn.relu(conv(h, 32, 64)));
      h = tf.nn.relu(linear(tf.reshape(h, tf.constant(new int[] {-1, 1600})), 1600, 128));
      return linear(training ? dropout(h) : h, 128, 10);
    }
    List<Integer> widths = network.widths();
    Operand<TFloat32> h = x;
    for (int i = 1; i < widths.size(); i++) {
      h = linear(i > 1 ? tf.nn.relu(h) : h, widths.get(i - 1), widths.get(i));
    }
    return h;
  }

  /** d(logit that y marks)/dx, each row on its own. */
  Operand<TFloat32> inputGradient(Network network, Operand<TFloat32> x, Operand<TFloat32> y) {
    Operand<TFloat32> logits = outputs(network, x, false);
    Operand<TFloat32> marked = tf.sum(tf.math.mul(logits, y), tf.constant(new int[] {0, 1}));
    return tf.gradients(marked, List.of(x)).dy(0);
  }

  /** The average of the gradients on the way from zero to x, times x; all points in one batch. */
  Operand<TFloat32> integratedGradients(
      Workload w, Placeholder<TFloat32> x, Placeholder<TFloat32> y) {
    int n = w.batch();
    int steps = Workload.STEPS;
    int width = w.network().inputs();
    var alphas = new float[steps];
    for (int k = 0; k < steps; k++) {
      alphas[k] = (k + 0.5f) / steps;
    }
    Operand<TFloat32> rows = tf.reshape(x, tf.constant(new int[] {n, 1, width}));
    Operand<TFloat32> alpha = tf.reshape(tf.constant(alphas), tf.constant(new int[] {1, steps, 1}));
    int[] batch =
        w.network() == Network.CNN
            ? new int[] {n * steps, Network.SIDE, Network.SIDE, 1}
            : new int[] {n * steps, width};
    Operand<TFloat32> path = tf.reshape(tf.math.mul(rows, alpha), tf.constant(batch));
    int classes = w.network().outputs();
    Operand<TFloat32> marks =
        tf.reshape(
            tf.tile(
                tf.reshape(y, tf.constant(new int[] {n, 1, classes})),
                tf.constant(new int[] {1, steps, 1})),
            tf.constant(new int[] {n * steps, classes}));
    Operand<TFloat32> slopes =
        tf.reshape(
            inputGradient(w.network(), path, marks), tf.constant(new int[] {n, steps, width}));
    return tf.math.mul(tf.math.mean(slopes, tf.constant(1), Mean.keepDims(true)), rows);
  }

  private Operand<TFloat32> linear(Operand<TFloat32> x, int in, int out) {
    return tf.nn.biasAdd(tf.linalg.matMul(x, drawn(in, in, out)), zeros(out));
  }

  private Operand<TFloat32> conv(Operand<TFloat32> x, int in, int out) {
    Operand<TFloat32> y =
        tf.nn.conv2d(x, drawn(9 * in, 3, 3, in, out), List.of(1L, 1L, 1L, 1L), "VALID");
    return tf.nn.biasAdd(y, zeros(out));
  }

  private Operand<TFloat32> pool(Operand<TFloat32> x) {
    Operand<TInt32> two = tf.constant(new int[] {1, 2, 2, 1});
    return tf.nn.maxPool(x, two, two, "VALID");
  }

  /** Half of the values, doubled. */
  private Operand<TFloat32> dropout(Operand<TFloat32> x) {
    Operand<TFloat32> draws = tf.random.randomUniform(tf.shape(x), TFloat32.class);
    Operand<TFloat32> mask = tf.math.floor(tf.math.add(draws, tf.constant(0.5f)));
    return tf.math.mul(x, tf.math.mul(mask, tf.constant(2f)));
  }

  private Variable<TFloat32> drawn(int fanIn, long... shape) {
    var random = new SplittableRandom(weights.size());
    var values = new float[(int) Shape.of(shape).size()];
    double bound = 1 / Math.sqrt(fanIn);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-bound, bound);
    }
    Variable<TFloat32> v = variable(values, shape);
    weights.add(v);
    return v;
  }

  private Variable<TFloat32> zeros(long size) {
    Variable<TFloat32> v = variable(new float[(int) size], size);
    weights.add(v);
    return v;
  }

  /** State with a first value. */
  Variable<TFloat32> variable(float[] values, long... shape) {
    Variable<TFloat32> v = tf.variable(Shape.of(shape), TFloat32.class);
    initialisers.add(tf.assign(v, tf.reshape(tf.constant(values), tf.constant(shape))));
    return v;
  }
}
