package dev.vitrine.tensor.io;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where lies what can be had again: {@code $XDG_CACHE_HOME/vitrine}, else {@code ~/.cache/vitrine}.
 */
public final class CacheFolder {
  private CacheFolder() {}

  /** The folder of this name there, which may have to be made first. */
  public static Path of(String name) {
    return in(System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home")).resolve(name);
  }

  static Path in(@Nullable String caches, String home) {
    Path base = caches == null || caches.isBlank() ? Path.of(home, ".cache") : Path.of(caches);
    return base.resolve("vitrine");
  }
}
