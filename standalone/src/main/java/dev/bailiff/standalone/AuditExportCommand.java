package dev.bailiff.standalone;

import dev.bailiff.standalone.client.ApiCallException;
import dev.bailiff.standalone.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff audit export}. */
@Command(
    name = "export",
    description = {
      "Prints all rows that match as a file, however many.",
      "",
      "  bailiff audit export --since 2026-11-01 --csv > november.csv",
      ""
    })
final class AuditExportCommand implements Callable<Integer> {
  @Mixin private AuditFilterOptions filter = new AuditFilterOptions();

  @Option(names = "--csv", description = "A table; else a JSON object a line.")
  private boolean csv;

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    var query = new HashMap<>(filter.query());
    query.put("format", csv ? "csv" : "ndjson");
    var out = Terminal.ofProcess().out();
    try (var file = api.calls().auditFile(query)) {
      if (csv) {
        file.transferTo(out); // its cells are safe to show
      } else {
        var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          out.println(line);
        }
      }
      out.flush();
    } catch (IOException e) {
      throw ApiCallException.cutOff(String.valueOf(e.getMessage()));
    }
    return ExitCode.DONE;
  }
}
