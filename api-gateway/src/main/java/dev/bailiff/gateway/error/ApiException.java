package dev.bailiff.gateway.error;

import java.util.LinkedHashMap;

/**
 * Ends a request with an error for the client. The error is no failure of ours, so the exception
 * has no stack trace and is not logged.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorReply reply;

  public ApiException(ErrorReply reply) {
    super(reply.errcode() + ": " + reply.text(), null, false, false);
    this.reply = reply;
  }

  public ApiException(int status, Errcode errcode, String text) {
    this(ErrorReply.of(status, errcode, text));
  }

  /** 400 with this code. */
  public static ApiException bad(Errcode errcode, String text) {
    return new ApiException(400, errcode, text);
  }

  /** 404 {@code M_NOT_FOUND}. */
  public static ApiException notFound(String text) {
    return new ApiException(404, Errcode.M_NOT_FOUND, text);
  }

  /** The same error with one more key in its body. */
  public ApiException with(String key, Object value) {
    var extra = new LinkedHashMap<>(reply.extra());
    extra.put(key, value);
    return new ApiException(new ErrorReply(reply.status(), reply.errcode(), reply.text(), extra));
  }

  /** The reply to the client. */
  public ErrorReply reply() {
    return reply;
  }
}
