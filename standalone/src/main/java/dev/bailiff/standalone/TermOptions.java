package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a job is to be worked: what every verb may say that makes one. */
final class TermOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb = CommandSpec.create();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; kept with the job. Needed for more than one target.")
  private @Nullable String reason;

  @Option(
      names = "--reference",
      paramLabel = "TEXT",
      description = "A name of the case in another system.")
  private @Nullable String reference;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "When it starts: 2026-11-23T08:00:00Z, or 02:00 for the next one here.")
  private @Nullable String at;

  @Option(names = "--priority", paramLabel = "N", description = "1 to 5; 5 goes first.")
  private @Nullable Integer priority;

  @Option(names = "--max-rate", paramLabel = "N", description = "Items a second at most, or none.")
  private @Nullable String maxRate;

  @Option(
      names = "--pace",
      paramLabel = "PACE",
      description = {
        "fast, or gentle, so that users do not feel it.",
        "Without it the first items are worked fast, the rest gently."
      })
  private @Nullable String pace;

  boolean hasReason() {
    return reason != null && !reason.isBlank();
  }

  /** Puts what was said into a request. A start is said back, with its zone. */
  void addTo(ObjectNode request) {
    if (reason != null) {
      request.put("reason", reason);
    }
    if (reference != null) {
      request.put("reference", reference);
    }
    if (at != null) {
      var time = new StartTime(Clock.systemUTC().instant(), ZoneId.systemDefault());
      var start = time.parse(at);
      request.put("run_at", start.toString());
      verb.commandLine().getErr().println("It starts at " + time.shown(start) + ".");
    }
    if (priority != null) {
      request.put("priority", priority);
    }
    if (maxRate != null) {
      RateText.put(request, maxRate);
    }
    if (pace != null) {
      request.put("pace", pace);
    }
  }
}
