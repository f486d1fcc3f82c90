package dev.vitrine.xai;

import java.util.Map;

/**
 * What it takes to get the same bits again.
 *
 * @param method the method's name
 * @param settings everything about it that matters: steps, baseline, seed
 * @param target what was explained
 * @param model hash of the model's parameters
 * @param backend what computed it; the bits don't depend on it
 */
public record Provenance(
    String method, Map<String, String> settings, String target, String model, String backend) {
  public Provenance {
    settings = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(settings));
  }
}
