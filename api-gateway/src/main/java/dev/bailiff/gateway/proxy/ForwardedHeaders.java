package dev.bailiff.gateway.proxy;

import java.net.InetSocketAddress;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.Request;

/**
 * The headers that show the homeserver who sent a request: {@code X-Forwarded-For}, of which
 * Synapse takes the first value, and {@code X-Forwarded-Proto}, without which Synapse assumes
 * https.
 */
final class ForwardedHeaders {

  private ForwardedHeaders() {}

  /**
   * Sets them.
   *
   * @param headers of the request to the homeserver
   */
  static void set(Request request, HttpFields.Mutable headers) {
    headers.put(HttpHeader.X_FORWARDED_FOR, addresses(request));
    if (!headers.contains(HttpHeader.X_FORWARDED_PROTO)) {
      headers.put(HttpHeader.X_FORWARDED_PROTO, request.isSecure() ? "https" : "http");
    }
  }

  /** Where {@code useForwardedHeaders} is off, anybody may have written what the request says. */
  private static String addresses(Request request) {
    boolean believed =
        request
                .getConnectionMetaData()
                .getHttpConfiguration()
                .getCustomizer(ForwardedRequestCustomizer.class)
            != null;
    var earlier =
        believed
            ? request.getHeaders().getFields(HttpHeader.X_FORWARDED_FOR).stream()
                .map(HttpField::getValue)
            : Stream.<String>empty();
    return Stream.concat(earlier, Stream.of(peer(request))).collect(Collectors.joining(", "));
  }

  /** The address at the other end of the connection, whatever the headers say. */
  private static String peer(Request request) {
    var address =
        request.getConnectionMetaData().getConnection().getEndPoint().getRemoteSocketAddress();
    return address instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress().replaceFirst("%.*", "")
        : "unknown";
  }
}
