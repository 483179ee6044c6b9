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
    var body =
        ErrorReply.ofStatus(response.getStatus())
            .json()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    ReplyHeaders.ALL.forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
