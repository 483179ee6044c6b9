package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.standalone.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bailiff webhooks replay}. */
@Command(
    name = "replay",
    description = {
      "Sends messages once more that were given up: those of the numbers, or all of the webhook, at most 10,000 at once.",
      ""
    })
final class ReplayCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "WEBHOOK",
      description = "Id as 'bailiff webhooks list' shows it.")
  private String id = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NUMBER",
      description = "As 'bailiff webhooks failed' shows it.")
  private List<Long> numbers = new ArrayList<>();

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    var request = JsonNodeFactory.instance.objectNode();
    if (!numbers.isEmpty()) {
      numbers.forEach(request.putArray("numbers")::add);
    }
    var answer = api.calls().replayMessages(id, request);
    Terminal.ofProcess().out().println("replayed " + answer.path("replayed"));
    return ExitCode.DONE;
  }
}
