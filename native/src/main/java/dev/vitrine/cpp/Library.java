package dev.vitrine.cpp;

import org.jspecify.annotations.Nullable;

/** Loads the library once and chooses the instruction set. */
final class Library {
  private static final String[] NAMES = {"none", "avx2", "avx512"};

  /** Why the library can't be used; null = it can. */
  static final @Nullable String REASON;

  /** The instruction set in use. */
  static final String ISA;

  static {
    int isa = 0;
    String reason;
    try {
      isa = chosen(System.getProperty("vitrine.isa"));
      reason = isa == 0 ? "this processor has no AVX2 with FMA" : null;
      Native.use(isa);
    } catch (LinkageError e) {
      reason =
          "its library is not in this build, or not for %s on %s: build module native with g++ on Linux x86-64 (%s)"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), cause(e));
    } catch (IllegalArgumentException e) {
      reason = e.getMessage();
    }
    REASON = reason;
    ISA = NAMES[isa];
  }

  private Library() {}

  private static int chosen(@Nullable String wanted) {
    int widest = Native.widest();
    if (wanted == null) {
      return widest;
    }
    for (int isa = 1; isa < NAMES.length; isa++) {
      if (NAMES[isa].equals(wanted)) {
        if (isa > widest) {
          throw new IllegalArgumentException(
              "vitrine.isa is %s, this processor has %s".formatted(wanted, NAMES[widest]));
        }
        return isa;
      }
    }
    throw new IllegalArgumentException(
        "vitrine.isa is \"" + wanted + "\": use avx2 or avx512, or leave it out");
  }

  private static String cause(LinkageError e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
