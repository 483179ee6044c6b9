package dev.bailiff.standalone;

import dev.bailiff.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bailiff webhooks delete}. */
@Command(
    name = "delete",
    description = {"Deletes a webhook, with its address, its secret and its messages.", ""})
final class WebhookDeletionCommand implements Callable<Integer> {
  @Parameters(paramLabel = "WEBHOOK", description = "Id as 'bailiff webhooks list' shows it.")
  private String id = "";

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    api.calls().deleteWebhook(id);
    Terminal.ofProcess().out().println("deleted " + id);
    return ExitCode.DONE;
  }
}
