package dev.bailiff.gateway.admin.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.homeserver.store.list.Patch;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The bodies of the calls that create and change registration tokens (admin-api 5.38). */
final class TokenBody {
  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-";
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
  private static final int LONGEST = 64;
  private static final long USUAL_LENGTH = 16;

  private final ObjectNode body;
  private final long now;

  /**
   * @param now ms since the epoch
   */
  TokenBody(ObjectNode body, long now) {
    this.body = body;
    this.now = now;
  }

  /** The requested token, or a random one if the body names none. */
  String token(SecureRandom random) {
    var token = body.get("token");
    if (token == null) {
      return random
          .ints(length(), 0, CHARACTERS.length())
          .mapToObj(i -> String.valueOf(CHARACTERS.charAt(i)))
          .collect(Collectors.joining());
    }
    if (!token.isTextual() || !TOKEN.matcher(token.textValue()).matches()) {
      throw invalid("token must be a string of 1 to 64 characters out of A-Z a-z 0-9 . _ ~ -");
    }
    return token.textValue();
  }

  private long length() {
    var length = body.get("length");
    if (length == null) {
      return USUAL_LENGTH;
    }
    if (!length.isIntegralNumber()
        || !length.canConvertToLong()
        || length.longValue() < 1
        || length.longValue() > LONGEST) {
      throw invalid("length must be an integer from 1 to 64");
    }
    return length.longValue();
  }

  /** How often the token may be used; null if the key is absent. */
  @Nullable Patch<Long> usesAllowed() {
    var uses = integer("uses_allowed");
    if (uses != null && uses.value() != null && uses.value() < 0) {
      throw invalid("uses_allowed must be a non-negative integer or null");
    }
    return uses;
  }

  /** When the token expires; null if the key is absent. */
  @Nullable Patch<Long> expiryTime() {
    var expiry = integer("expiry_time");
    if (expiry != null && expiry.value() != null && expiry.value() < now) {
      throw invalid("expiry_time must not be in the past");
    }
    return expiry;
  }

  private @Nullable Patch<Long> integer(String key) {
    var value = body.get(key);
    if (value == null) {
      return null;
    }
    if (value.isNull()) {
      return new Patch<>(null);
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw invalid(key + " must be an integer or null");
    }
    return new Patch<>(value.longValue());
  }

  static ApiException invalid(String text) {
    return ApiException.bad(Errcode.M_INVALID_PARAM, text);
  }
}
