package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff change}. */
@Command(
    name = "change",
    description = {
      "Changes priority and rate of a job that has not ended.",
      "",
      "  bailiff change 0f7c8a… --priority 5",
      "  bailiff change 0f7c8a… --max-rate none",
      ""
    })
final class ChangeCommand implements Callable<Integer> {
  @Option(names = "--priority", paramLabel = "N", description = "1 to 5; 5 goes first.")
  private @Nullable Integer priority;

  @Option(
      names = "--max-rate",
      paramLabel = "N",
      description = "Items a second at most, of all workers together; none: no bound.")
  private @Nullable String maxRate;

  @Mixin private JobOption job = new JobOption();

  @Override
  public Integer call() {
    var terms = JsonNodeFactory.instance.objectNode();
    if (priority != null) {
      terms.put("priority", priority);
    }
    if (maxRate != null) {
      RateText.put(terms, maxRate);
    }
    if (terms.isEmpty()) {
      throw new CommandException(ExitCode.WRONG_USAGE, "give --priority or --max-rate");
    }
    return job.print(job.calls().change(job.id(), terms));
  }
}
