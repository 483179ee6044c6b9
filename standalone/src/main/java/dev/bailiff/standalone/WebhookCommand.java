package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff webhooks new}. */
@Command(
    name = "new",
    description = {
      "Makes a webhook and prints the secret of its signatures, this once. Its id is printed on standard error.",
      "",
      "  bailiff webhooks new --to https://hooks.example.org/bailiff --event ended --event left_over",
      "",
      "Each message is signed as Standard Webhooks has it. Events: accepted, started, paused, resumed, approval_wanted, completed,"
          + " failed, cancelled, items_failed, left_over; ended stands for completed, failed and cancelled.",
      ""
    })
final class WebhookCommand implements Callable<Integer> {
  @Option(
      names = "--to",
      paramLabel = "URL",
      required = true,
      description = "Address of the receiver.")
  private String address = "";

  @Option(
      names = "--event",
      paramLabel = "EVENT",
      required = true,
      description = "Which changes; may be given many times.")
  private List<String> events = new ArrayList<>();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only of jobs of this kind; may be given many times.")
  private List<String> kinds = new ArrayList<>();

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What it is for.")
  private String description = "";

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    PrintStream out = StandardOutput.claim();
    var request = JsonNodeFactory.instance.objectNode();
    request.put("url", address).put("description", description);
    events.forEach(request.putArray("events")::add);
    kinds.forEach(request.putArray("kinds")::add);
    var made = api.calls().newWebhook(request);
    System.err.println("webhook " + made.path("id").textValue());
    out.println(made.path("secret").textValue());
    return ExitCode.DONE;
  }
}
