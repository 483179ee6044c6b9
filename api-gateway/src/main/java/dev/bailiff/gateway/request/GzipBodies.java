package dev.bailiff.gateway.request;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Keeps compressed bodies from Jetty. Jetty's decoder checks neither the checksum nor the length at
 * the end, accepts a body that lacks both, and ignores the bytes behind the end. {@link #open}
 * reads these bodies instead.
 */
public final class GzipBodies extends Handler.Wrapper {
  /** Request attribute: the body is compressed. */
  public static final String ATTRIBUTE = "dev.bailiff.gzip";

  /**
   * Stands in front of what a handler has handled so far; called while the server starts, before it
   * accepts anything.
   */
  public void keepFromJetty(Handler.Singleton outer) {
    outer.insertHandler(this);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(
        isGzip(request.getHeaders()) ? new Kept(request) : request, response, callback);
  }

  /**
   * The content of a compressed body: all its members, each with the right checksum and length, and
   * nothing behind them. An empty body has no content.
   *
   * @throws IOException here or during reading, if the body is not like that
   */
  static InputStream open(InputStream body) throws IOException {
    var compressed = new BufferedInputStream(body);
    compressed.mark(1);
    if (compressed.read() < 0) {
      return InputStream.nullInputStream();
    }
    compressed.reset();
    return GzipCompressorInputStream.builder()
        .setInputStream(compressed)
        .setDecompressConcatenated(true)
        .get();
  }

  private static boolean isGzip(HttpFields headers) {
    var coding = headers.get(HttpHeader.CONTENT_ENCODING);
    return coding != null && coding.toLowerCase(Locale.ROOT).contains("gzip");
  }

  /** The request without the header that makes Jetty decode, and without the compressed length. */
  private static final class Kept extends Request.Wrapper {
    private final HttpFields headers;

    Kept(Request request) {
      super(request);
      setAttribute(ATTRIBUTE, Boolean.TRUE);
      headers =
          HttpFields.build(request.getHeaders())
              .remove(HttpHeader.CONTENT_ENCODING)
              .remove(HttpHeader.CONTENT_LENGTH)
              .asImmutable();
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }
  }
}
