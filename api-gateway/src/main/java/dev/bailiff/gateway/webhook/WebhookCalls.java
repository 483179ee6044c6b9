package dev.bailiff.gateway.webhook;

import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.webhook.AddressPolicy;
import dev.bailiff.webhook.HostLookup;
import dev.bailiff.webhook.Webhooks;
import java.util.Collection;
import java.util.List;

/**
 * The calls on webhooks.
 *
 * @param policy which addresses may be called
 * @param kinds names of the kinds of job
 */
public record WebhookCalls(Webhooks webhooks, AddressPolicy policy, Collection<String> kinds)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new WebhookResource(webhooks, new WebhookBody(policy, HostLookup.SYSTEM, kinds)),
        new FailedMessageResource(webhooks));
  }
}
