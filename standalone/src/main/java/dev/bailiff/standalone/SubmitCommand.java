package dev.bailiff.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.embedded.FileFailure;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bailiff submit}. */
@Command(
    name = "submit",
    description = {
      "Submits a job and prints its id.",
      "",
      "  bailiff submit redact-events --target @spam:example.org --reason 'spam'",
      "  bailiff submit delete-rooms --target '!room:example.org' --parameters '{\"block\": true}' --watch",
      "  bailiff submit deactivate-users --targets users.txt --parameters '{\"erase\": true}'",
      ""
    })
final class SubmitCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(paramLabel = "KIND", description = "What to do, such as delete-rooms.")
  private String kind = "";

  @Option(
      names = "--target",
      paramLabel = "ID",
      description = "A user, room or medium to do it to; may be given many times.")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description = "A file with one target a line; - is standard input.")
  private @Nullable Path targetFile;

  @Option(
      names = "--parameters",
      paramLabel = "JSON",
      defaultValue = "{}",
      description = "The kind's parameters, as a JSON object.")
  private String parameters = "{}";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the job.")
  private @Nullable String reason;

  @Option(
      names = "--pace",
      paramLabel = "PACE",
      description = {
        "On a Synapse: fast, or gentle, so that users do not feel it.",
        "Without it the first items are worked fast, the rest gently."
      })
  private @Nullable String pace;

  @Option(
      names = "--watch",
      description = "Follow the job to its end, as 'bailiff job ID --watch'.")
  private boolean watch;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofProcess();
    JobRequests calls = api.calls();
    JsonNode answer = calls.submit(request());
    String id = answer.path("job_id").asText();
    terminal.out().println(json ? answer : id);
    return watch ? new JobEnd(calls, terminal, json).await(id) : ExitCode.DONE;
  }

  private ObjectNode request() {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("kind", kind);
    allTargets().forEach(request.putArray("targets")::add);
    request.set("parameters", parsedParameters());
    if (reason != null) {
      request.put("reason", reason);
    }
    if (pace != null) {
      request.put("pace", pace);
    }
    return request;
  }

  private List<String> allTargets() {
    List<String> all = new ArrayList<>(targets);
    if (targetFile != null) {
      linesOf(targetFile).map(String::strip).filter(line -> !line.isEmpty()).forEach(all::add);
    }
    if (all.isEmpty()) {
      throw new CommandException(ExitCode.WRONG_USAGE, "no target: give --target or --targets");
    }
    return all;
  }

  private static Stream<String> linesOf(Path file) {
    try {
      String text =
          file.toString().equals("-")
              ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
              : Files.readString(file);
      return text.lines();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.WRONG_USAGE,
          "the targets in " + file + " cannot be read: " + FileFailure.inWords(e));
    }
  }

  private JsonNode parsedParameters() {
    try {
      JsonNode parsed = JSON.readTree(parameters);
      if (parsed.isObject()) {
        return parsed;
      }
    } catch (JsonProcessingException e) {
      throw new CommandException(
          ExitCode.WRONG_USAGE, "--parameters is no JSON: " + e.getOriginalMessage());
    }
    throw new CommandException(ExitCode.WRONG_USAGE, "--parameters must be a JSON object");
  }
}
