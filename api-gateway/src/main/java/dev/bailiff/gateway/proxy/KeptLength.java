package dev.bailiff.gateway.proxy;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Sends the length of an answer that cannot have a body. Jetty knows this header and leaves it out
 * there; Synapse sends it, with 0.
 */
final class KeptLength extends HttpStream.Wrapper {
  private final HttpField length;

  KeptLength(HttpStream stream, HttpField length) {
    super(stream);
    this.length = length;
  }

  @Override
  public void send(
      MetaData.Request request,
      MetaData.@Nullable Response response,
      boolean last,
      @Nullable ByteBuffer content,
      Callback callback) {
    super.send(request, response == null ? null : withLength(response), last, content, callback);
  }

  private MetaData.Response withLength(MetaData.Response response) {
    var headers =
        HttpFields.build(response.getHttpFields())
            .remove(HttpHeader.CONTENT_LENGTH)
            // Without the constant, it is a header like any other.
            .add(new HttpField((HttpHeader) null, length.getName(), length.getValue()));
    return new MetaData.Response(
        response.getStatus(), response.getReason(), response.getHttpVersion(), headers, 0);
  }
}
