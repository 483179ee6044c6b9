package dev.bailiff.gateway.request;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, read strictly (admin-api 1.7). Nothing is checked before it is asked for,
 * so that errors come in the order of the questions. Every question may throw an {@link
 * ApiException} with status 400.
 */
public final class QueryParameters {
  /**
   * Both characters part parameters: Synapse reads queries by the older of the two recommendations
   * of HTML 4.
   */
  public static final Pattern SEPARATORS = Pattern.compile("[&;]");

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

  private final Map<String, List<byte[]>> values = new LinkedHashMap<>();

  private QueryParameters() {}

  /** The parameters of a query as sent; null means no query. */
  public static QueryParameters parse(@Nullable String query) {
    var parameters = new QueryParameters();
    if (query != null && !query.isEmpty()) {
      for (String pair : SEPARATORS.split(query, -1)) {
        int equals = pair.indexOf('=');
        // A part without an equals sign is no parameter: neither present nor empty.
        if (equals >= 0) {
          var name =
              new String(
                  PercentDecoding.queryPart(pair.substring(0, equals)), StandardCharsets.UTF_8);
          parameters
              .values
              .computeIfAbsent(name, unused -> new ArrayList<>())
              .add(PercentDecoding.queryPart(pair.substring(equals + 1)));
        }
      }
    }
    return parameters;
  }

  /** The first value as raw bytes. */
  public Optional<byte[]> bytes(String name) {
    return Optional.ofNullable(values.get(name)).map(all -> all.get(0));
  }

  /** An ASCII string. */
  public Optional<String> ascii(String name) {
    return bytes(name).map(value -> decode(name, value, StandardCharsets.US_ASCII));
  }

  /** A UTF-8 string. */
  public Optional<String> utf8(String name) {
    return bytes(name).map(value -> decode(name, value, StandardCharsets.UTF_8));
  }

  /** All values of a repeatable ASCII parameter. */
  public List<String> asciiList(String name) {
    return values.getOrDefault(name, List.of()).stream()
        .map(value -> decode(name, value, StandardCharsets.US_ASCII))
        .toList();
  }

  /** A whole number, zero or more. */
  public long integer(String name, long absent) {
    var bytes = bytes(name);
    if (bytes.isEmpty()) {
      return absent;
    }
    // Trimmed as in Python's int(): clients were tested with Synapse, which uses it.
    var text = new String(bytes.get(), StandardCharsets.ISO_8859_1).strip();
    if (!INTEGER.matcher(text).matches()) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "Query parameter " + name + " must be an integer");
    }
    try {
      long value = Long.parseLong(text);
      if (value < 0) {
        throw ApiException.bad(
            Errcode.M_INVALID_PARAM, "Query parameter " + name + " must be a positive integer.");
      }
      return value;
    } catch (NumberFormatException e) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "Query parameter " + name + " is out of range");
    }
  }

  /** A whole number, zero or more, that must be there. */
  public long integer(String name) {
    if (bytes(name).isEmpty()) {
      throw ApiException.bad(
          Errcode.M_MISSING_PARAM, "Missing required integer query parameter " + name);
    }
    return integer(name, 0);
  }

  /** A boolean, if it is present. */
  public Optional<Boolean> bool(String name) {
    return bytes(name)
        .map(
            value ->
                switch (new String(value, StandardCharsets.ISO_8859_1)) {
                  case "true" -> true;
                  case "false" -> false;
                  default ->
                      throw ApiException.bad(
                          Errcode.M_INVALID_PARAM,
                          "Boolean query parameter '"
                              + name
                              + "' must be one of ['true', 'false']");
                });
  }

  /** Whether a parameter is present; its value may be empty. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** All values of a repeatable parameter, each one word of a list. */
  public List<String> allOf(String name, List<String> allowed) {
    var found = asciiList(name);
    found.forEach(value -> requireOneOf(name, value, allowed));
    return found;
  }

  /** One word of a list. */
  public String oneOf(String name, List<String> allowed, String absent) {
    var value = ascii(name).orElse(absent);
    requireOneOf(name, value, allowed);
    return value;
  }

  private static void requireOneOf(String name, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM,
          "Query parameter '"
              + name
              + "' must be one of "
              + allowed.stream().collect(Collectors.joining("', '", "['", "']")));
    }
  }

  private static String decode(String name, byte[] value, Charset charset) {
    try {
      var text = charset.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      if (StorableText.isStorable(text)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Refused below, with the same text.
    }
    throw ApiException.bad(
        Errcode.M_UNKNOWN,
        "Query parameter '"
            + name
            + (charset.equals(StandardCharsets.US_ASCII) ? "' must be ascii" : "' must be utf-8"));
  }
}
