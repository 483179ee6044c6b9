package dev.bailiff.gateway.proxy;

import dev.bailiff.gateway.error.ErrorReply;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Request;

/**
 * A request whose body was read, and is given on as it came. While the body comes, the request
 * holds no thread.
 */
final class ReadRequest extends Request.Wrapper {
  /** As for bodies of calls that are served here. */
  private static final int MOST_BYTES = 1024 * 1024;

  private final Content.Source body;
  private final byte[] bytes;

  private ReadRequest(Request request, byte[] bytes) {
    super(request);
    this.bytes = bytes;
    this.body = new ByteBufferContentSource(ByteBuffer.wrap(bytes));
  }

  /** What becomes of a request. */
  interface Reader {

    /** The whole body is there. */
    void read(ReadRequest request);

    /** The body is too long, and cannot be given on. */
    void refused(ErrorReply reply);

    /** The client failed to send it. */
    void failed(Throwable failure);
  }

  /** Reads the body of a request. */
  static void of(Request request, Reader reader) {
    new Reading(request, new ByteArrayOutputStream(), reader).run();
  }

  /** The body. */
  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public Content.Chunk read() {
    return body.read();
  }

  @Override
  public void demand(Runnable demandCallback) {
    body.demand(demandCallback);
  }

  @Override
  public void fail(Throwable failure) {
    body.fail(failure);
    super.fail(failure);
  }

  private record Reading(Request request, ByteArrayOutputStream bytes, Reader reader)
      implements Runnable {
    @Override
    public void run() {
      while (true) {
        var chunk = request.read();
        if (chunk == null) {
          request.demand(this);
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          reader.failed(chunk.getFailure());
          return;
        }
        boolean isLast = chunk.isLast();
        take(chunk);
        if (bytes.size() > MOST_BYTES) {
          reader.refused(ErrorReply.ofStatus(413));
          return;
        }
        if (isLast) {
          reader.read(new ReadRequest(request, bytes.toByteArray()));
          return;
        }
      }
    }

    private void take(Content.Chunk chunk) {
      var buffer = chunk.getByteBuffer();
      var piece = new byte[buffer.remaining()];
      buffer.get(piece);
      bytes.writeBytes(piece);
      chunk.release();
    }
  }
}
