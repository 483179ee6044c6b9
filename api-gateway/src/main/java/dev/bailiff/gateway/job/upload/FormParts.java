package dev.bailiff.gateway.job.upload;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@code multipart/form-data} body, one after the other. Jetty's parser gets a piece
 * of the body whenever nothing of the last piece is left, so that no part is ever held as a whole.
 */
final class FormParts {
  private static final int PIECE = 16 * 1024;
  private static final int LONGEST_HEADERS = 8 * 1024;

  /** Two are of use; a third is refused by its name. */
  private static final int MOST_PARTS = 3;

  private final BodyStream stream;
  private final MultiPart.Parser parser;
  private final Queue<Event> events = new ArrayDeque<>();

  /** Something that the parser found. */
  private sealed interface Event {}

  /**
   * The head of a part.
   *
   * @param type of its content; empty if it does not say
   */
  record Part(String name, String fileName, String type) implements Event {}

  private record Piece(ByteBuffer bytes) implements Event {}

  private record PartEnd() implements Event {}

  private record End() implements Event {}

  private record Failure() implements Event {}

  FormParts(String contentType, BodyStream stream) {
    var boundary = MultiPart.extractBoundary(contentType);
    if (boundary == null || boundary.isEmpty()) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "The Content-Type multipart/form-data needs a boundary");
    }
    this.stream = stream;
    this.parser = new MultiPart.Parser(boundary, new Listener());
    parser.setMaxParts(MOST_PARTS);
    parser.setPartHeadersMaxLength(LONGEST_HEADERS);
  }

  /** The head of the next part; empty behind the last one, and then the body is whole. */
  Optional<Part> next() {
    Event event;
    do {
      event = nextEvent();
    } while (!(event instanceof Part || event instanceof End));
    return event instanceof Part part ? Optional.of(part) : Optional.empty();
  }

  /** The content of the part whose head was read last. */
  InputStream content() {
    return new PartContent();
  }

  private Event nextEvent() {
    while (events.isEmpty()) {
      var piece = new byte[PIECE];
      int got = stream.read(piece, 0, PIECE);
      parser.parse(
          got < 0 ? Content.Chunk.EOF : Content.Chunk.from(ByteBuffer.wrap(piece, 0, got), false));
    }
    var event = events.remove();
    if (event instanceof Failure) {
      throw ApiException.bad(
          Errcode.M_NOT_JSON, "The body is not multipart/form-data, or is cut off");
    }
    return event;
  }

  private final class Listener extends MultiPart.AbstractPartsListener {
    private HttpFields.Mutable headers = HttpFields.build();

    @Override
    public void onPartHeader(String name, String value) {
      super.onPartHeader(name, value);
      headers.add(new HttpField(name, value));
    }

    @Override
    public void onPartHeaders() {
      events.add(
          new Part(
              Objects.requireNonNullElse(getName(), ""),
              Objects.requireNonNullElse(getFileName(), ""),
              Objects.requireNonNullElse(headers.get(HttpHeader.CONTENT_TYPE), "")));
      headers = HttpFields.build();
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
      if (chunk.hasRemaining()) {
        events.add(new Piece(chunk.getByteBuffer()));
      }
    }

    @Override
    public void onPart(@Nullable String name, @Nullable String fileName, HttpFields fields) {
      events.add(new PartEnd());
    }

    @Override
    public void onComplete() {
      events.add(new End());
    }

    @Override
    public void onFailure(Throwable failure) {
      events.add(new Failure());
    }
  }

  private final class PartContent extends InputStream {
    private @Nullable ByteBuffer piece;
    private boolean ended;

    @Override
    public int read() {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      while (!ended && (piece == null || !piece.hasRemaining())) {
        var event = nextEvent();
        piece = event instanceof Piece next ? next.bytes() : null;
        ended = event instanceof PartEnd;
      }
      if (ended || piece == null) {
        return -1;
      }
      int got = Math.min(length, piece.remaining());
      piece.get(bytes, offset, got);
      return got;
    }
  }
}
