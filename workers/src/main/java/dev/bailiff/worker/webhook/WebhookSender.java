package dev.bailiff.worker.webhook;

import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.webhook.AddressPolicy;
import dev.bailiff.webhook.HostLookup;
import dev.bailiff.webhook.RefusedAddressException;
import dev.bailiff.webhook.TakenDelivery;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Calls receivers, each with a connection of its own to a checked address. It follows no redirect,
 * uses no proxy, and keeps no cookie. It reads the status of an answer, throws the rest away, and
 * cuts off an answer that is long.
 *
 * <p><b>Concurrency:</b> thread-safe. The client and its threads start with the first call.
 */
final class WebhookSender implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(4);

  /** Of a whole attempt, from the look-up of the name to the head of the answer. */
  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  /** A receiver that sends more is cut off. */
  private static final long MOST_BYTES = 64 << 10;

  private static final int MOST_HEAD = 16 << 10;
  private static final int MOST_CONNECTIONS = 8;
  private static final int FEWEST_THREADS = 4;

  private final Clock clock;
  private final Duration attempt;
  private final HttpClient client;
  private final ThreadPoolExecutor lookups =
      new ThreadPoolExecutor(
          MOST_CONNECTIONS,
          MOST_CONNECTIONS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          DaemonThreads.named("webhook-names"));

  WebhookSender(AddressPolicy policy, HostLookup lookup, Clock clock) {
    this(policy, lookup, clock, ATTEMPT);
  }

  /**
   * @param attempt how long an attempt may take
   */
  WebhookSender(AddressPolicy policy, HostLookup lookup, Clock clock, Duration attempt) {
    this.clock = clock;
    this.attempt = attempt;
    lookups.allowCoreThreadTimeOut(true);
    client = new HttpClient(new HttpClientTransportOverHTTP(1));
    var threads = new QueuedThreadPool(MOST_CONNECTIONS * 2, FEWEST_THREADS);
    threads.setName("webhook-client");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setName("webhooks");
    client.setSocketAddressResolver(new CheckedAddresses(policy, lookup, lookups));
    client.setFollowRedirects(false);
    client.setConnectTimeout(CONNECT.toMillis());
    client.setIdleTimeout(attempt.toMillis());
    client.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
    client.setMaxResponseHeadersSize(MOST_HEAD);
    client.setDestinationIdleTimeout(Duration.ofMinutes(1).toMillis());
    client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Bailiff"));
  }

  /**
   * Sends a message.
   *
   * @return empty if the receiver took it; else why it did not, for people
   * @throws InterruptedException if this process stops; the message may have arrived
   */
  Optional<String> send(TakenDelivery delivery, String body) throws InterruptedException {
    start();
    long timestamp = clock.instant().getEpochSecond();
    var status = new CompletableFuture<Integer>();
    var request = request(delivery, timestamp, body);
    request
        .onResponseHeaders(response -> status.complete(response.getStatus()))
        .send(result -> status.completeExceptionally(failure(result.getFailure())));
    try {
      int code = status.get(attempt.plus(CONNECT).toMillis(), TimeUnit.MILLISECONDS);
      return code / 100 == 2 ? Optional.empty() : Optional.of(refusal(code));
    } catch (ExecutionException e) {
      return Optional.of(inWords(e.getCause()));
    } catch (TimeoutException e) {
      request.abort(e);
      return Optional.of(inWords(e));
    }
  }

  private Request request(TakenDelivery delivery, long timestamp, String body) {
    var read = new AtomicLong();
    return client
        .POST(delivery.address().uri())
        .timeout(attempt.toMillis(), TimeUnit.MILLISECONDS)
        .body(new StringRequestContent("application/json", body))
        .headers(
            headers -> {
              headers.put(HttpHeader.CONNECTION, "close");
              headers.put("webhook-id", delivery.messageId());
              headers.put("webhook-timestamp", Long.toString(timestamp));
              if (delivery.secret() != null) {
                headers.put(
                    "webhook-signature",
                    delivery.secret().sign(delivery.messageId(), timestamp, body));
              }
            })
        .onResponseContent(
            (response, content) -> {
              if (read.addAndGet(content.remaining()) > MOST_BYTES) {
                response.abort(new IllegalStateException("the answer is too long"));
              }
            });
  }

  private static Throwable failure(@Nullable Throwable failure) {
    return failure == null ? new IllegalStateException("an answer without a head") : failure;
  }

  private static String refusal(int status) {
    return status / 100 == 3
        ? "the receiver answered " + status + ", and no redirect is followed"
        : "the receiver answered " + status;
  }

  /** In words of ours: the texts of libraries may have the path of the address in them. */
  private static String inWords(@Nullable Throwable cause) {
    for (var each = cause; each != null; each = each.getCause()) {
      if (each instanceof RefusedAddressException) {
        return String.valueOf(each.getMessage());
      }
      if (each instanceof UnknownHostException) {
        return "the name of the host leads to no address";
      }
      if (each instanceof TimeoutException) {
        return "the receiver did not answer in time";
      }
      if (each instanceof ConnectException) {
        return "the receiver takes no connection";
      }
      if (each instanceof SSLException) {
        return "the receiver cannot prove by TLS who it is";
      }
    }
    return "the connection broke, or the answer was no HTTP";
  }

  private void start() {
    synchronized (client) {
      if (client.isRunning()) {
        return;
      }
      try {
        client.start();
        // They would answer an answer, or hide its status.
        client.getProtocolHandlers().remove("redirect");
        client.getProtocolHandlers().remove("www-authenticate");
        client.getProtocolHandlers().remove("proxy-authenticate");
        client.getContentDecoderFactories().clear();
      } catch (Exception e) { // the signature declares Exception
        throw new IllegalStateException("the HTTP client cannot start", e);
      }
    }
  }

  @Override
  public void close() {
    lookups.shutdownNow();
    try {
      client.stop();
    } catch (Exception e) { // the signature declares Exception
      throw new IllegalStateException("the HTTP client cannot stop", e);
    }
  }
}
