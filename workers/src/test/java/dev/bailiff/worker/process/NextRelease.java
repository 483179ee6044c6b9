package dev.bailiff.worker.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * A release that does not exist yet, made from this one: some classes replace ours on the class
 * path of a worker process. They are compiled here, because a module cannot hold two classes of one
 * name.
 *
 * <p>Its commands have record version 2, which this release cannot read. Its tally has one more
 * stage, in the middle.
 */
final class NextRelease {
  /** System property of a process that is of the next release. */
  static final String PROPERTY = "bailiff.test.next-release";

  private static final Path SOURCE = Path.of("src", "test", "resources", "next-release");
  private static final Path CLASSES = compiled(Path.of("target", "next-release"));

  private NextRelease() {}

  /** The folder of the release's classes, compiled once a test run. */
  static Path classes() {
    return CLASSES;
  }

  private static Path compiled(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var arguments =
        List.of(
            "-nowarn",
            "-proc:none",
            "-parameters",
            "-d",
            folder.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            SOURCE.resolve("CommandSerde.java").toString());
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (failed != 0) {
      throw new IllegalStateException("the next release does not compile");
    }
    return folder;
  }
}
