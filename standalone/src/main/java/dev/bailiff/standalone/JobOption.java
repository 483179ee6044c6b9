package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.terminal.Terminal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the verbs have in common that change one job and print what became of it. */
final class JobOption {
  @Parameters(paramLabel = "JOB", description = "The id that submit printed.")
  private String id = "";

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  String id() {
    return id;
  }

  boolean json() {
    return json;
  }

  JobRequests calls() {
    return api.calls();
  }

  /** Prints the job's id and its status. */
  int print(JsonNode answer) {
    return print(answer, answer.path("job_id").asText() + "  " + answer.path("status").asText());
  }

  /** Prints the answer, or for people a line that says the same. */
  int print(JsonNode answer, String line) {
    Terminal.ofProcess().out().println(json ? answer : line);
    return ExitCode.DONE;
  }
}
