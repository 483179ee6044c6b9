package dev.bailiff.gateway.webhook;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.schemas.api.EmptyReply;
import dev.bailiff.schemas.api.webhook.NewWebhookReply;
import dev.bailiff.schemas.api.webhook.WebhookListReply;
import dev.bailiff.schemas.api.webhook.WebhookReply;
import dev.bailiff.webhook.Webhook;
import dev.bailiff.webhook.Webhooks;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** The receivers that are told of changes of jobs. */
@Path("/_bailiff/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
public final class WebhookResource {
  private final Webhooks webhooks;
  private final WebhookBody body;

  WebhookResource(Webhooks webhooks, WebhookBody body) {
    this.webhooks = webhooks;
    this.body = body;
  }

  @GET
  @Needs(Scope.WEBHOOKS_ADMIN)
  public WebhookListReply list() {
    return new WebhookListReply(webhooks.list().stream().map(WebhookResource::reply).toList());
  }

  @POST
  @Needs(Scope.WEBHOOKS_ADMIN)
  public Response make(@Context Call call) {
    var wanted = body.read(call);
    var id =
        webhooks
            .add(wanted)
            .orElseThrow(
                () ->
                    new ApiException(
                        409,
                        Errcode.M_LIMIT_EXCEEDED,
                        "There are " + Webhooks.MOST + " webhooks already: delete one first"));
    return Response.status(201)
        .entity(new NewWebhookReply(id.toString(), wanted.secret().text()))
        .build();
  }

  @DELETE
  @Needs(Scope.WEBHOOKS_ADMIN)
  @Path("/{webhook_id}")
  public EmptyReply delete(@PathParam("webhook_id") PathSegment id) {
    if (!webhooks.delete(parse(id))) {
      throw unknown();
    }
    return new EmptyReply();
  }

  static UUID parse(PathSegment id) {
    try {
      var parsed = UUID.fromString(id.value());
      if (parsed.toString().equals(id.value())) {
        return parsed;
      }
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
    throw unknown();
  }

  static ApiException unknown() {
    return ApiException.notFound("No such webhook");
  }

  private static WebhookReply reply(Webhook webhook) {
    return new WebhookReply(
        webhook.id().toString(),
        webhook.receiver(),
        webhook.events(),
        webhook.kinds(),
        webhook.description(),
        webhook.madeBy().isEmpty(),
        webhook.madeBy().orElse(null),
        webhook.createdAt(),
        webhook.deliveredAt().orElse(null),
        webhook.lastError().orElse(null),
        webhook.waiting(),
        webhook.failed());
  }
}
