package dev.bailiff.gateway.proxy;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * A request without {@code Expect: 100-continue}. The gateway answers that header when it begins to
 * read the body. With the header, Jetty's proxy would wait for the homeserver to answer it.
 */
final class WithoutExpect extends Request.Wrapper {
  private final HttpFields headers;

  private WithoutExpect(Request request) {
    super(request);
    headers = HttpFields.build(request.getHeaders()).remove(HttpHeader.EXPECT).asImmutable();
  }

  static Request of(Request request) {
    return request.getHeaders().contains(HttpHeader.EXPECT) ? new WithoutExpect(request) : request;
  }

  @Override
  public HttpFields getHeaders() {
    return headers;
  }
}
