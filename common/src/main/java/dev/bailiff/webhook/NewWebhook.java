package dev.bailiff.webhook;

import java.util.List;

/**
 * A webhook that is to be made.
 *
 * @param events words of {@link WebhookEvent}
 * @param kinds names of kinds of job; none: any
 * @param madeBy who asks for it
 */
public record NewWebhook(
    WebhookAddress address,
    SigningSecret secret,
    List<String> events,
    List<String> kinds,
    String description,
    String madeBy) {}
