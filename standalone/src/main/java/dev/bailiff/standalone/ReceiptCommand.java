package dev.bailiff.standalone;

import dev.bailiff.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bailiff receipt}. */
@Command(
    name = "receipt",
    description = {
      "Prints what an ended job did, to whom, when, by whom and why.",
      "",
      "With --target it is about one target alone and names no other, so that it can be sent to the person.",
      ""
    })
final class ReceiptCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "The id that submit printed.")
  private String id = "";

  @Option(
      names = "--target",
      paramLabel = "ID",
      defaultValue = "",
      description = "Only about this target of the job.")
  private String target = "";

  @Option(names = "--json", description = "Print the receipt as JSON.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    var calls = api.calls();
    var out = Terminal.ofProcess().out();
    if (json) {
      out.println(calls.receipt(id, target));
    } else {
      calls.receiptText(id, target).lines().forEach(out::println);
    }
    return ExitCode.DONE;
  }
}
