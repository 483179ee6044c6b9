package dev.bailiff.standalone;

import dev.bailiff.schemas.api.webhook.FailedMessageReply;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.terminal.Terminal;
import dev.bailiff.standalone.terminal.TextTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bailiff webhooks failed}. */
@Command(
    name = "failed",
    description = {"Lists the messages of a webhook that were given up, oldest first.", ""})
final class FailedMessagesCommand implements Callable<Integer> {
  @Parameters(paramLabel = "WEBHOOK", description = "Id as 'bailiff webhooks list' shows it.")
  private String id = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Option(names = "--json", description = "Print the messages as a JSON list.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new CommandException(ExitCode.WRONG_USAGE, "--limit is 1 at least");
    }
    var out = Terminal.ofProcess().out();
    var failed = api.calls().failedMessages(id, limit);
    if (json) {
      out.println(failed);
      return ExitCode.DONE;
    }
    var table = new TextTable("number", "job", "event", "at", "attempts", "error");
    for (FailedMessageReply message : JobRequests.as(FailedMessageReply.class, failed)) {
      table.add(
          message.number(),
          message.job(),
          message.event(),
          message.at(),
          message.attempts(),
          message.error());
    }
    table.lines().forEach(out::println);
    return ExitCode.DONE;
  }
}
