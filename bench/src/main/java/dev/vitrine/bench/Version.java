package dev.vitrine.bench;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest, as {@code --version} shows it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Vitrine.class.getPackage().getImplementationVersion();
    return new String[] {"vitrine " + (version == null ? "from sources" : version)};
  }
}
