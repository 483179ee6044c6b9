package dev.bailiff.gateway.admin.event;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.secret.Sha256;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The start of the next page of a hierarchy: the number of rooms shown, and a mark of the request.
 * The mark is needed as a position in one walk means nothing in another walk.
 */
final class HierarchyToken {
  private static final Pattern TOKEN = Pattern.compile("([0-9]{1,18})-([0-9a-f]{16})");
  private static final int MARK_BYTES = 8;

  private HierarchyToken() {}

  static String write(PathSegment room, long maxDepth, long shown) {
    return shown + "-" + mark(room, maxDepth);
  }

  /**
   * Reads the number of rooms shown.
   *
   * @throws ApiException 400 {@code M_INVALID_PARAM} for a token that was not written for this walk
   */
  static long read(String token, PathSegment room, long maxDepth) {
    var matcher = TOKEN.matcher(token);
    if (!matcher.matches() || !matcher.group(2).equals(mark(room, maxDepth))) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "Unknown pagination token");
    }
    return Long.parseLong(matcher.group(1));
  }

  private static String mark(PathSegment room, long maxDepth) {
    var hash = Sha256.of(maxDepth + " " + room.value());
    return HexFormat.of().formatHex(hash, 0, MARK_BYTES);
  }
}
