package dev.bailiff.gateway.job.receipt;

import dev.bailiff.schemas.api.receipt.ReceiptReply;
import dev.bailiff.schemas.api.receipt.ReceiptStageReply;
import dev.bailiff.schemas.api.receipt.ReceiptTargetReply;
import dev.bailiff.text.VisibleText;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A receipt as text for people: a line for each fact, then a line for each target. */
public final class ReceiptText {
  private static final String LINE = "%-10s %s%n".replace("%n", "\n");

  private final StringBuilder text = new StringBuilder();

  private ReceiptText() {}

  public static String of(ReceiptReply receipt) {
    return new ReceiptText().write(receipt);
  }

  private String write(ReceiptReply receipt) {
    text.append("Receipt\n\n");
    line("job", receipt.jobId());
    line("server", receipt.serverName());
    line("what", receipt.kind());
    line("with", receipt.parameters());
    line("filter", receipt.filter());
    line("asked by", receipt.requester());
    line("why", receipt.reason());
    line("reference", receipt.reference());
    line("accepted", receipt.acceptedAt());
    line("began", receipt.startedAt());
    line("ended", receipt.finalizedAt());
    line("status", receipt.status());
    var error = receipt.error();
    line("error", error == null ? null : error.error());
    receipt.stages().forEach(stage -> line("step", inWords(stage)));
    line("targets", targets(receipt));
    line("issued", receipt.issuedAt());
    text.append('\n');
    receipt.targets().forEach(target -> text.append(inWords(target)).append('\n'));
    if (receipt.allTargets() != null) {
      text.append("and others: ").append(receipt.allTargets()).append('\n');
    }
    return text.toString();
  }

  private void line(String name, @Nullable Object value) {
    if (value != null) {
      text.append(LINE.formatted(name, VisibleText.of(value.toString())));
    }
  }

  private static String targets(ReceiptReply receipt) {
    return receipt.targetCount()
        + receipt.verdicts().stream()
            .map(count -> count.targets() + " " + count.verdict())
            .collect(Collectors.joining(", ", ": ", ""));
  }

  private static String inWords(ReceiptStageReply stage) {
    var progress = stage.progress();
    return "%s: %d done, %d skipped, %d failed"
        .formatted(stage.name(), progress.done(), progress.skipped(), progress.failed());
  }

  private static String inWords(ReceiptTargetReply target) {
    var error = target.error();
    var why = error == null ? String.join(", ", target.leftOver()) : error.error();
    return VisibleText.of(
        target.target() + "  " + target.verdict() + (why.isEmpty() ? "" : ": " + why));
  }
}
