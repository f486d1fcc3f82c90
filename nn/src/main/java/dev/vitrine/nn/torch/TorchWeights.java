package dev.vitrine.nn.torch;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A module's state_dict in a safetensors file, as PyTorch's load_state_dict takes it and {@code
 * safetensors.torch.save_file} writes it, into a model and back.
 *
 * <p>Weights are [out, in] there, kernels [o, i, kh, kw]; the columns of the first product behind a
 * flattened image go channel by channel. num_batches_tracked is left out.
 */
public final class TorchWeights {
  private static final String COUNT = "num_batches_tracked";

  private TorchWeights() {}

  /**
   * Overwrites all values of the model. Modules of the file and layers are matched by their names
   * where these are the same, else by shapes; several of one shape in the order of the numbers in
   * their names ({@code fc1, fc2}; {@code 0, 3, 10}).
   *
   * @param channels of the images that go in: it matters where they are flattened at once
   * @throws IllegalArgumentException if a layer finds no module, a module no layer, or nothing says
   *     which of several belongs to which; nothing has changed then
   */
  public static void load(Model model, Path file, int channels) throws IOException {
    try (Memory memory = new Memory(file.toString())) {
      Map<String, Map<String, Tensor>> theirs = modules(Safetensors.read(file, memory).tensors());
      List<TorchModule> ours = TorchModule.of(model.layer(), channels);
      Map<TorchModule, String> match = match(ours, theirs, file);
      Map<String, Tensor> state = new LinkedHashMap<>();
      for (TorchModule m : ours) {
        var tensors = Objects.requireNonNull(theirs.get(match.get(m)));
        m.slots()
            .forEach((local, slot) ->
                state.put(
                    slot.parameter().name(),
                    slot.toEngine(Objects.requireNonNull(tensors.get(local)))));
      }
      model.load(state);
    }
  }

  /**
   * Writes the values under the names that a {@code torch.nn.Sequential} of the same layers has,
   * activations and dropout counted: {@code 0.weight}, {@code 3.bias}.
   */
  public static void write(Path file, Model model, int channels) throws IOException {
    Map<String, Tensor> all = new TreeMap<>();
    for (TorchModule m : TorchModule.of(model.layer(), channels)) {
      m.slots().forEach((local, slot) -> all.put(m.position() + "." + local, slot.toTorch()));
    }
    Safetensors.write(file, all, Map.of("format", "pt"));
  }

  /** Tensors by module, then by their own names. */
  private static Map<String, Map<String, Tensor>> modules(Map<String, Tensor> tensors) {
    Map<String, Map<String, Tensor>> all = new TreeMap<>(NaturalOrder.INSTANCE);
    tensors.forEach((name, t) -> {
      int dot = name.lastIndexOf('.');
      String local = name.substring(dot + 1);
      if (!local.equals(COUNT)) {
        String module = name.substring(0, Math.max(dot, 0));
        all.computeIfAbsent(module, k -> new TreeMap<>()).put(local, t);
      }
    });
    return all;
  }

  private static String signature(Map<String, Tensor> tensors) {
    var shapes = new TreeMap<String, Shape>();
    tensors.forEach((local, t) -> shapes.put(local, t.shape()));
    return shapes.toString();
  }

  private static Map<TorchModule, String> match(
      List<TorchModule> ours, Map<String, Map<String, Tensor>> theirs, Path file) {
    Map<String, List<String>> bySignature = new LinkedHashMap<>();
    theirs.forEach((name, tensors) ->
        bySignature.computeIfAbsent(signature(tensors), k -> new ArrayList<>()).add(name));
    Map<String, List<TorchModule>> wanted = new LinkedHashMap<>();
    for (TorchModule m : ours) {
      wanted.computeIfAbsent(m.signature(), k -> new ArrayList<>()).add(m);
    }
    Map<TorchModule, String> match = new LinkedHashMap<>();
    wanted.forEach((signature, layers) -> {
      List<String> names = bySignature.getOrDefault(signature, List.of());
      if (names.size() != layers.size()) {
        throw new IllegalArgumentException(
            "%s: layers %s need %s; modules of these shapes in the file: %s; it has %s"
                .formatted(file, names(layers), signature, names, words(theirs)));
      }
      boolean named = names.containsAll(layers.stream().map(TorchModule::name).toList());
      for (int i = 0; i < layers.size(); i++) {
        if (!named && i > 0 && !NaturalOrder.isByNumber(names.get(i - 1), names.get(i))) {
          throw new IllegalArgumentException(
              "%s: modules \"%s\" and \"%s\" have the same shapes %s, and nothing says which is \"%s\" and which \"%s\"; call them so, or number them"
                  .formatted(
                      file,
                      names.get(i - 1),
                      names.get(i),
                      signature,
                      layers.get(i - 1).name(),
                      layers.get(i).name()));
        }
        match.put(layers.get(i), named ? layers.get(i).name() : names.get(i));
      }
    });
    if (match.size() < theirs.size()) {
      List<String> left = new ArrayList<>(theirs.keySet());
      left.removeAll(match.values());
      throw new IllegalArgumentException(
          "%s: modules %s fit no layer of the model; its layers are %s"
              .formatted(file, left, names(ours)));
    }
    return match;
  }

  private static List<String> names(List<TorchModule> layers) {
    return layers.stream().map(TorchModule::name).toList();
  }

  private static String words(Map<String, Map<String, Tensor>> theirs) {
    var all = new TreeMap<String, String>(NaturalOrder.INSTANCE);
    theirs.forEach((name, tensors) -> all.put(name, signature(tensors)));
    return all.toString();
  }
}
