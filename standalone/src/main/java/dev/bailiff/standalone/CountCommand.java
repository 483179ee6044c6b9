package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.schemas.api.TargetCountReply;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bailiff count}. */
@Command(
    name = "count",
    description = {
      "Counts the targets that a filter would find, and names some. Changes nothing.",
      "",
      "  bailiff count deactivate-users --filter 'created>-24h user_id=@crypto-*'",
      ""
    })
final class CountCommand implements Callable<Integer> {
  @Parameters(paramLabel = "KIND", description = "What would be done, such as delete-rooms.")
  private String kind = "";

  @Option(
      names = "--filter",
      paramLabel = "CONDITIONS",
      required = true,
      description = "As 'created>-24h user_id=@crypto-*'; see 'bailiff submit --help'.")
  private String filter = "";

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    var request = JsonNodeFactory.instance.objectNode().put("kind", kind);
    request.set("filter", FilterText.parse(filter));
    var answer = api.calls().count(request);
    var out = Terminal.ofProcess().out();
    if (json) {
      out.println(answer);
      return ExitCode.DONE;
    }
    var count = ApiClient.as(TargetCountReply.class, answer);
    out.println((count.exact() ? "" : "at least ") + count.count());
    count.sample().forEach(id -> out.println("  " + id));
    if (count.sample().size() < count.count()) {
      out.println("  …");
    }
    return ExitCode.DONE;
  }
}
