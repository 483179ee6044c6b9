package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.schemas.api.FailureReply;
import dev.bailiff.schemas.api.JobErrorReply;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.schemas.api.StageReply;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.terminal.Terminal;
import dev.bailiff.standalone.terminal.TextTable;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bailiff job}. */
@Command(
    name = "job",
    description = {
      "Shows one job: its status, progress, stages and first failures.",
      "",
      "With --watch it follows the job to its end: bars on a terminal, lines in a pipe. It then exits with 0 only if the job"
          + " completed and no item failed.",
      ""
    })
final class JobCommand implements Callable<Integer> {
  private static final int FAILURES = 10;

  private static final Map<String, String> WAITS =
      Map.of(
          "homeserver",
          "the homeserver, and goes on when it is back",
          "operator",
          "an operator: the data folder or database was copied or restored, and 'bailiff up --resume-copied-jobs' lets it go on");

  @Parameters(paramLabel = "ID", description = "The id that submit printed.")
  private String id = "";

  @Option(names = "--watch", description = "Follow the job to its end.")
  private boolean watch;

  @Option(names = "--cancel", description = "Ask the job to stop at its next batch.")
  private boolean cancel;

  @Option(
      names = "--json",
      description = "Print the job as JSON; with --watch a line for each change.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofProcess();
    JobRequests calls = api.calls();
    if (cancel) {
      calls.cancel(id);
    }
    if (watch) {
      return new JobEnd(calls, terminal, json).await(id);
    }
    JsonNode answer = calls.job(id);
    if (json) {
      terminal.out().println(answer);
    } else {
      show(ApiClient.as(JobReply.class, answer), calls, terminal.out());
    }
    return ExitCode.DONE;
  }

  private static void show(JobReply job, JobRequests calls, PrintStream out) {
    out.println(job.jobId() + "  " + job.kind() + "  " + job.status());
    out.println("accepted " + job.acceptedAt() + " from " + job.requester());
    if (job.reason() != null) {
      out.println("reason   " + job.reason());
    }
    ApprovalText.lines(job).forEach(out::println);
    if (job.waitingFor() != null) {
      out.println("waits    for " + WAITS.getOrDefault(job.waitingFor(), job.waitingFor()));
    }
    if (job.paced() != null) {
      out.println("pace     " + job.paced());
    }
    JobErrorReply error = job.error();
    if (error != null) {
      out.println("error    " + error.error() + " (" + error.errcode() + ")");
    }
    TextTable stages =
        new TextTable("stage", "total", "done", "failed", "skipped", "open segments");
    for (StageReply stage : job.stages()) {
      stages.add(
          stage.name(),
          stage.progress().total(),
          stage.progress().done(),
          stage.progress().failed(),
          stage.progress().skipped(),
          stage.openSegments());
    }
    out.println();
    stages.lines().forEach(out::println);
    UnknownTargets.lines(calls, job.jobId()).forEach(out::println);
    if (job.progress().failed() > 0) {
      out.println();
      out.println("first failures:");
      for (FailureReply failure :
          JobRequests.as(FailureReply.class, calls.failures(job.jobId(), FAILURES))) {
        out.println("  " + failure.item() + ": " + failure.error());
      }
    }
  }
}
