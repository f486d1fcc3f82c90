package dev.vitrine.tensor.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The one vector width of this JVM: the machine's widest, or {@code -Dvitrine.lanes=128|256|512}
 * bits.
 *
 * <p>Chosen once, into static finals: a species that C2 cannot treat as a constant costs two orders
 * of magnitude. A width that the machine lacks works too, slowly, which is enough for a test.
 */
public final class Lanes {
  /** Vectors of floats. */
  public static final VectorSpecies<Float> F = species(System.getProperty("vitrine.lanes"));

  /** Vectors of as many ints. */
  public static final VectorSpecies<Integer> I = F.withLanes(int.class);

  /** Floats in a vector. */
  public static final int WIDTH = F.length();

  private Lanes() {}

  static VectorSpecies<Float> species(@Nullable String bits) {
    return switch (bits) {
      case null -> FloatVector.SPECIES_PREFERRED;
      case "128" -> FloatVector.SPECIES_128;
      case "256" -> FloatVector.SPECIES_256;
      case "512" -> FloatVector.SPECIES_512;
      default ->
          throw new IllegalArgumentException(
              "vitrine.lanes is \"" + bits + "\": use 128, 256 or 512 bits, or leave it out");
    };
  }
}
