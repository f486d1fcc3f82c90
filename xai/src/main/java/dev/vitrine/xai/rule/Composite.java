package dev.vitrine.xai.rule;

import static java.util.stream.Collectors.joining;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Rule;
import dev.vitrine.autodiff.RuleSet;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.Conv2d;
import dev.vitrine.autodiff.op.Linear;
import dev.vitrine.autodiff.op.MaxPool2d;
import dev.vitrine.xai.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which rule each node of a network gets: by the name of its layer, by its position, by its type.
 * The first entry that answers decides.
 *
 * @param name what people call it
 * @param entries in the order in which they are asked
 */
public record Composite(String name, List<Entry> entries) {

  /** Some nodes of a recorded network, and their rule. */
  @FunctionalInterface
  public interface Entry {
    RuleSet rules(Recording r);
  }

  /**
   * An entry that can say which rule it has and for which nodes. Two with rules of {@link LrpRule}
   * that say the same are the same, so that equal composites share their programs.
   */
  private record Worded(String words, boolean own, Entry entry) implements Entry {
    @Override
    public RuleSet rules(Recording r) {
      return entry.rules(r);
    }

    static Entry of(Rule rule, String nodes, Entry entry) {
      boolean own = !(rule instanceof LrpRule);
      return new Worded((own ? "own rule" : rule) + " on " + nodes, own, entry);
    }

    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Worded w && words.equals(w.words) && (!own || entry.equals(w.entry));
    }

