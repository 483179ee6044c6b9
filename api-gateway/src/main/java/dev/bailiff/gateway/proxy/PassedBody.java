package dev.bailiff.gateway.proxy;

import org.eclipse.jetty.client.ContentSourceRequestContent;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The body of a passed request. It remembers whether the client failed to send it. */
final class PassedBody extends ContentSourceRequestContent {
  private volatile @Nullable Throwable failure;

  PassedBody(Request request) {
    super(request, request.getHeaders().get(HttpHeader.CONTENT_TYPE));
  }

  @Override
  public Content.@Nullable Chunk read() {
    var chunk = super.read();
    if (Content.Chunk.isFailure(chunk)) {
      failure = chunk.getFailure();
    }
    return chunk;
  }

  /** Whether this is the failure with which the body ended. */
  boolean failedBy(Throwable suspected) {
    return suspected == failure;
  }
}
