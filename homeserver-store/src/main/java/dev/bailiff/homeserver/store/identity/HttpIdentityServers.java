package dev.bailiff.homeserver.store.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.homeserver.IdentityConfig;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identity servers over HTTP (Matrix identity service, {@code POST
 * /_matrix/identity/v2/3pid/unbind}).
 *
 * <p>Identity servers are run by others and may hang or fail at any time. Each server therefore has
 * a retry with growing, jittered pauses and a circuit breaker that stops requests to a server that
 * is down. A time limiter stands over all requests: a batch waits for them at most {@link #LIMIT}.
 */
public final class HttpIdentityServers implements IdentityServers {

  /** Below half a lease, so that time for the batch's transaction remains. */
  private static final Duration LIMIT = Duration.ofSeconds(7);

  /**
   * A batch has at most some hundred ids. This many requests at a time keep the batch short and do
   * not overload the servers.
   */
  private static final int THREADS = 8;

  /**
   * A server with one of these answers cannot unbind or does not know the id; Synapse treats the
   * three alike.
   */
  private static final Set<Integer> UNSUPPORTED = Set.of(400, 404, 501);

  private static final Logger LOG = LoggerFactory.getLogger(HttpIdentityServers.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Guarded> servers;
  private final Duration requestTimeout;
  private final HttpClient client;
  private final ExecutorService executor;
  private final TimeLimiter limiter = TimeLimiter.of(LIMIT);

  private record Guarded(URI base, Retry retry, CircuitBreaker breaker) {}

  public HttpIdentityServers(IdentityConfig config) {
    this.requestTimeout = config.requestTimeout().toJavaDuration();
    this.servers = config.servers().stream().map(base -> guarded(base, config.attempts())).toList();
    this.client = HttpClient.newBuilder().connectTimeout(requestTimeout).build();
    this.executor = Executors.newFixedThreadPool(THREADS, DaemonThreads.named("identity-servers"));
  }

  /** The servers of a configuration; {@link IdentityServers#none} if it names none. */
  public static IdentityServers of(IdentityConfig config) {
    return config.servers().isEmpty() ? IdentityServers.none() : new HttpIdentityServers(config);
  }

  private static Guarded guarded(URI base, int attempts) {
    Retry retry =
        Retry.of(
            base.toString(),
            RetryConfig.custom()
                .maxAttempts(attempts)
                .intervalFunction(
                    IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(100), 2.0, 0.5))
                .ignoreExceptions(CallNotPermittedException.class)
                .build());
    CircuitBreaker breaker =
        CircuitBreaker.of(
            base.toString(),
            CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .waitDurationInOpenState(Duration.ofSeconds(10))
                .build());
    return new Guarded(base, retry, breaker);
  }

  @Override
  public List<Unbinding> unbind(List<BoundThreepid> threepids) {
    List<CompletableFuture<Unbinding>> answers = new ArrayList<>();
    for (BoundThreepid threepid : threepids) {
      answers.add(CompletableFuture.supplyAsync(() -> unbindEverywhere(threepid), executor));
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
    try {
      limiter.executeFutureSupplier(() -> all);
    } catch (Exception e) {
      LOG.warn("identity servers did not answer in time");
    }
    return answers.stream()
        .map(
            answer -> {
              boolean answered = answer.isDone() && !answer.isCompletedExceptionally();
              answer.cancel(true);
              return answered ? answer.join() : Unbinding.FAILED;
            })
        .toList();
  }

  /** The worst answer counts: the id is unbound only if no server knows it any more. */
  private Unbinding unbindEverywhere(BoundThreepid threepid) {
    Unbinding worst = Unbinding.SUCCESS;
    for (Guarded server : servers) {
      Unbinding answer = unbindAt(server, threepid);
      worst = answer.ordinal() > worst.ordinal() ? answer : worst;
    }
    return worst;
  }

  private Unbinding unbindAt(Guarded server, BoundThreepid threepid) {
    Callable<Unbinding> call = () -> request(server, threepid);
    try {
      return Retry.decorateCallable(
              server.retry, CircuitBreaker.decorateCallable(server.breaker, call))
          .call();
    } catch (Exception e) {
      // the id itself stays out of the log
      LOG.warn("unbinding at {} failed: {}", server.base, e.toString());
      return Unbinding.FAILED;
    }
  }

  private Unbinding request(Guarded server, BoundThreepid threepid)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.base.resolve("/_matrix/identity/v2/3pid/unbind"))
            .timeout(requestTimeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(threepid)))
            .build();
    int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status / 100 == 2) {
      return Unbinding.SUCCESS;
    }
    if (UNSUPPORTED.contains(status)) {
      return Unbinding.NO_SUPPORT;
    }
    throw new IOException("status " + status);
  }

  private static String body(BoundThreepid threepid) throws JsonProcessingException {
    ObjectNode body = JSON.createObjectNode().put("mxid", threepid.userId());
    body.putObject("threepid").put("medium", threepid.medium()).put("address", threepid.address());
    return JSON.writeValueAsString(body);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