    @Override
    public int hashCode() {
      return words.hashCode();
    }
  }

  /** What carries relevance on whatever the rules of the layers are. */
  private static final Composite COMMON =
      named("common")
          .with(r -> Ops.on(Relevance.PASS, Ops.ACTIVATIONS))
          .with(r -> Ops.on(Relevance.PASS, Ops.NORMS))
          .with(r -> RuleSet.on(Rule.GRADIENT, MaxPool2d.class))
          .with(r -> Ops.on(Rule.GRADIENT, Ops.MOVES))
          .with(r -> Ops.on(Relevance.norm(LrpRule.STABILISER), Ops.SUMS))
          .with(r -> Ops.oneFactor(Relevance.norm(LrpRule.STABILISER)));

  public Composite {
    entries = List.copyOf(entries);
  }

  /** Without any rule yet. */
  public static Composite named(String name) {
    return new Composite(name, List.of());
  }

  private Composite with(Entry e) {
    var all = new ArrayList<>(entries);
    all.add(e);
    return new Composite(name, all);
  }

  /** Nodes of exactly these ops. */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final Composite on(Rule rule, Class<? extends Op>... ops) {
    RuleSet rules = RuleSet.on(rule, ops);
    String names = Arrays.stream(ops).map(Class::getSimpleName).collect(joining(", "));
    return with(Worded.of(rule, names, r -> rules));
  }

  /** Layers (linear, conv2d) whose names match, {@code *} standing for anything. */
  public Composite layers(String names, Rule rule) {
    Pattern p = Pattern.compile(Pattern.quote(names).replace("*", "\\E.*\\Q"));
    return with(
        Worded.of(
            rule,
            "layers " + names,
            r ->
                n ->
                    Ops.LAYERS.contains(n.op().getClass()) && p.matcher(n.name()).matches()
                        ? rule
                        : null));
  }

  /** The layers (linear, conv2d) that no other layer lies before. */
  public Composite first(Rule rule) {
    Entry first =
        r -> {
          Set<Node> nodes = first(r);
          return n -> nodes.contains(n) ? rule : null;
        };
    return with(Worded.of(rule, "the first layers", first));
  }

  private static Set<Node> first(Recording r) {
    Set<Node> behind = new HashSet<>();
    Set<Node> first = new HashSet<>();
    for (Node n : r.explained().tape().nodes()) {
      boolean layer = Ops.LAYERS.contains(n.op().getClass());
      List<Var> in = layer ? n.in().subList(0, 1) : n.in();
      if (in.stream().anyMatch(v -> behind.contains(v.node()))) {
        behind.add(n);
      } else if (layer) {
        first.add(n);
        behind.add(n);
      }
    }
    return first;
  }

  private Composite common() {
    return then(COMMON);
  }

  // ---- the usual ones, as zennit has them

  /** One rule for all layers. */
  public static Composite everywhere(String name, Rule rule) {
    return named(name).on(rule, Linear.class, Conv2d.class).common();
  }

  /** LRP-ε everywhere. */
  public static Composite epsilon(float epsilon) {
    return everywhere("Epsilon", LrpRule.epsilon(epsilon));
  }

  /** z⁺ on convolutions, ε on dense layers. */
  public static Composite epsilonPlus(float epsilon) {
    return convolutions("EpsilonPlus", LrpRule.zPlus(), epsilon);
  }

  /** As {@link #epsilonPlus}, flat on the first layer. */
  public static Composite epsilonPlusFlat(float epsilon) {
    return flat("EpsilonPlusFlat", epsilonPlus(epsilon));
  }

  /** α2β1 on convolutions, ε on dense layers. */
  public static Composite epsilonAlpha2Beta1(float epsilon) {
    return convolutions("EpsilonAlpha2Beta1", LrpRule.alphaBeta(2, 1), epsilon);
  }

  /** As {@link #epsilonAlpha2Beta1}, flat on the first layer. */
  public static Composite epsilonAlpha2Beta1Flat(float epsilon) {
    return flat("EpsilonAlpha2Beta1Flat", epsilonAlpha2Beta1(epsilon));
  }

  /** γ on convolutions, z^B on the first of them, ε on dense layers; inputs in [low, high]. */
  public static Composite epsilonGammaBox(float epsilon, float gamma, float low, float high) {
    Composite rest = convolutions("EpsilonGammaBox", LrpRule.gamma(gamma), epsilon);
    Rule box = LrpRule.zBox(low, high);
    Entry first =
        r -> {
          Set<Node> nodes = first(r);
          return n -> nodes.contains(n) && n.op() instanceof Conv2d ? box : null;
        };
    return rest.before(Worded.of(box, "the first convolutions", first));
  }

  /** Excitation backprop (Zhang et al. 2016): the winners' probabilities, from top to bottom. */
  public static Composite excitation() {
    return everywhere("ExcitationBackprop", LrpRule.excitation());
  }

  /** Deep Taylor decomposition (Montavon et al. 2017) of inputs in [low, high]. */
  public static Composite deepTaylor(float low, float high) {
    Composite rest = everywhere("DeepTaylor", LrpRule.deepTaylor());
    return named("DeepTaylor").first(LrpRule.zBox(low, high)).then(rest);
  }

  private static Composite convolutions(String name, Rule convolution, float epsilon) {
    return named(name)
        .on(convolution, Conv2d.class)
        .on(LrpRule.epsilon(epsilon), Linear.class)
        .common();
  }

  private static Composite flat(String name, Composite rest) {
    return named(name).first(LrpRule.flat()).then(rest);
  }

  /** These entries, then those of another. */
  public Composite then(Composite rest) {
    var all = new ArrayList<>(entries);
    all.addAll(rest.entries);
    return new Composite(name, all);
  }

  private Composite before(Entry e) {
    var all = new ArrayList<>(List.of(e));
    all.addAll(entries);
    return new Composite(name, all);
  }

  RuleSet rules(Recording r) {
    List<RuleSet> all = entries.stream().map(e -> e.rules(r)).toList();
    return n -> {
      for (RuleSet s : all) {
        Rule rule = s.rule(n);
        if (rule != null) {
          return rule;
        }
      }
      return null;
    };
  }

  /** True if somebody gave this node a rule of its own, besides those that all networks share. */
  boolean names(Recording r, Node n) {
    return entries.stream().anyMatch(e -> e instanceof Worded && e.rules(r).rule(n) != null);
  }

  /** The rules and for which nodes they are, in the order in which they are asked. */
  public String rules() {
    return entries.stream()
        .filter(e -> e instanceof Worded)
        .map(e -> ((Worded) e).words())
        .collect(joining("; "));
  }

  @Override
  public String toString() {
    return name;
  }
}
