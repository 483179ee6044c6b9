package dev.bailiff.gateway.request;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.util.regex.Pattern;

/** A legal room id (admin-api 1.8). */
public record RoomId(String value) {
  // Room version 12 names a room by the hash of its first event alone.
  private static final Pattern HASH = Pattern.compile("![A-Za-z0-9_-]{43}");
  private static final Pattern SERVER =
      Pattern.compile("(?:[0-9A-Za-z.-]+|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]+)?");

  /**
   * Checks that a room id is legal.
   *
   * @throws ApiException 400 {@code M_UNKNOWN}
   */
  public static RoomId parse(String text) {
    if (!isLegal(text)) {
      throw ApiException.bad(Errcode.M_UNKNOWN, text + " is not a legal room ID");
    }
    return new RoomId(text);
  }

  /** Whether this is a legal room id that the store can hold, also as a key. */
  public static boolean isLegal(String text) {
    if (!text.startsWith("!") || !StorableText.isStorable(text) || !StorableText.isShort(text)) {
      return false;
    }
    int colon = text.indexOf(':');
    return colon < 0
        ? HASH.matcher(text).matches()
        : SERVER.matcher(text.substring(colon + 1)).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
