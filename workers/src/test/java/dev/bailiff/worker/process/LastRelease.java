package dev.bailiff.worker.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * A release before this one, made from this one by taking out what it did not know: it has no
 * stages {@code resolve} and {@code dry-run}, and no recipes. The changed classes replace ours on
 * the class path of a worker process. They are made of our sources, so they follow them.
 */
final class LastRelease {
  private static final Path WORKERS = Path.of("src", "main", "java");
  private static final Path COMMON = Path.of("..", "common", "src", "main", "java");

  private static final Map<Path, Map<String, String>> EDITS =
      Map.of(
          WORKERS.resolve("dev/bailiff/worker/kind/WorkerKinds.java"),
              Map.of(
                  "stages.add(new ResolveStage(KindContract.RESOLVE, contract.targetType(), services));",
                      "",
                  "stages.add(new ResolveStage(KindContract.FIND, contract.targetType(), services));",
                      "",
                  "stages.add(DryRunStage.of(KindContract.DRY_RUN, contract.kind(), counters, services));",
                      "",
                  "stages.add(DryRunStage.weighing(services));", "",
                  "stages.add(DryRunStage.of(KindContract.COUNT, contract.kind(), counters, services));",
                      "",
                  "map(ServiceLoader.Provider::get)",
                      "map(ServiceLoader.Provider::get).filter(k -> !k.kind().startsWith(\"clean-up-\"))"),
          COMMON.resolve("dev/bailiff/job/KindContracts.java"),
              Map.of(
                  "byName.put(contract.kind(), contract)",
                  "{ if (!contract.kind().startsWith(\"clean-up-\")) byName.put(contract.kind(), contract); }"));

  private static final Path CLASSES = compiled(Path.of("target", "last-release"));

  private LastRelease() {}

  /** The folder of the release's classes, compiled once a test run. */
  static Path classes() {
    return CLASSES;
  }

  private static Path compiled(Path folder) {
    var sources = folder.resolve("sources");
    var classes = folder.resolve("classes");
    var arguments =
        new ArrayList<>(
            List.of(
                "-nowarn",
                "-proc:none",
                "-parameters",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path")));
    try {
      Files.createDirectories(sources);
      Files.createDirectories(classes);
      for (var file : EDITS.entrySet()) {
        var copy = sources.resolve(file.getKey().getFileName());
        Files.writeString(copy, edited(Files.readString(file.getKey()), file.getValue()));
        arguments.add(copy.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (failed != 0) {
      throw new IllegalStateException("the last release does not compile");
    }
    return classes;
  }

  private static String edited(String source, Map<String, String> edits) {
    var text = source;
    for (var edit : edits.entrySet()) {
      if (!text.contains(edit.getKey())) {
        throw new IllegalStateException("the source has changed: no " + edit.getKey());
      }
      text = text.replace(edit.getKey(), edit.getValue());
    }
    return text;
  }
}
