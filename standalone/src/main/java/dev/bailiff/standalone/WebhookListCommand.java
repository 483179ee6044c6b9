package dev.bailiff.standalone;

import dev.bailiff.schemas.api.webhook.WebhookListReply;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.terminal.Terminal;
import dev.bailiff.standalone.terminal.TextTable;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff webhooks list}. */
@Command(
    name = "list",
    description = {
      "Lists the webhooks: of what each is told, how many messages wait or were given up, and its last error. The path of an"
          + " address is not shown, as it may be a secret.",
      ""
    })
final class WebhookListCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    var out = Terminal.ofProcess().out();
    var answer = api.calls().webhooks();
    if (json) {
      out.println(answer);
      return ExitCode.DONE;
    }
    var table = new TextTable("id", "receiver", "events", "waiting", "failed", "last error");
    for (var webhook : ApiClient.as(WebhookListReply.class, answer).webhooks()) {
      table.add(
          webhook.id(),
          webhook.receiver(),
          String.join(" ", webhook.events()),
          webhook.waiting(),
          webhook.failed(),
          Objects.requireNonNullElse(webhook.lastError(), ""));
    }
    table.lines().forEach(out::println);
    return ExitCode.DONE;
  }
}
