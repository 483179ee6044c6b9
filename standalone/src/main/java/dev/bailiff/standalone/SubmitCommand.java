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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
      "  bailiff submit deactivate-users --targets users.txt --reason 'spam' --parameters '{\"erase\": true}'",
      "  bailiff submit deactivate-users --filter 'created>-24h user_id=@crypto-*' --reason 'spam'",
      "  bailiff submit clean-up-users --filter 'created>-24h user_id=@crypto-*' --dry-run",
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
      names = {"--targets", "--file"},
      paramLabel = "FILE",
      description = "A file with one target a line; - is standard input.")
  private @Nullable Path targetFile;

  @Option(
      names = "--filter",
      paramLabel = "CONDITIONS",
      description = {
        "In place of targets: what they are found by, as 'created>-24h user_id=@crypto-*'.",
        "All conditions are to be met; a comma separates values of which any may match."
      })
  private @Nullable String filter;

  @Option(
      names = "--parameters",
      paramLabel = "JSON",
      defaultValue = "{}",
      description = "The kind's parameters, as a JSON object.")
  private String parameters = "{}";

  @Option(
      names = "--dry-run",
      description = "Only count what the job would work, and print that; see 'bailiff run --help'.")
  private boolean dryRun;

  @Option(
      names = "--watch",
      description = "Follow the job to its end, as 'bailiff job ID --watch'.")
  private boolean watch;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Mixin private TermOptions terms = new TermOptions();
  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofProcess();
    JobRequests calls = api.calls();
    JsonNode answer = calls.submit(request());
    String id = answer.path("job_id").asText();
    if (dryRun) {
      return new PlanText(calls, terminal, json).awaitAndPrint(id);
    }
    terminal.out().println(json ? answer : id);
    return watch ? new JobEnd(calls, terminal, json).await(id) : ExitCode.DONE;
  }

  private ObjectNode request() {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("kind", kind);
    addTargets(request);
    request.set("parameters", parsedParameters());
    if (dryRun) {
      request.put("dry_run", true);
    }
    terms.addTo(request);
    return request;
  }

  private void addTargets(ObjectNode request) {
    if (filter == null) {
      Set<String> all = allTargets();
      if (all.size() > 1 && !dryRun && !terms.hasReason()) {
        throw new CommandException(
            ExitCode.WRONG_USAGE, "no reason: a job of more than one target needs --reason");
      }
      all.forEach(request.putArray("targets")::add);
    } else if (targets.isEmpty() && targetFile == null) {
      request.set("filter", FilterText.parse(filter));
    } else {
      throw new CommandException(
          ExitCode.WRONG_USAGE, "give either --filter, or --target and --targets");
    }
  }

  private Set<String> allTargets() {
    Set<String> all = new LinkedHashSet<>(targets);
    if (targetFile != null) {
      linesOf(targetFile).map(String::strip).filter(line -> !line.isEmpty()).forEach(all::add);
    }
    if (all.isEmpty()) {
      throw new CommandException(
          ExitCode.WRONG_USAGE, "no target: give --target, --targets or --filter");
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
