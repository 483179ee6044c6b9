package dev.bailiff.standalone;

import picocli.CommandLine;

/** The version, from the manifest of our jar. */
final class Version implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Bailiff.class.getPackage().getImplementationVersion();
    return new String[] {
      "bailiff " + (version == null ? "(not packaged)" : version),
      "Java " + Runtime.version() + ", " + System.getProperty("os.name")
    };
  }
}
