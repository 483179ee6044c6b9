package dev.bailiff.gateway.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.PageQuery;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.schemas.api.webhook.FailedMessagePageReply;
import dev.bailiff.schemas.api.webhook.FailedMessageReply;
import dev.bailiff.schemas.api.webhook.ReplayReply;
import dev.bailiff.webhook.FailedDelivery;
import dev.bailiff.webhook.Webhooks;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages of a webhook that were given up, and their replay. */
@Path("/_bailiff/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
public final class FailedMessageResource {
  private static final int MOST = 1_000;

  private final Webhooks webhooks;

  FailedMessageResource(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  @GET
  @Needs(Scope.WEBHOOKS_ADMIN)
  @Path("/{webhook_id}/failed")
  public FailedMessagePageReply list(@PathParam("webhook_id") PathSegment id, @Context Call call) {
    var webhook = known(id);
    var page = PageQuery.parse(call.query());
    var failed = webhooks.failed(webhook, page.cursor(Long::parseLong).orElse(0L), page.limit());
    return new FailedMessagePageReply(
        failed.stream().map(FailedMessageResource::reply).toList(),
        page.next(failed, message -> Long.toString(message.number())).orElse(null));
  }

  @POST
  @Needs(Scope.WEBHOOKS_ADMIN)
  @Path("/{webhook_id}/replay")
  public ReplayReply replay(@PathParam("webhook_id") PathSegment id, @Context Call call) {
    var webhook = known(id);
    return new ReplayReply(webhooks.replay(webhook, numbers(call.body().orEmpty())));
  }

  private UUID known(PathSegment id) {
    var webhook = WebhookResource.parse(id);
    if (!webhooks.exists(webhook)) {
      throw WebhookResource.unknown();
    }
    return webhook;
  }

  private static @Nullable List<Long> numbers(ObjectNode body) {
    BodyKeys.refuseOthers(body, Set.of("numbers"), "is not a key of a replay");
    var value = body.path("numbers");
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isArray() || value.size() > MOST) {
      throw invalid("'numbers' must be a list of at most " + MOST + " numbers");
    }
    var numbers = new ArrayList<Long>();
    for (var element : value) {
      if (!element.isIntegralNumber() || !element.canConvertToLong()) {
        throw invalid("'numbers' must hold whole numbers, as the list of failed messages has them");
      }
      numbers.add(element.longValue());
    }
    return numbers;
  }

  private static ApiException invalid(String text) {
    return ApiException.bad(Errcode.M_INVALID_PARAM, text);
  }

  private static FailedMessageReply reply(FailedDelivery message) {
    return new FailedMessageReply(
        message.number(),
        message.messageId(),
        message.job(),
        message.event(),
        message.happenedAt(),
        message.failedAt(),
        message.attempts(),
        message.error());
  }
}
