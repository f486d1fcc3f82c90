package dev.vitrine.cuda;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How products are computed: exactly as NUMERICS.md says, or, for who asks with {@code
 * -Dvitrine.cuda.fast=tf32}, on tensor cores, whose bits are their own.
 *
 * <p>TF32 rounds both operands to 11 significant bits: an error of at most 2·2⁻¹¹·Σ|a|·|b| and a
 * little, besides that of fp32 sums. A device that computes so says so wherever it is named.
 */
enum Precision {
  EXACT("", List.of()),
  TF32(", tf32 products", List.of("-DTF32"));

  private static final String PROPERTY = "vitrine.cuda.fast";

  private final String remark;
  private final List<String> options;

  Precision(String remark, List<String> options) {
    this.remark = remark;
    this.options = options;
  }

  /** What was asked for; null: it is not known. */
  static @Nullable Precision wanted() {
    String fast = System.getProperty(PROPERTY);
    return fast == null ? EXACT : fast.equals("tf32") ? TF32 : null;
  }

  /** Why what was asked for can't be had; null: it can. */
  static @Nullable String refused() {
    return wanted() != null
        ? null
        : "%s is \"%s\", but may only be tf32; without it products are exact"
            .formatted(PROPERTY, System.getProperty(PROPERTY));
  }

  /** Behind the device's name. */
  String remark() {
    return remark;
  }

  /** Of the compiler. */
  List<String> options() {
    return options;
  }
}
