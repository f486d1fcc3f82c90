package dev.vitrine.xai;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.NodeMap;
import dev.vitrine.autodiff.RuleSet;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.LogSoftmax;
import dev.vitrine.autodiff.op.Softmax;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A network on a tape, recorded for a batch of rows, and the number of each row that is asked
 * about. An attribution is written in terms of this; since it is more tape, it can be
 * differentiated again.
 */
public final class Recording {
  private final Var x;
  private final Var outputs;
  private final List<Node> nodes;
  private final Target.Quantity quantity;
  private final Var classes;
  private final @Nullable Var rivals;
  private final Map<String, Var> inputs;
  private final UnaryOperator<Var> twin;
  private @Nullable Var explained;
  private @Nullable Var total;
  private Ledger.@Nullable Sums ledger;

  private Recording(
      Var x,
      Var outputs,
      List<Node> nodes,
      Target.Quantity quantity,
      Var classes,
      @Nullable Var rivals,
      Map<String, Var> inputs,
      UnaryOperator<Var> twin) {
    this.x = x;
    this.outputs = outputs;
    this.nodes = nodes;
    this.quantity = quantity;
    this.classes = classes;
    this.rivals = rivals;
    this.inputs = inputs;
    this.twin = twin;
  }

  /**
   * Records the network for {@code x} [n, …].
   *
   * @param classes which of the quantity's numbers is explained, int32 [n]
   * @param rivals which of them is subtracted; null = none
   * @param inputs what an expression reads besides x, by name: a baseline
   */
  public static Recording of(
      Network network,
      Var x,
      Target.Quantity quantity,
      Var classes,
      @Nullable Var rivals,
      Map<String, Var> inputs) {
    Tape tape = x.tape();
    int from = tape.nodes().size();
    Var outputs = network.record(x);
    List<Node> own = List.copyOf(tape.nodes().subList(from, tape.nodes().size()));
    return new Recording(x, outputs, own, quantity, classes, rivals, inputs, v -> v);
  }

  /**
   * A network that is on the tape already, from {@code x} to {@code outputs}, as a training step
   * has it: its nodes are used, not recorded once more.
   *
   * @param classes which of the quantity's numbers is explained, int32 [n]
   */
  public static Recording of(Var x, Var outputs, Target.Quantity quantity, Var classes) {
    List<Node> own =
        List.copyOf(x.tape().nodes().subList(x.node().index() + 1, outputs.node().index() + 1));
    return new Recording(x, outputs, own, quantity, classes, null, Map.of(), v -> v);
  }

  /** Records the network for {@code x} and asks about one logit of each row. */
  public static Recording of(Network network, Var x, Var classes) {
    return of(network, x, Target.Scale.LOGIT, classes, null, Map.of());
  }

  /** The same network with {@code v} at a place, whatever comes before it. */
  public Recording moved(Place place, Var v) {
    NodeMap twins = tape().substitute(Map.of(place.in(this), v), explained());
    return twins(twins);
  }

  /** What a rewrite of this network gave. */
  public Recording twins(NodeMap twins) {
    UnaryOperator<Var> then = v -> twins.of(twin.apply(v));
    var r = new Recording(x, outputs, nodes, quantity, classes, rivals, inputs, then);
    r.explained = twins.of(explained());
    return r;
  }

  public Tape tape() {
    return x.tape();
  }

  /** The input, [n, …]. */
  public Var x() {
    return twin.apply(x);
  }

  /** What the network gives. */
  public Var outputs() {
    return twin.apply(outputs);
  }

  /** The outputs before a softmax that the network ends in; else the outputs. */
  public Var logits() {
    return endsInSoftmax(outputs.node()) ? twin.apply(outputs.node().in(0)) : outputs();
  }

  static boolean endsInSoftmax(Node last) {
    return last.op() instanceof Softmax || last.op() instanceof LogSoftmax;
  }

  /** The value at a place. */
  public Var at(Place place) {
    return place.in(this);
  }

  /** What the layer of this name gives. */
  public Var layer(String name) {
    for (Node n : nodes.reversed()) {
      boolean own = n.name().equals(name) || n.name().startsWith(name + ".");
      if (own && !(n.op() instanceof Leaf)) {
        return twin.apply(n.out());
      }
    }
    Set<String> known = new LinkedHashSet<>();
    nodes.stream().filter(n -> !(n.op() instanceof Leaf)).forEach(n -> known.add(n.name()));
    known.remove("");
    throw new IllegalArgumentException(
        "the network has no layer \"" + name + "\"; it has " + String.join(", ", known));
  }

  /** What became of a value of the network as it was recorded. */
  Var twin(Var recorded) {
    return twin.apply(recorded);
  }

  /** The nodes of the network as it was recorded. */
  public List<Node> nodes() {
    return nodes;
  }

  /** What the expression reads besides x. */
  public Var input(String name) {
    Var v = inputs.get(name);
    if (v == null) {
      throw new IllegalArgumentException(
          "the recording was given no \"" + name + "\"; it has " + inputs.keySet());
    }
    return v;
  }

  /** The explained number of each row, [n]. */
  public Var explained() {
    if (explained == null) {
      Var all = quantity.of(this);
      Var chosen = all.pick(classes);
      explained = rivals == null ? chosen : chosen.sub(all.pick(rivals));
    }
    return explained;
  }

  /** Its gradient towards a place. */
  public Var gradient(Place place) {
    return tape().gradient(explained(), at(place));
  }

  /** The reverse walk from the explained number to a place by other rules than the gradient's. */
  public Flow backward(Var seed, Place place, RuleSet rules) {
    return tape().backward(explained(), seed, List.of(at(place)), rules);
  }

  /** Says what the attributions of each row add up to, [n], if no float rounded. */
  public void promise(Var total) {
    this.total = total;
  }

  @Nullable Var total() {
    return total;
  }

  /** Keeps account of a walk. */
  public void account(Ledger.Sums ledger) {
    this.ledger = ledger;
  }

  Ledger.@Nullable Sums ledger() {
    return ledger;
  }
}
