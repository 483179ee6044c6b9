package dev.bailiff.worker.webhook;

import dev.bailiff.webhook.NotifyConfig;
import dev.bailiff.webhook.WebhooksConfig;
import org.jspecify.annotations.Nullable;

/**
 * The settings of deliveries.
 *
 * @param webhooks which addresses may be called
 * @param whom who is told in words; null: nobody beside those who are told already
 */
public record WebhookSettings(WebhooksConfig webhooks, @Nullable NotifyConfig whom) {
  /** Public addresses alone, and nobody is told in words. */
  public static final WebhookSettings DEFAULT = new WebhookSettings(WebhooksConfig.DEFAULT, null);
}
