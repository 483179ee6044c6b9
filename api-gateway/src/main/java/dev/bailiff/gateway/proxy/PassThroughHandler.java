package dev.bailiff.gateway.proxy;

import dev.bailiff.gateway.error.ErrorReply;
import dev.bailiff.gateway.error.JettyErrorHandler;
import dev.bailiff.log.LogPace;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a request to the homeserver and its answer back, both as they came: nothing is decoded,
 * followed or added but {@link ForwardedHeaders}. Bodies stream in both directions, each as fast as
 * its slower end. Nothing is asked twice once a byte of it was sent.
 *
 * <p>An answer that breaks off breaks the client's connection too, so that no client takes a part
 * for the whole.
 */
final class PassThroughHandler extends ProxyHandler.Reverse {
  private static final Logger LOG = LoggerFactory.getLogger(PassThroughHandler.class);

  private static final long CONNECT_MILLIS = 2_000;

  /** Synapse closes an idle connection after 60 s; a request must not meet that moment. */
  private static final long POOLED_MILLIS = 30_000;

  private static final int THREADS = 64;
  private static final int COMMON_HEAD = 8 * 1024;

  /** Beyond what a connector of the gateway takes by default, as its limit can be configured. */
  private static final int LONGEST_HEAD = 64 * 1024;

  /** Attribute of a request to the homeserver: who waits for its answer. */
  private static final String CLIENT = PassThroughHandler.class.getName() + ".client";

  /** Attribute of a request to the gateway: the request to the homeserver. */
  private static final String PASSED = PassThroughHandler.class.getName() + ".passed";

  private final Upstream upstream;
  private final CallsAtWork calls = new CallsAtWork();
  private final LogPace pace = new LogPace();

  PassThroughHandler(Upstream upstream) {
    super(request -> HttpURI.from(upstream.url()));
    this.upstream = upstream;
  }

  /** Ends the calls that are still at work. Clients that have no begin of an answer get a 503. */
  void endCalls() {
    calls.endAll();
  }

  @Override
  protected HttpClient newHttpClient() {
    var client = super.newHttpClient();
    var threads = new QueuedThreadPool(THREADS);
    threads.setName("pass-through");
    threads.setDaemon(true);
    client.setExecutor(threads);
    return client;
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    super.configureHttpClient(client);
    client.setMaxConnectionsPerDestination(upstream.config().connections());
    client.setConnectTimeout(CONNECT_MILLIS);
    client.setAddressResolutionTimeout(CONNECT_MILLIS);
    client.setIdleTimeout(POOLED_MILLIS);
    client.setUserAgentField(null);
    client.setDefaultRequestContentType(null);
    client.setRequestBufferSize(COMMON_HEAD);
    client.setMaxRequestHeadersSize(LONGEST_HEAD);
    client.setMaxResponseHeadersSize(LONGEST_HEAD);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    return super.handle(
        WithoutExpect.of(request), response, Callback.from(() -> end(request), callback));
  }

  @Override
  protected org.eclipse.jetty.client.Request newProxyToServerRequest(
      Request request, HttpURI unused) {
    var passed = new PassedRequest(getHttpClient(), upstream.url(), request);
    passed.idleTimeout(upstream.config().idle().toMilliseconds(), TimeUnit.MILLISECONDS);
    var client =
        new WaitingClient(
            request.getConnectionMetaData().getConnection(),
            () -> passed.abort(new EofException("The client is gone")));
    passed.attribute(CLIENT, client);
    boundWait(passed);
    // Now nothing refers to the buffers of the connection any more.
    passed.onRequestSuccess(sent -> client.begin());
    calls.add(passed);
    request.setAttribute(PASSED, passed);
    return passed;
  }

  /**
   * A request that finds all connections busy does not wait for ever: Jetty's queue has no limit.
   */
  private void boundWait(PassedRequest passed) {
    var end = new AtomicReference<Scheduler.@Nullable Task>();
    passed.onRequestQueued(
        queued ->
            end.set(
                getHttpClient()
                    .getScheduler()
                    .schedule(
                        () -> passed.abort(new RejectedExecutionException("no connection is free")),
                        upstream.config().queue().toMilliseconds(),
                        TimeUnit.MILLISECONDS)));
    passed.onRequestBegin(begun -> cancel(end.getAndSet(null)));
    passed.onComplete(result -> cancel(end.getAndSet(null)));
  }

