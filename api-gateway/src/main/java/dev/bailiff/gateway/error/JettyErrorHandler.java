package dev.bailiff.gateway.error;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives Jetty's own errors (a request that is no HTTP, a head too large, an exception before
 * Jersey) the one error body and the headers of every reply.
 */
public final class JettyErrorHandler implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    write(ErrorReply.ofStatus(response.getStatus()), response, callback);
    return true;
  }

  /** Answers with an error where there is no Jersey. */
  public static void write(ErrorReply error, Response response, Callback callback) {
    var body = error.json().toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(error.status());
    ReplyHeaders.ALL.forEach((name, value) -> response.getHeaders().put(name, value));
    error
        .retryAfter()
        .ifPresent(seconds -> response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
