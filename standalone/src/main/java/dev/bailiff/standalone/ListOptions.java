package dev.bailiff.standalone;

import dev.bailiff.standalone.client.ApiCallException;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a list of a job is printed: some of it for people, or all of it as a file. */
final class ListOptions {
  /** The forms of a whole list. */
  enum Format {
    CSV,
    NDJSON
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "All of the list: csv, or ndjson with a JSON object a line.")
  private @Nullable Format format;

  @Option(names = "--csv", description = "The same as --format csv.")
  private boolean csv;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "Without --format, at most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--json", description = "Print them as a JSON list.")
  private boolean json;

  int limit() {
    return Math.max(1, limit);
  }

  boolean json() {
    return json;
  }

  /**
   * Prints the whole list if a file was asked for.
   *
   * @return false if it was not
   */
  boolean printFile(JobRequests calls, String job, String list, Map<String, String> query) {
    var form = csv ? Format.CSV : format;
    if (form == null) {
      return false;
    }
    if (json) {
      throw new CommandException(
          ExitCode.WRONG_USAGE, "--json is one list; for many lines give --format ndjson");
    }
    var all = new HashMap<>(query);
    all.put("format", form == Format.CSV ? "csv" : "ndjson");
    try (var file = calls.file(job, list, all)) {
      print(form, file);
    } catch (IOException e) {
      throw ApiCallException.cutOff(String.valueOf(e.getMessage()));
    }
    return true;
  }

  /** Cells of a table are safe to show; text in JSON is made so. */
  private static void print(Format form, InputStream file) throws IOException {
    var out = Terminal.ofProcess().out();
    if (form == Format.CSV) {
      file.transferTo(out);
    } else {
      var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(line);
      }
    }
    out.flush();
  }
}
