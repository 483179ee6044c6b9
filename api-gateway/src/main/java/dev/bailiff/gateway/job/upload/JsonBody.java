package dev.bailiff.gateway.job.upload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyStream;
import dev.bailiff.gateway.request.StrictJson;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object with the list {@code targets}, anywhere in it. */
final class JsonBody implements SubmittedBody {
  private static final String TARGETS = "targets";

  private final BodyStream stream;
  private final ObjectNode request = JsonNodeFactory.instance.objectNode();
  private @Nullable JsonParser parser;
  private boolean inTargets;
  private boolean hasTargets;
  private boolean isWhole;
  private long number;

  JsonBody(BodyStream stream) {
    this.stream = stream;
  }

  @Override
  public @Nullable ArrivingTarget next() {
    try {
      return isWhole ? null : next(begun());
    } catch (IOException e) {
      throw StrictJson.refusal(e);
    }
  }

  private JsonParser begun() throws IOException {
    if (parser == null) {
      parser = StrictJson.parser(StrictJson.utf8(stream));
      var first = parser.nextToken();
      if (first == null) {
        throw new EOFException();
      }
      if (first != JsonToken.START_OBJECT) {
        StrictJson.value(parser);
        requireEnd(parser);
        throw ApiException.bad(Errcode.M_BAD_JSON, "The body must be a JSON object");
      }
    }
    return parser;
  }

  private @Nullable ArrivingTarget next(JsonParser json) throws IOException {
    while (!isWhole) {
      if (inTargets) {
        var token = json.nextToken();
        if (token == JsonToken.VALUE_STRING) {
          return ArrivingTarget.inList(json.getText(), ++number);
        }
        if (token != JsonToken.END_ARRAY) {
          throw ApiException.bad(Errcode.M_BAD_JSON, "'targets' must be a list of ids");
        }
        inTargets = false;
        stream.hold();
      } else {
        readKey(json);
      }
    }
    return null;
  }

  private void readKey(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.FIELD_NAME) {
      requireEnd(json);
      isWhole = true;
      return;
    }
    var key = json.currentName();
    var value = json.nextToken();
    if (key.equals(TARGETS) && value == JsonToken.START_ARRAY) {
      if (hasTargets) {
        throw ApiException.bad(Errcode.M_BAD_JSON, "'targets' is there twice");
      }
      inTargets = true;
      hasTargets = true;
    } else {
      request.set(key, StrictJson.value(json));
    }
  }

  private static void requireEnd(JsonParser json) throws IOException {
    if (json.nextToken() != null) {
      throw new IOException("something behind the end");
    }
  }

  @Override
  public Optional<ObjectNode> request() {
    return isWhole ? Optional.of(request) : Optional.empty();
  }

  @Override
  public boolean hasTargets() {
    return hasTargets;
  }
}
