package dev.bailiff.gateway.synapse;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.Authenticator;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.auth.Operators;
import dev.bailiff.gateway.auth.rights.Rights;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.error.ErrorReply;
import dev.bailiff.homeserver.synapse.api.ServerCalls;
import dev.bailiff.homeserver.synapse.http.Answer;
import dev.bailiff.homeserver.synapse.http.ApiCall;
import dev.bailiff.homeserver.synapse.http.ApiPath;
import dev.bailiff.homeserver.synapse.http.SynapseClient;
import dev.bailiff.secret.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets Synapse decide who a caller is: whose the token is, and whether the owner may read an
 * account over the admin API, which only a server admin may. That holds with an authentication
 * service too, where the right is a scope of the token and no flag of the account.
 *
 * <p>An admission is remembered for {@link #REMEMBERED}, so that a revoked token is refused after
 * that time at the latest. Refusals are not remembered.
 *
 * <p><b>Concurrency:</b> thread-safe; calls with the same token ask once.
 */
final class SynapseAuthenticator implements Authenticator {
  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private static final int MOST = 10_000;

  private final SynapseClient client;
  private final Supplier<String> serverName;
  private final Operators operators;
  private final Cache<ByteBuffer, Caller> admitted =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

  /** The tokens that Synapse is being asked about. A look-up inside the cache would lock others. */
  private final Map<ByteBuffer, CompletableFuture<Caller>> asked = new ConcurrentHashMap<>();

  /**
   * @param serverName of the homeserver that the jobs act on
   */
  SynapseAuthenticator(SynapseClient client, Supplier<String> serverName, Operators operators) {
    this.client = client;
    this.serverName = serverName;
    this.operators = operators;
  }

  @Override
  public Caller admit(byte[] token, Audience audience, @Nullable String self, Origin origin) {
    var sha256 = Sha256.of(token);
    return operators.find(sha256, origin).orElseGet(() -> admin(ByteBuffer.wrap(sha256), token));
  }

  private Caller admin(ByteBuffer key, byte[] token) {
    var known = admitted.getIfPresent(key);
    if (known != null) {
      return known;
    }
    var mine = new CompletableFuture<Caller>();
    var first = asked.putIfAbsent(key, mine);
    return first == null ? askFor(key, token, mine) : answerOf(first);
  }

  /** Asks Synapse, for this call and for those that come with the same token meanwhile. */
  private Caller askFor(ByteBuffer key, byte[] token, CompletableFuture<Caller> answer) {
    try {
      // Another call may have been answered since this one looked.
      var known = admitted.getIfPresent(key);
      var caller = known == null ? admin(token) : known;
      if (known == null) {
        admitted.put(key, caller);
      }
      answer.complete(caller);
      return caller;
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
      throw e;
    } finally {
      asked.remove(key, answer);
      // After an Error nobody else would answer them.
      answer.cancel(false);
    }
  }

  private static Caller answerOf(CompletableFuture<Caller> first) {
    try {
      return first.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw e;
    }
  }

  private Caller admin(byte[] token) {
    var text = new String(token, StandardCharsets.ISO_8859_1);
    if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      // It could not be sent on as it came.
      throw new ApiException(401, Errcode.M_UNKNOWN_TOKEN, "Invalid access token passed.")
          .with("soft_logout", false);
    }
    var user = ask(ServerCalls.whoami(), text).body().path("user_id").asText();
    if (!ServerCalls.isUserId(user) || !isAccountOf(user, text)) {
      // A page of a proxy may be a 200 too.
      throw new ApiException(
          502, Errcode.M_UNKNOWN, "What answers at the homeserver's address is no homeserver");
    }
    if (!user.endsWith(":" + serverName.get())) {
      throw new ApiException(
          502, Errcode.M_UNKNOWN, "Another homeserver answers at the homeserver's address");
    }
    return new Caller(
        user,
        Optional.of(user),
        user,
        Optional.empty(),
        Rights.ALL,
        Optional.empty(),
        Caller.digest(Sha256.of(token)));
  }

  /** Reads the caller's account with the caller's token, which only a server admin may. */
  private boolean isAccountOf(String user, String token) {
    return ask(ApiPath.of("/_synapse/admin/v2/users/{}", user), token)
        .body()
        .path("name")
        .asText()
        .equals(user);
  }

  /** The answer to a question with the caller's token; a refusal goes back as Synapse put it. */
  private Answer ask(ApiPath path, String token) {
    var answer = Asked.of(() -> client.sendAs(ApiCall.get(path), token));
    if (answer.isOk()) {
      return answer;
    }
    if (answer.status() != 401 && answer.status() != 403) {
      throw new ApiException(
          502, Errcode.M_UNKNOWN, "The homeserver cannot tell who calls: " + answer.status());
    }
    throw new ApiException(
        new ErrorReply(answer.status(), answer.errcode(), answer.error(), further(answer)));
  }

  private static Map<String, Object> further(Answer answer) {
    var further = new LinkedHashMap<String, Object>();
    answer
        .body()
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isBoolean()) {
                further.put(entry.getKey(), entry.getValue().booleanValue());
              }
            });
    return further;
  }
}
