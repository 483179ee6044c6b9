package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff approve}. */
@Command(
    name = "approve",
    description = {
      "Approves a job that waits for a second person. Somebody else than who asked for it has to do that.",
      "",
      "Prints what the job would work. It is counted once more, and begins unless a number grew by more than 10 %%.",
      ""
    })
final class ApproveCommand implements Callable<Integer> {
  @Option(
      names = "--plan",
      paramLabel = "N",
      defaultValue = "0",
      description = "Only if this is the job's newest plan, as 'bailiff job ID' shows it.")
  private int plan;

  @Mixin private JobOption job = new JobOption();

  @Override
  public Integer call() {
    var calls = job.calls();
    var shown = ApiClient.as(JobReply.class, calls.job(job.id()));
    var request = JsonNodeFactory.instance.objectNode();
    var approval = shown.approval();
    if (approval != null && !job.json()) {
      ApprovalText.lines(shown).forEach(Terminal.ofProcess().out()::println);
    }
    if (plan > 0) {
      request.put("plan", plan);
    } else if (approval != null && shown.status().equals("awaiting_approval")) {
      request.put("plan", approval.plan()); // what was printed is what is approved
    }
    return job.print(calls.approve(job.id(), request));
  }
}
