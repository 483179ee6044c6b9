package dev.bailiff.gateway.error;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.database.DatabaseFault;
import java.util.Map;
import java.util.Optional;

/**
 * An error as a client sees it (admin-api 1.4).
 *
 * @param status HTTP status
 * @param text for people
 * @param extra further keys of the body: text, whole numbers or booleans
 */
public record ErrorReply(int status, String errcode, String text, Map<String, Object> extra) {
  private static final long SOON_MILLIS = 1_000;

  /** Somebody has to make space first. */
  private static final long LATER_MILLIS = 60_000;

  public ErrorReply {
    extra = Map.copyOf(extra);
  }

  /** An error without further keys. */
  public static ErrorReply of(int status, Errcode errcode, String text) {
    return new ErrorReply(status, errcode.name(), text, Map.of());
  }

  /** The error for a path that is not served (404) or not with this method (405). */
  public static ErrorReply unrecognized(int status) {
    return of(status, Errcode.M_UNRECOGNIZED, "Unrecognized request");
  }

  /** The error for a failure of ours. It shows no internals. */
  public static ErrorReply internal() {
    return of(500, Errcode.M_UNKNOWN, "Internal server error");
  }

  /** The error while PostgreSQL cannot do the work, with the time after which to ask again. */
  public static ErrorReply of(DatabaseFault fault) {
    return switch (fault) {
      case AWAY ->
          again(503, "The database does not answer just now. Try again in a moment", SOON_MILLIS);
      case EXHAUSTED ->
          again(503, "The database has no connection left just now. Try again later", SOON_MILLIS);
      case SLOW ->
          again(
              503,
              "The database took too long, and nothing of this request was stored. Try again later",
              SOON_MILLIS);
      case FULL ->
          again(
              507,
              "The disk of the database is full: nothing of this request was stored. Make space there, then try again",
              LATER_MILLIS);
    };
  }

  /** The error while the homeserver behind the gateway cannot be reached. */
  public static ErrorReply homeserverAway() {
    return of(502, Errcode.M_UNKNOWN, "The homeserver cannot be reached");
  }

  /** A temporary error, with {@code retry_after_ms} and therefore with {@code Retry-After}. */
  public static ErrorReply again(int status, String text, long millis) {
    return new ErrorReply(status, Errcode.M_UNKNOWN.name(), text, Map.of("retry_after_ms", millis));
  }

  /**
   * The error for a status that Jetty or Jersey chose. Their own words never reach the client, as
   * they may quote the request.
   */
  public static ErrorReply ofStatus(int status) {
    return switch (status) {
      case 404, 405 -> unrecognized(status);
      case 408 -> of(status, Errcode.M_UNKNOWN, "The request took too long to arrive");
      case 413 -> of(status, Errcode.M_TOO_LARGE, "The request is too large");
      case 414, 431 -> of(status, Errcode.M_TOO_LARGE, "The head of the request is too large");
      case 501, 505 -> of(status, Errcode.M_UNKNOWN, "This form of HTTP is not spoken here");
      case 503 -> of(status, Errcode.M_UNKNOWN, "The server is stopping or overloaded");
      default ->
          status >= 400 && status < 500
              ? of(status, Errcode.M_UNKNOWN, "The request could not be understood")
              : internal();
    };
  }

  /** The value of {@code Retry-After}, in seconds; empty if the error names no time. */
  public Optional<String> retryAfter() {
    return extra.get("retry_after_ms") instanceof Long millis
        ? Optional.of(Long.toString((millis + 999) / 1000))
        : Optional.empty();
  }

  /** The body. */
  public ObjectNode json() {
    var body = JsonNodeFactory.instance.objectNode().put("errcode", errcode).put("error", text);
    extra.forEach((key, value) -> body.putPOJO(key, value));
    return body;
  }
}
