package dev.bailiff.webhook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code notify} of workers: a room or channel that reads of changes of jobs in words.
 *
 * <pre>
 * key     default                                            meaning
 * url     –                                                  takes {"text": "…"}: a generic webhook of Matrix hookshot, or a Slack-like receiver
 * events  approval_wanted, failed, items_failed, left_over   which changes
 * </pre>
 *
 * The path of such an address is a secret.
 */
public record NotifyConfig(WebhookAddress address, List<String> events) {
  private static final List<String> USUAL =
      WebhookEvent.parse(List.of("approval_wanted", "failed", "items_failed", "left_over"));

  /** To this address, of what somebody should look at. */
  public NotifyConfig(WebhookAddress address) {
    this(address, USUAL);
  }

  @JsonCreator
  static NotifyConfig of(
      @JsonProperty(value = "url", required = true) String url,
      @JsonProperty("events") @Nullable List<String> events) {
    return new NotifyConfig(
        WebhookAddress.parse(url), events == null ? USUAL : WebhookEvent.parse(events));
  }
}
