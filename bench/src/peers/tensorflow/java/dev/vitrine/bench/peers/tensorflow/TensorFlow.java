package dev.vitrine.bench.peers.tensorflow;

import dev.vitrine.bench.peers.Batch;
import dev.vitrine.bench.peers.Engine;
import dev.vitrine.bench.peers.Network;
import dev.vitrine.bench.peers.Operation;
import dev.vitrine.bench.peers.Worker;
import dev.vitrine.bench.peers.Workload;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** TensorFlow-Java in graph mode: one {@code Session.run} per operation, fed with ready tensors. */
final class TensorFlow implements Engine {
  private TensorFlow() {
    org.tensorflow.TensorFlow.version(); // loads the library, or fails here
  }

  public static void main(String[] args) throws IOException {
    Worker.serve(TensorFlow::new);
  }

  @Override
  public String description() {
    return "TensorFlow %s by TensorFlow-Java 1.1.0, graph mode"
        .formatted(org.tensorflow.TensorFlow.version());
  }

  @Override
  public Operation of(Workload w, List<Batch> batches) {
    var graph = new Graph();
    var net = new Layers(Ops.create(graph));
    Ops tf = net.tf;
    Network network = w.network();
    Shape rows = shape(network, -1);
    Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(rows));
    Placeholder<TFloat32> y =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, network.outputs())));
    Op target = null;
    Operand<TFloat32> fetched;
    switch (w.task()) {
      case TRAIN, FRESH -> {
        Operand<TFloat32> logits = net.outputs(network, x, true);
        fetched = Training.loss(tf, network, logits, y);
        target = Training.update(net, network, fetched);
      }
      case INFER -> fetched = net.outputs(network, x, false);
      case SALIENCY -> fetched = tf.math.abs(net.inputGradient(network, x, y));
      case INTEGRATED_GRADIENTS -> fetched = net.integratedGradients(w, x, y);
      default -> throw new IllegalArgumentException(w.id());
    }
    var session =
        new Session(
            graph,
            ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(1)
                .setInterOpParallelismThreads(1)
                .build());
    Session.Runner first = session.runner();
    net.initialisers().forEach(first::addTarget);
    first.run().close();
    return new Run(graph, session, x, y, fetched, target, feeds(w, batches));
  }

  private static Shape shape(Network network, int rows) {
    return network == Network.CNN
        ? Shape.of(rows, Network.SIDE, Network.SIDE, 1)
        : Shape.of(rows, network.inputs());
  }

  /** A batch as tensors. */
  private record Feed(TFloat32 x, TFloat32 y) {}

  private static List<Feed> feeds(Workload w, List<Batch> batches) {
    Shape x = shape(w.network(), w.batch());
    Shape y = Shape.of(w.batch(), w.network().outputs());
    return batches.stream()
        .map(b -> new Feed(tensor(x, b.x()), tensor(y, b.targets(w.network()))))
        .toList();
  }

  private static TFloat32 tensor(Shape shape, float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values));
  }

  /** A session and what it is asked for again and again. */
  private static final class Run implements Operation {
    private final Graph graph;
    private final Session session;
    private final Operand<TFloat32> x;
    private final Operand<TFloat32> y;
    private final Operand<TFloat32> fetched;
    private final @Nullable Op target;
    private final List<Feed> feeds;
    private int next;

    Run(
        Graph graph,
        Session session,
        Operand<TFloat32> x,
        Operand<TFloat32> y,
        Operand<TFloat32> fetched,
        @Nullable Op target,
        List<Feed> feeds) {
      this.graph = graph;
      this.session = session;
      this.x = x;
      this.y = y;
      this.fetched = fetched;
      this.target = target;
      this.feeds = feeds;
    }

    private Session.Runner fed() {
      Feed f = feeds.get(next++ % Batch.COUNT);
      Session.Runner r = session.runner().feed(x, f.x).feed(y, f.y);
      return target == null ? r : r.addTarget(target);
    }

    /** A training step hands nothing over; every other operation its result. */
    @Override
    public void run() {
      (target == null ? fed().fetch(fetched) : fed()).run().close();
    }

    @Override
    public double loss() {
      try (Result r = fed().fetch(fetched).run()) {
        return ((TFloat32) r.get(0)).getFloat();
      }
    }

    @Override
    public void close() {
      session.close();
      graph.close();
      for (Feed f : feeds) {
        f.x.close();
        f.y.close();
      }
    }
  }
}
