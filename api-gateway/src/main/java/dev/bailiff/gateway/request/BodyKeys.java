package dev.bailiff.gateway.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed keys of a JSON body. The endpoint decides the error code for a wrong type, so each
 * question names the code.
 */
public final class BodyKeys {

  private BodyKeys() {}

  /** {@code true} or {@code false}; an absent key is {@code absent}, anything else an error. */
  public static boolean bool(ObjectNode body, String key, boolean absent, Errcode wrongType) {
    var value = body.get(key);
    if (value == null) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw ApiException.bad(wrongType, "Param '" + key + "' must be a boolean, if given");
    }
    return value.booleanValue();
  }

  /**
   * A string that can be stored; an absent key and {@code null} are null, anything else an error.
   */
  public static @Nullable String text(ObjectNode body, String key, Errcode wrongType) {
    var value = body.get(key);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw ApiException.bad(wrongType, "'" + key + "' must be a string");
    }
    return StorableText.require(value.textValue());
  }

  /** Requires a key, with any value. */
  public static void require(ObjectNode body, String key) {
    if (!body.has(key)) {
      throw ApiException.bad(Errcode.M_MISSING_PARAM, "Missing parameter: " + key);
    }
  }

  /**
   * Refuses a body with other keys: to ignore one would do more than was asked for.
   *
   * @param fault what is said of another key, behind its name
   */
  public static void refuseOthers(ObjectNode body, Set<String> known, String fault) {
    for (var names = body.fieldNames(); names.hasNext(); ) {
      var name = names.next();
      if (!known.contains(name)) {
        throw ApiException.bad(Errcode.M_INVALID_PARAM, "'" + name + "' " + fault);
      }
    }
  }

  /** Length as the API counts it: in code points. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
