package dev.bailiff.gateway.job.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyStream;
import dev.bailiff.gateway.request.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lines of JSON: the request, then a target a line. Blank lines count as lines only. */
final class LineBody implements SubmittedBody {
  private static final String TARGET = "target";

  private final BufferedReader lines;
  private @Nullable ObjectNode request;
  private long line;

  LineBody(BodyStream stream) {
    this.lines = new BufferedReader(StrictJson.utf8(stream));
  }

  @Override
  public @Nullable ArrivingTarget next() {
    if (request == null) {
      request = SubmittedRequest.of(nextValue());
    }
    var value = nextValue();
    return value == null ? null : ArrivingTarget.inLine(id(value), line);
  }

  private String id(JsonNode value) {
    var target = value.isObject() && value.size() == 1 ? value.path(TARGET) : value;
    if (!target.isTextual()) {
      throw ApiException.bad(
          Errcode.M_BAD_JSON, "line " + line + " must be an id in quotes, or {\"target\": id}");
    }
    return target.textValue();
  }

  /** The next value; null at the end. */
  private @Nullable JsonNode nextValue() {
    try {
      for (var text = lines.readLine(); text != null; text = lines.readLine()) {
        line++;
        if (!text.isBlank()) {
          return StrictJson.read(text);
        }
      }
      return null;
    } catch (IOException e) {
      var refusal = StrictJson.refusal(e).reply();
      throw ApiException.bad(
          Errcode.valueOf(refusal.errcode()), refusal.text() + ", in or behind line " + line);
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
