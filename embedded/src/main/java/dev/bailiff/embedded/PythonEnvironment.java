package dev.bailiff.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * A Python virtual environment with exactly the packages that a list pins. It is made at its first
 * use and kept: a folder that holds the same list is used as it is.
 *
 * <p>A folder may be shared by several processes. One of them installs while the others wait.
 */
final class PythonEnvironment {
  private static final String MISSING =
      "Synapse needs Python 3.10 or later with venv: install both, on Debian and Ubuntu by"
          + " apt install python3-venv";

  private static final Duration INSTALLATION = Duration.ofMinutes(10);

  private final Path folder;
  private final String packages;
  private final String interpreter;

  /**
   * @param interpreter the Python that makes the environment
   * @param requirements a resource beside this class, in the form that pip reads
   */
  PythonEnvironment(Path folder, String interpreter, String requirements) {
    this.folder = folder.toAbsolutePath();
    this.interpreter = interpreter;
    this.packages = resource(requirements);
  }

  /** The folder, as an absolute path. */
  Path folder() {
    return folder;
  }

  /**
   * The interpreter of the environment, which is made first if it is missing.
   *
   * @throws EmbeddedServerException if there is no suitable Python, or a package cannot be
   *     installed
   */
  Path python() {
    var python = folder.resolve("bin").resolve("python");
    if (isReady(python)) {
      return python;
    }
    Folders.create(folder);
    synchronized (PythonEnvironment.class) { // a file lock holds off other processes only
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("installing.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (!isReady(python) && held.isValid()) {
          make(python);
        }
        return python;
      } catch (IOException e) {
        throw new EmbeddedServerException(
            "cannot make a Python environment in " + folder + ": " + FileFailure.inWords(e), e);
      }
    }
  }

  private boolean isReady(Path python) {
    try {
      return Files.isExecutable(python)
          && Files.exists(list())
          && Files.readString(list()).equals(packages);
    } catch (IOException e) {
      return false; // it is made again
    }
  }

  /** The packages that are installed, written when all of them are. */
  private Path list() {
    return folder.resolve("installed.txt");
  }

  private void make(Path python) throws IOException {
    requirePython();
    Files.deleteIfExists(list());
    run(List.of(interpreter, "-m", "venv", folder.toString()));
    var wanted = folder.resolve("requirements.txt");
    Files.writeString(wanted, packages);
    run(
        List.of(
            python.toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-compile", // the server compiles the part that it uses
            "--no-deps", // the list is complete
            "--requirement",
            wanted.toString()));
    Files.writeString(list(), packages);
  }

  private void requirePython() {
    var check = "import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 10))";
    boolean suitable;
    try {
      suitable = NativeCommand.of(interpreter, "-c", check).run().ok();
    } catch (EmbeddedServerException e) {
      throw new EmbeddedServerException(MISSING, e);
    }
    if (!suitable) {
      throw new EmbeddedServerException(MISSING);
    }
  }

  private void run(List<String> words) {
    var result = NativeCommand.of(words).within(INSTALLATION).run();
    if (!result.ok()) {
      throw new EmbeddedServerException(
          "cannot make a Python environment in "
              + folder
              + ": "
              + NativeCommand.lastLine(result.output()));
    }
  }

  private static String resource(String name) {
    try (InputStream in = PythonEnvironment.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not part of this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
