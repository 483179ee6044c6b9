package dev.bailiff.gateway.job.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A form of two parts: {@code request}, which is JSON, and behind it {@code targets}, a file.
 *
 * <p>The file is CSV if its part or its name says so, if the call names a column, or if its first
 * line names one. Otherwise each line is an id, in which a comma or a quote has no meaning.
 */
final class FormBody implements SubmittedBody {
  private static final String REQUEST = "request";
  private static final String TARGETS = "targets";

  private final FormParts parts;
  private final Optional<String> column;
  private @Nullable ObjectNode request;
  private @Nullable TargetFile file;

  FormBody(FormParts parts, Optional<String> column) {
    this.parts = parts;
    this.column = column;
  }

  @Override
  public @Nullable ArrivingTarget next() {
    if (request == null) {
      part(REQUEST);
      request = SubmittedRequest.of(requestPart());
    }
    try {
      if (file == null) {
        file = file(part(TARGETS));
      }
      var next = file.next();
      if (next == null) {
        requireEnd();
      }
      return next;
    } catch (IOException e) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "The file 'targets' is not text in UTF-8, or not CSV");
    }
  }

  private JsonNode requestPart() {
    try {
      var bytes = parts.content().readAllBytes();
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return StrictJson.read(text.toString());
    } catch (IOException e) {
      throw StrictJson.refusal(e);
    }
  }

  private TargetFile file(FormParts.Part part) throws IOException {
    var text = StrictJson.utf8(parts.content());
    boolean isCsv =
        column.isPresent()
            || part.type().toLowerCase(Locale.ROOT).startsWith("text/csv")
            || part.fileName().toLowerCase(Locale.ROOT).endsWith(".csv");
    return TargetFile.open(text, isCsv, column);
  }

  private FormParts.Part part(String name) {
    var part = parts.next();
    if (part.isEmpty() || !part.get().name().equals(name)) {
      throw ApiException.bad(
          Errcode.M_MISSING_PARAM,
          "The form must have the part 'request' and, behind it, the part 'targets'");
    }
    return part.get();
  }

  private void requireEnd() {
    var more = parts.next();
    if (more.isPresent()) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "'" + more.get().name() + "' is not a part of the form");
    }
  }

  @Override
  public Optional<ObjectNode> request() {
    return Optional.ofNullable(request);
  }

  @Override
  public boolean hasTargets() {
    return true;
  }
}
