package dev.bailiff.gateway.proxy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request of Jetty's client whose request line is the one that the client of the gateway sent. By
 * itself Jetty's client refuses what {@link URI} does not accept, and puts methods in upper case.
 */
final class PassedRequest extends HttpRequest {
  private final String rawMethod;
  private final @Nullable String rawPath;
  private final @Nullable String rawQuery;

  PassedRequest(HttpClient http, URI url, Request request) {
    super(http, new HttpConversation(), url);
    this.rawMethod = request.getMethod();
    this.rawPath = bytes(request.getHttpURI().getPath());
    this.rawQuery = bytes(request.getHttpURI().getQuery());
  }

  @Override
  public String getMethod() {
    return rawMethod;
  }

  @Override
  public @Nullable String getPath() {
    return rawPath;
  }

  @Override
  public @Nullable String getQuery() {
    return rawQuery;
  }

  /** Jetty reads the request line as UTF-8 and writes it as ISO 8859-1. */
  private static @Nullable String bytes(@Nullable String text) {
    return text == null
        ? null
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
