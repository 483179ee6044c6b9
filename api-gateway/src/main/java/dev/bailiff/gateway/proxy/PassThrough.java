package dev.bailiff.gateway.proxy;

import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.error.ErrorReply;
import dev.bailiff.gateway.error.JettyErrorHandler;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.Graceful;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request is passed to the homeserver or goes on to the handlers behind this one.
 * A passed request holds no thread while it waits, and its body has no limit.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class PassThrough extends Handler.Wrapper implements Graceful {
  /** Request attribute: the request is passed. */
  public static final String ATTRIBUTE = "dev.bailiff.passed";

  /** Dropwizard's name of the connector of health checks and metrics, which is not for clients. */
  private static final String ADMIN = "admin";

  private static final ErrorReply NO_TEXT =
      ErrorReply.of(
          400,
          Errcode.M_UNKNOWN,
          "The path or query is no UTF-8 and would not arrive as it was sent");

  private final PassThroughConfig config;
  private final PassedCallMeter meter;
  private final CallsPerClient clients;
  private final OwnTokens ownTokens;
  private final PassedGuard guard;
  private final PassedAudit audit;
  private final PassThroughHandler passing;
  private @Nullable ServedHere served;
  private volatile boolean stopping;

  /** Passes requests on whatever they change, and tells nobody. */
  public PassThrough(Upstream upstream, OwnTokens ownTokens, PassedCallMeter meter) {
    this(upstream, ownTokens, PassedGuard.NONE, PassedAudit.NONE, meter);
  }

  public PassThrough(
      Upstream upstream,
      OwnTokens ownTokens,
      PassedGuard guard,
      PassedAudit audit,
      PassedCallMeter meter) {
    this.guard = guard;
    this.audit = audit;
    this.ownTokens = ownTokens;
    this.config = upstream.config();
    this.meter = meter;
    this.clients = new CallsPerClient(config.callsPerClient());
    this.passing = new PassThroughHandler(upstream);
    installBean(passing);
  }

  /**
   * Takes its place in front of what a handler has handled so far; called while the server starts,
   * before it accepts anything.
   *
   * @param served the requests that are not passed
   */
  public void standIn(Handler.Singleton outer, ServedHere served) {
    this.served = served;
    outer.insertHandler(this);
  }

  @Override
  protected void doStart() throws Exception {
    passing.setServer(getServer());
    super.doStart();
  }

  /**
   * A stop waits a while for calls at work. What takes longer is ended by itself a little before
   * that, so that its client has an answer.
   */
  @Override
  public CompletableFuture<Void> shutdown() {
    stopping = true;
    getServer()
        .getScheduler()
        .schedule(passing::endCalls, getServer().getStopTimeout() * 3 / 4, TimeUnit.MILLISECONDS);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public boolean isShutdown() {
    return stopping;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!isPassed(request)) {
      return super.handle(request, response, callback);
    }
    request.setAttribute(ATTRIBUTE, Boolean.TRUE);
    Request.addCompletionListener(
        request,
        failure ->
            meter.ended(
                response.getStatus(),
                failure == null,
                System.nanoTime() - request.getHeadersNanoTime()));
    // Until the homeserver answers, nothing comes or goes. The pass-through has its own limit.
    request.addIdleTimeoutListener(timeout -> false);
    var refusal = refusal(request);
    if (refusal.isPresent()) {
      JettyErrorHandler.write(refusal.get(), response, callback);
      return true;
    }
    if (!clients.admit(request)) {
      JettyErrorHandler.write(CallsPerClient.TOO_MANY, response, callback);
      return true;
    }
    var passage = ownTokens.passage(request);
    if (passage.isPresent() && passage.get() instanceof OwnTokens.Passage.Refused refused) {
      audit.before(request, refused.reply());
      JettyErrorHandler.write(refused.reply(), response, callback);
      return true;
    }
    var untold = audit.before(request, null);
    if (untold.isPresent()) {
      JettyErrorHandler.write(untold.get(), response, callback);
      return true;
    }
    Request.addCompletionListener(request, failure -> audit.after(request, response.getStatus()));
    passage.ifPresent(with -> request.setAttribute(OwnTokens.Passage.class.getName(), with));
    var question = guard.question(request);
    return question.isEmpty()
        ? passing.handle(request, response, callback)
        : passIfAllowed(question.get(), request, response, callback);
  }

  private boolean passIfAllowed(
      PassedGuard.Question question, Request request, Response response, Callback callback) {
    ReadRequest.of(
        request,
        new ReadRequest.Reader() {
          @Override
          public void read(ReadRequest whole) {
            try {
              question
                  .refusal(whole.bytes())
                  .ifPresentOrElse(
                      reply -> JettyErrorHandler.write(reply, response, callback),
                      () -> passing.handle(whole, response, callback));
            } catch (RuntimeException e) {
              callback.failed(e);
            }
          }

          @Override
          public void refused(ErrorReply reply) {
            JettyErrorHandler.write(reply, response, callback);
          }

          @Override
          public void failed(Throwable failure) {
            callback.failed(failure);
          }
        });
    return true;
  }

  private boolean isPassed(Request request) {
    var path = request.getHttpURI().getPath();
    return path != null
        && config.covers(path)
        && !ADMIN.equals(request.getConnectionMetaData().getConnector().getName())
        && (served == null || !served.test(request.getMethod(), path));
  }

  /** Requests that could not be passed as they came. */
  private static Optional<ErrorReply> refusal(Request request) {
    // Jetty replaces bytes that are no UTF-8 by this character.
    if (request.getHttpURI().getPathQuery().indexOf('\uFFFD') >= 0) {
      return Optional.of(NO_TEXT);
    }
    // A coding below the chunks would be lost, as Transfer-Encoding holds for one connection.
    var coding = request.getHeaders().get(HttpHeader.TRANSFER_ENCODING);
    return coding == null || HttpHeaderValue.CHUNKED.is(coding.strip())
        ? Optional.empty()
        : Optional.of(ErrorReply.ofStatus(501));
  }
}
