package dev.bailiff.homeserver.synapse.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls to one Synapse.
 *
 * <p><b>Repetition:</b> a read whose connection broke is sent once more; one that timed out is not,
 * as the caller's time is over. A call that changes something is sent again only if nothing of it
 * was sent before.
 *
 * <p><b>Errors:</b> {@link HomeserverUnavailableException} if Synapse cannot be reached, is behind
 * a proxy that cannot reach it (502 to 504), or refuses the service account; {@link
 * RateLimitedException} for 429; {@link NoAnswerException} if the effect is unknown. Every other
 * answer is returned.
 *
 * <p><b>Another homeserver:</b> {@link #holdTo}.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class SynapseClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Below the 60 s after which Synapse closes an idle connection. */
  private static final Duration KEPT = Duration.ofSeconds(30);

  private static final int CONNECTIONS = 128;

  /** A page of 1,000 events of 64 KiB each. */
  private static final int MOST_BYTES = 64 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);
  private static final Set<Integer> AWAY = Set.of(502, 503, 504);
  private static final ApiPath WHOAMI = ApiPath.of("/_matrix/client/v3/account/whoami");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final Duration timeout;
  private final HttpClient client;
  private final CircuitBreaker breaker;
  private final SameServer server = new SameServer();

  /**
   * Opens a client. It connects with its first call.
   *
   * @param base address of Synapse, without a path
   * @param timeout of one call
   */
  public SynapseClient(URI base, Duration timeout) {
    this.base = base;
    this.timeout = timeout;
    this.client = new HttpClient(new HttpClientTransportOverHTTP(1));
    client.setConnectTimeout(CONNECT.toMillis());
    client.setIdleTimeout(KEPT.toMillis());
    client.setMaxConnectionsPerDestination(CONNECTIONS);
    client.setFollowRedirects(false);
    client.setName("synapse");
    this.breaker =
        CircuitBreaker.of(
            "synapse",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(PATIENCE)
                .permittedNumberOfCallsInHalfOpenState(3)
                .recordException(SynapseClient::countsAgainstSynapse)
                .build());
    try {
      client.start();
      // One of them fails each 401 without a WWW-Authenticate header, which Synapse never sends.
      client.getProtocolHandlers().clear();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client cannot start", e);
    }
  }

  /**
   * Sends a call of the service account, or of the application service.
   *
   * @param token the credential; a call without a token has none
   */
  public Answer send(ApiCall call, @Nullable ServiceToken token) {
    if (token == null) {
      return sendWith(call, null);
    }
    var value = token.value();
    var answer = sendToSame(call, value);
    if (isRefused(answer) && token.hasChanged(value)) {
      server.doubt();
      answer = sendToSame(call, token.value());
    }
    if (isRefused(answer)) {
      server.doubt();
      throw new HomeserverUnavailableException(
          "Synapse refuses the "
              + token
              + ": "
              + (answer.error().isEmpty() ? answer.errcode() : answer.error()),
          null,
          PATIENCE);
    }
    return answer;
  }

  /**
   * From now on sends the calls of {@link #send} to one homeserver alone. While another one answers
   * at the address, every call ends as if Synapse were away.
   *
   * @param serverName its name; empty if no process knows it yet
   */
  public void holdTo(Supplier<Optional<String>> serverName) {
    server.holdTo(serverName);
  }

  /** Makes the next call of {@link #send} compare the name of the homeserver first. */
  public void compareAgain() {
    server.doubt();
  }

  private Answer sendToSame(ApiCall call, String token) {
    if (!server.isSure()) {
      var owner = owner(token);
      if (isRefused(owner)) {
        return owner;
      }
      if (!owner.isOk()) {
        throw new HomeserverUnavailableException(
            "Synapse cannot tell whose the token is: " + owner.status(), null, null);
      }
      server.compare(owner.body().path("user_id").asText());
    }
    return sendWith(call, token);
  }

  private Answer owner(String token) {
    try {
      return sendWith(ApiCall.get(WHOAMI), token);
    } catch (NoAnswerException e) {
      throw new HomeserverUnavailableException("Synapse does not answer", e);
    }
  }

  private static boolean isRefused(Answer answer) {
    return answer.status() == 401 || isNoAdmin(answer);
  }

  /**
   * Sends a call with a token of somebody else. Refusals of the token are returned.
   *
   * @param token as the caller sent it
   */
  public Answer sendAs(ApiCall call, String token) {
    return sendWith(call, token);
  }

  /** State of the circuit breaker: 0 closed, 1 half open, 2 open. */
  public int breakerState() {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> 2;
      case HALF_OPEN -> 1;
      default -> 0;
    };
  }

  private Answer sendWith(ApiCall call, @Nullable String token) {
    long begin = System.nanoTime();
    try {
      return once(call, token);
    } catch (NoAnswerException e) {
      boolean wasQuick = System.nanoTime() - begin < timeout.toNanos() / 2;
      if (call.isRead() && wasQuick) {
        return once(call, token);
      }
      throw e;
    }
  }

  private Answer once(ApiCall call, @Nullable String token) {
    ContentResponse response;
    try {
      response = breaker.executeCallable(() -> exchange(call, token));
    } catch (CallNotPermittedException e) {
      throw new HomeserverUnavailableException("Synapse does not answer", e, PATIENCE);
    } catch (RuntimeException e) {
      if (countsAgainstSynapse(e)) {
        server.doubt();
      }
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HomeserverUnavailableException("interrupted", e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    var answer = new Answer(response.getStatus(), json(response));
    if (answer.status() == 429) {
      throw new RateLimitedException(pause(answer));
    }
    return answer;
  }

  private ContentResponse exchange(ApiCall call, @Nullable String token)
      throws InterruptedException {
    var request =
        client
            .newRequest(base.resolve(call.path().text()))
            .method(call.method())
            .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (token != null) {
      request.headers(headers -> headers.put(HttpHeader.AUTHORIZATION, "Bearer " + token));
    }
    if (call.body() != null) {
      request.body(new BytesRequestContent("application/json", bytes(call.body())));
    }
    var sent = new AtomicBoolean();
    request.onRequestCommit(any -> sent.set(true));
    var response = response(request, call, sent);
    if (AWAY.contains(response.getStatus())) {
      throw new HomeserverUnavailableException(
          "Synapse, or a proxy before it, answers " + response.getStatus(), null, null);
    }
    return response;
  }

  private ContentResponse response(Request request, ApiCall call, AtomicBoolean sent)
      throws InterruptedException {
    try {
      return new CompletableResponseListener(request, MOST_BYTES)
          .send()
          .get(timeout.plus(CONNECT).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      request.abort(cause);
      if (sent.get()) {
        throw new NoAnswerException(call.method() + " was not answered", cause);
      }
      throw new HomeserverUnavailableException("Synapse cannot be reached at " + base, cause);
    }
  }

  /** A call that was sent and not answered may be slow work; it counts like a lost connection. */
  private static boolean countsAgainstSynapse(Throwable error) {
    return error instanceof HomeserverUnavailableException || error instanceof NoAnswerException;
  }

  private static boolean isNoAdmin(Answer answer) {
    return answer.status() == 403 && "You are not a server admin".equals(answer.error());
  }

  private static Duration pause(Answer answer) {
    long millis = answer.body().path("retry_after_ms").asLong(0);
    return millis > 0 ? Duration.ofMillis(millis) : DEFAULT_PAUSE;
  }

  private static JsonNode json(ContentResponse response) {
    try {
      var body = JSON.readTree(response.getContent());
      return body == null || !body.isObject() ? JsonNodeFactory.instance.objectNode() : body;
    } catch (IOException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client cannot stop", e);
    }
  }
}
