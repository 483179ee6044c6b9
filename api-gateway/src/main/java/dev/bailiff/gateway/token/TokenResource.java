package dev.bailiff.gateway.token;

import dev.bailiff.access.IssuedToken;
import dev.bailiff.access.NewToken;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.schemas.api.EmptyReply;
import dev.bailiff.schemas.api.token.NewTokenReply;
import dev.bailiff.schemas.api.token.TokenListReply;
import dev.bailiff.schemas.api.token.TokenReply;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Consumer;

/**
 * The tokens of Bailiff's own. A token makes and revokes only tokens that may no more than itself.
 * A revoked one is refused by every gateway from its next call on, as each call reads it anew.
 */
@Path("/_bailiff/v1/tokens")
@Produces(MediaType.APPLICATION_JSON)
public final class TokenResource {
  private final OperatorTokens tokens;
  private final TokenBody body;
  private final Consumer<String> afterRevocation;

  TokenResource(OperatorTokens tokens, TokenBody body, Consumer<String> afterRevocation) {
    this.tokens = tokens;
    this.body = body;
    this.afterRevocation = afterRevocation;
  }

  @GET
  @Needs(Scope.TOKENS_ADMIN)
  public TokenListReply list() {
    return new TokenListReply(tokens.list().stream().map(TokenResource::reply).toList());
  }

  @POST
  @Needs(Scope.TOKENS_ADMIN)
  public Response make(@Context Call call) {
    NewToken wanted = body.read(call);
    if (!call.caller().rights().terms().cover(wanted.terms())) {
      throw new ApiException(
          403,
          Errcode.M_FORBIDDEN,
          "A token makes only tokens that may no more than itself: see GET /_bailiff/v1/whoami");
    }
    var token = tokens.issue(wanted);
    return Response.status(201).entity(new NewTokenReply(OperatorTokens.id(token), token)).build();
  }

  @DELETE
  @Needs(Scope.TOKENS_ADMIN)
  @Path("/{token_id}")
  public EmptyReply revoke(@PathParam("token_id") PathSegment id, @Context Call call) {
    var token =
        tokens.list().stream()
            .filter(each -> each.id().equals(id.value()))
            .findFirst()
            .orElseThrow(() -> ApiException.notFound("No such token"));
    if (!call.caller().rights().terms().cover(token.terms())) {
      throw new ApiException(
          403, Errcode.M_FORBIDDEN, "A token revokes only tokens that may no more than itself");
    }
    if (token.ofFolder()) {
      throw new ApiException(
          409,
          Errcode.M_UNKNOWN,
          "It is the token of a data folder: 'bailiff tokens revoke' takes it away with its file");
    }
    tokens.revoke(token.id());
    afterRevocation.accept(token.name());
    return new EmptyReply();
  }

  private static TokenReply reply(IssuedToken token) {
    var terms = token.terms();
    return new TokenReply(
        token.id(),
        token.name(),
        token.description(),
        terms.isLegacy(),
        terms.effectiveScopes().sorted(),
        terms.targets(),
        terms.mostTargets(),
        terms.networks(),
        terms.expiresAt(),
        terms.limits().jobsAMinute(),
        terms.limits().targetsADay(),
        token.createdAt(),
        token.madeBy().orElse(null),
        token.lastUsedAt().orElse(null),
        token.lastUsedAddress().orElse(null));
  }
}
