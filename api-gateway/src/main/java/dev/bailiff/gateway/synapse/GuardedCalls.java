package dev.bailiff.gateway.synapse;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.Authenticator;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.auth.TokenReading;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.ErrorReply;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.proxy.PassedGuard;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.gateway.request.StrictJson;
import dev.bailiff.gateway.route.GuardedRoutes;
import dev.bailiff.gateway.route.GuardedRoutes.GuardedCall;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * The guard rails of calls that are passed to Synapse, whoever's token they have. A caller whom
 * Synapse does not admit is left to Synapse, which refuses the call itself.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class GuardedCalls implements PassedGuard {
  private final Guard guard;
  private final Authenticator authenticator;

  GuardedCalls(Guard guard, Authenticator authenticator) {
    this.guard = guard;
    this.authenticator = authenticator;
  }

  @Override
  public Optional<Question> question(Request request) {
    return GuardedRoutes.find(request.getMethod(), request.getHttpURI().getPath())
        .map(call -> body -> refusal(request, call, body));
  }

  private Optional<ErrorReply> refusal(Request request, GuardedCall call, byte[] body) {
    try {
      if (call.effect() != GuardedRoutes.Effect.SHADOW_BANS && !takes(call, json(body))) {
        return Optional.empty();
      }
      var caller = caller(request);
      if (caller.isPresent()) {
        require(call, caller.get(), json(body));
      }
      return Optional.empty();
    } catch (ApiException e) {
      return Optional.of(e.reply());
    } catch (HomeserverUnavailableException e) {
      return Optional.of(ErrorReply.homeserverAway());
    }
  }

  /** Whether the call takes something away from the account or room. */
  private static boolean takes(GuardedCall call, JsonNode body) {
    return switch (call.effect()) {
      case SAVES_ACCOUNT ->
          isSet(body.path("deactivated")) || isSet(body.path("locked")) || isUnset(body, "admin");
      case SETS_ADMIN -> isUnset(body, "admin");
      case SUSPENDS -> isSet(body.path("suspend")) || isSet(body.path("suspended"));
      case LOCKS -> isSet(body.path("locked"));
      case BLOCKS_ROOM -> isSet(body.path("block"));
      case SHADOW_BANS -> true;
    };
  }

  private void require(GuardedCall call, Caller caller, JsonNode body) {
    boolean onlyDemotes =
        call.effect() == GuardedRoutes.Effect.SETS_ADMIN
            || (call.effect() == GuardedRoutes.Effect.SAVES_ACCOUNT
                && !isSet(body.path("deactivated"))
                && !isSet(body.path("locked")));
    if (onlyDemotes) {
      guard.requireOtherAdmin(caller, call.id());
    } else {
      guard.require(caller, call.id());
    }
  }

  /** Empty for whom Synapse will not admit either. */
  private Optional<Caller> caller(Request request) {
    try {
      var token =
          TokenReading.token(
              request.getHeaders().getValuesList("Authorization"),
              QueryParameters.parse(request.getHttpURI().getQuery()));
      return Optional.of(
          authenticator.admit(
              token,
              Audience.ADMINS,
              null,
              new Authenticator.Origin(Request.getRemoteAddr(request), "")));
    } catch (ApiException e) {
      if (e.reply().status() == 401 || e.reply().status() == 403) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What is no JSON here is none there, and refused there. Beyond our bounds it may be some. */
  private static JsonNode json(byte[] body) {
    try {
      return body.length == 0 ? MissingNode.getInstance() : StrictJson.read(text(body));
    } catch (StreamConstraintsException e) {
      throw StrictJson.refusal(e);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static String text(byte[] body) throws IOException {
    var text = new StringBuilder();
    try (var reader = StrictJson.utf8(new ByteArrayInputStream(body))) {
      var buffer = new char[8_192];
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        text.append(buffer, 0, n);
      }
    }
    return text.toString();
  }

  /** What Synapse may take for true. */
  private static boolean isSet(JsonNode value) {
    return !value.isMissingNode() && !isFalse(value);
  }

  private static boolean isUnset(JsonNode body, String key) {
    return body.has(key) && isFalse(body.path(key));
  }

  /** What is false in Python. */
  private static boolean isFalse(JsonNode value) {
    return value.isNull()
        || (value.isBoolean() && !value.booleanValue())
        || (value.isNumber() && value.decimalValue().signum() == 0)
        || (value.isTextual() && value.textValue().isEmpty())
        || (value.isContainerNode() && value.isEmpty());
  }
}