  private static void cancel(Scheduler.@Nullable Task task) {
    if (task != null) {
      task.cancel();
    }
  }

  @Override
  protected void copyRequestHeaders(Request request, org.eclipse.jetty.client.Request passed) {
    var hop = HopHeaders.of(request.getHeaders());
    passed.headers(
        headers -> {
          for (HttpField field : request.getHeaders()) {
            if (!hop.contains(field)) {
              headers.add(field);
            }
          }
          var passage = request.getAttribute(OwnTokens.Passage.class.getName());
          if (passage instanceof OwnTokens.Passage.With with) {
            headers.put(HttpHeader.AUTHORIZATION, "Bearer " + with.token());
          } else if (passage instanceof OwnTokens.Passage.WithoutToken) {
            headers.remove(HttpHeader.AUTHORIZATION);
          }
        });
  }

  /** In place of {@code Via} and {@code Forwarded}, which Synapse does not read. */
  @Override
  protected void addProxyHeaders(Request request, org.eclipse.jetty.client.Request passed) {
    passed.headers(headers -> ForwardedHeaders.set(request, headers));
  }

  @Override
  protected org.eclipse.jetty.client.Request.Content newProxyToServerRequestContent(
      Request request, Response response, org.eclipse.jetty.client.Request passed) {
    return new PassedBody(request);
  }

  @Override
  protected org.eclipse.jetty.client.Response.CompleteListener newServerToProxyResponseListener(
      Request request,
      org.eclipse.jetty.client.Request passed,
      Response response,
      Callback callback) {
    return new Answer(request, passed, response, callback);
  }

  @Override
  protected void onServerToProxyResponseFailure(
      Request request,
      org.eclipse.jetty.client.Request passed,
      org.eclipse.jetty.client.Response answer,
      Response response,
      Callback callback,
      Throwable failure) {
    if (response.isCommitted()) {
      callback.failed(failure);
      return;
    }
    response.reset();
    JettyErrorHandler.write(errorOf(passed, failure), response, callback);
  }

  /** Called before the answer ends, as the next request of the connection may begin then. */
  private void end(Request request) {
    if (request.getAttribute(PASSED) instanceof org.eclipse.jetty.client.Request passed) {
      calls.remove(passed);
      clientOf(passed).end();
    }
  }

  private ErrorReply errorOf(org.eclipse.jetty.client.Request passed, Throwable failure) {
    if (clientOf(passed).isGone()
        || (passed.getBody() instanceof PassedBody body && body.failedBy(failure))) {
      return UpstreamErrors.ofClient(failure);
    }
    var reply = UpstreamErrors.ofHomeserver(failure);
    long times = pace.due();
    if (times > 0) {
      // The message may hold the path.
      LOG.warn(
          "{} ({}). Calls that ended so since the last line: {}",
          reply.text(),
          failure.getClass().getSimpleName(),
          times);
    }
    return reply;
  }

  private static WaitingClient clientOf(org.eclipse.jetty.client.Request passed) {
    return Objects.requireNonNull((WaitingClient) passed.getAttributes().get(CLIENT));
  }

  /** The answer of the homeserver, on its way to the client. */
  private final class Answer extends ProxyResponseListener {
    private final Request request;
    private final Response response;

    Answer(
        Request request,
        org.eclipse.jetty.client.Request passed,
        Response response,
        Callback callback) {
      super(request, passed, response, callback);
      this.request = request;
      this.response = response;
    }

    @Override
    public void onHeaders(org.eclipse.jetty.client.Response answer) {
      super.onHeaders(answer);
      var hop = HopHeaders.of(answer.getHeaders());
      for (HttpField field : answer.getHeaders()) {
        if (hop.contains(field)) {
          response.getHeaders().remove(field.getName());
        }
      }
      var length = response.getHeaders().getField(HttpHeader.CONTENT_LENGTH);
      if (length != null) {
        if (answer.getStatus() == HttpStatus.NO_CONTENT_204) {
          request.addHttpStreamWrapper(stream -> new KeptLength(stream, length));
        }
      } else {
        // Without this, an answer to a client that asked for the end of the connection would have
        // that as its own end, and a part would look like the whole.
        response.getHeaders().put(HttpHeader.TRANSFER_ENCODING, "chunked");
      }
    }
  }
}
