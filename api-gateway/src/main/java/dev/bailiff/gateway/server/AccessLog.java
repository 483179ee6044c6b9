package dev.bailiff.gateway.server;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.request.logging.RequestLogFactory;
import java.time.Duration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The request log: one line per request to the logger of this class, without tokens (of access or
 * registration), addresses of third-party ids, headers and bodies. It takes the place of
 * Dropwizard's request log, whose patterns can show a query as it was sent.
 */
@JsonTypeName("bailiff")
public final class AccessLog implements RequestLogFactory<RequestLog>, RequestLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.bailiff.gateway.access");

  @Override
  public boolean isEnabled() {
    return true;
  }

  @Override
  public RequestLog build(String name) {
    return this;
  }

  @Override
  public void log(Request request, Response response) {
    if (LOG.isInfoEnabled()) {
      LOG.info(
          "{} \"{} {}\" {} {} {}ms",
          Request.getRemoteAddr(request),
          request.getMethod(),
          PathMask.hide(QueryMask.hide(String.valueOf(request.getHttpURI().getPathQuery()))),
          response.getStatus(),
          Response.getContentBytesWritten(response),
          Duration.ofNanos(System.nanoTime() - request.getHeadersNanoTime()).toMillis());
    }
  }
}
