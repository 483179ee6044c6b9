package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.embedded.FileFailure;
import dev.bailiff.schemas.api.JobErrorReply;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.schemas.api.PlanReply;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.client.JobListener;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.client.JobRows;
import dev.bailiff.standalone.client.JobWatch;
import dev.bailiff.standalone.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bailiff submit}. */
@Command(
    name = "submit",
    description = {
      "Submits a job and prints its id.",
      "",
      "  bailiff submit redact-events --target @spam:example.org --reason 'spam'",
      "  bailiff submit delete-rooms --target '!room:example.org' --param block=true --watch",
      "  bailiff submit deactivate-users --file users.txt --reason 'spam' --param erase=true",
      "  bailiff submit deactivate-users --filter 'created>-24h user_id=@crypto-*' --reason 'spam' --yes=37",
      "  bailiff submit clean-up-users --filter 'created>-24h user_id=@crypto-*' --dry-run",
      "",
      "More than one target, or a filter, is planned first: the numbers are shown, the number of targets",
      "that are to be worked is asked for, and exactly these are worked. In a pipe --yes=N answers that.",
      ""
    })
final class SubmitCommand implements Callable<Integer> {
  @Parameters(paramLabel = "KIND", description = "What to do, such as delete-rooms.")
  private String kind = "";

  @Option(
      names = "--force",
      description = "Works named targets that guard rails would leave alone; needs jobs:force.")
  private boolean force;

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
      names = "--dry-run",
      description = "Only count what the job would work, and print that; see 'bailiff run --help'.")
  private boolean dryRun;

  @Option(
      names = "--watch",
      description = "Follow the job to its end, as 'bailiff job ID --watch'.")
  private boolean watch;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Spec private CommandSpec verb = CommandSpec.create();

  @Mixin private KindParameters parameters = new KindParameters();
  @Mixin private Confirmation confirmation = new Confirmation();
  @Mixin private TermOptions terms = new TermOptions();
  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofProcess();
    ObjectNode request = request();
    boolean many =
        request.has("filter")
            || request.path("targets").size() > 1
            || request.path("parameters").path("children").asBoolean();
    if (many && !dryRun) {
      requireReason();
      confirmation.check();
    }
    JobRequests calls = api.calls();
    if (dryRun) {
      terms.addTo(request);
      return new PlanText(calls, terminal, json).awaitAndPrint(submitDryRun(calls, request));
    }
    JsonNode answer = many ? runAsConfirmed(calls, terminal, request) : submit(calls, request);
    String id = answer.path("job_id").asText();
    terminal.out().println(json ? answer : id);
    return watch ? new JobEnd(calls, terminal, json).await(id) : ExitCode.DONE;
  }

  private JsonNode submit(JobRequests calls, ObjectNode request) {
    terms.addTo(request);
    return calls.submit(request);
  }

  private static String submitDryRun(JobRequests calls, ObjectNode request) {
    return calls.submit(request.put("dry_run", true)).path("job_id").asText();
  }

  /** Works exactly the targets whose number was confirmed, as they were found before. */
  private JsonNode runAsConfirmed(JobRequests calls, Terminal terminal, ObjectNode request) {
    String plan = submitDryRun(calls, request);
    JobListener listener =
        terminal.live() ? JobRows.on(terminal.progress(), Clock.systemUTC()) : JobListener.SILENT;
    JobReply end =
        ApiClient.as(JobReply.class, new JobWatch(calls).await(List.of(plan), listener).get(0));
    JobErrorReply error = end.error();
    if (!end.status().equals("completed")) {
      throw new CommandException(
          ExitCode.ENDED_BADLY,
          "the dry run "
              + plan
              + (error == null ? " was " + end.status() : " failed: " + error.error()));
    }
    confirmation.ask(ApiClient.as(PlanReply.class, calls.plan(plan)), verb.commandLine().getErr());
    ObjectNode run = JsonNodeFactory.instance.objectNode();
    terms.addTo(run);
    return calls.run(plan, run);
  }

  private void requireReason() {
    if (!terms.hasReason()) {
      throw new CommandException(
          ExitCode.WRONG_USAGE,
          "no reason: a job of more than one target or with a filter needs --reason");
    }
  }

  private ObjectNode request() {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("kind", kind);
    addTargets(request);
    request.set("parameters", parameters.parse());
    if (force) {
      request.put("force", true);
    }
    return request;
  }

  private void addTargets(ObjectNode request) {
    if (filter == null) {
      allTargets().forEach(request.putArray("targets")::add);
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
}
