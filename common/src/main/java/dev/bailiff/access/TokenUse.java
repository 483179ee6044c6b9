package dev.bailiff.access;

import dev.bailiff.secret.ClientAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One use of a token, recorded for whois and "last seen" (admin-api 1.2). Clients choose their user
 * agent freely; it is cut to 500 bytes. The address may come from a header; all texts that are no
 * IP literal count as one address.
 */
public record TokenUse(String userId, @Nullable String deviceId, String ip, String userAgent) {
  /** In bytes. */
  private static final int LONGEST_USER_AGENT = 500;

  public TokenUse {
    ip = ClientAddress.of(ip).literal();
    userAgent = cut(userAgent, LONGEST_USER_AGENT);
  }

  private static String cut(String text, int most) {
    if (bytes(text) <= most) {
      return text;
    }
    int end = 0;
    int length = 0;
    while (true) {
      int next = text.offsetByCodePoints(end, 1);
      length += bytes(text.substring(end, next));
      if (length > most) {
        return text.substring(0, end);
      }
      end = next;
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
