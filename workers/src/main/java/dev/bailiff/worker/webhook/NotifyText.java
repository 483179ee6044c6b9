package dev.bailiff.worker.webhook;

import dev.bailiff.text.VisibleText;
import dev.bailiff.webhook.JobFacts;
import dev.bailiff.webhook.TakenDelivery;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One sentence for a room of people. What people wrote, the reason and the requester, stands as
 * code: it can make no line, link, format or mention, neither in Markdown nor in Slack's notation.
 */
final class NotifyText {
  private static final int LONGEST = 300;

  /** Words that call everybody in a room. */
  private static final Pattern CALLS =
      Pattern.compile("@(?=room|channel|here|everyone|all)", Pattern.CASE_INSENSITIVE);

  private static final Map<String, String> SUBJECTS =
      Map.of(
          "approval_wanted", "An approval is wanted for job",
          "accepted", "Accepted: job",
          "started", "Started: job",
          "resumed", "Goes on: job",
          "paused", "Paused: job",
          "completed", "Completed: job",
          "failed", "Failed: job",
          "cancelled", "Cancelled: job",
          "items_failed", "Ended with failures: job",
          "left_over", "Ended and left something over: job");

  private NotifyText() {}

  /**
   * @param facts empty if the job is gone
   */
  static String of(TakenDelivery delivery, Optional<JobFacts> facts) {
    var subject = SUBJECTS.getOrDefault(delivery.event(), "Changed: job");
    return subject + " " + delivery.job() + facts.map(NotifyText::inWords).orElse("") + ".";
  }

  private static String inWords(JobFacts facts) {
    var targets = facts.targets() == 1 ? "1 target" : facts.targets() + " targets";
    var text =
        " (" + facts.kind() + ", " + targets + "), asked for by " + asCode(facts.requester());
    return facts.reason() == null || facts.reason().isBlank()
        ? text
        : text + " with the reason " + asCode(facts.reason());
  }

  private static String asCode(String text) {
    var shown = VisibleText.of(text);
    if (shown.length() > LONGEST) {
      int end = Character.isHighSurrogate(shown.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
      shown = shown.substring(0, end) + "…";
    }
    var quiet = CALLS.matcher(shown).replaceAll("@\u2060");
    return "`"
        + quiet.replace('`', '\'').replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        + "`";
  }
}
