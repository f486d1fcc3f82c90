package dev.vitrine.cpp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LibraryTest {
  @BeforeEach
  void skipAloudWithoutLibrary() {
    assumeTrue(Library.REASON == null, Library.REASON);
  }

  @Test
  void kernelsHaveTheSameNumbersInJavaAndInCpp() {
    for (Kernel k : Kernel.values()) {
      assertEquals(k.name().toLowerCase(java.util.Locale.ROOT), Native.name(k.ordinal()));
    }
    assertNull(Native.name(Kernel.values().length));
  }

  @Test
  void theInstructionSetCanBeCapped() {
    String wanted = System.getProperty("vitrine.isa");
    if (wanted != null) {
      assertEquals(wanted, Library.ISA);
    }
    assertEquals("C++ kernels, " + Library.ISA, new CppBackend().description());
  }
}
