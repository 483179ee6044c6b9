package dev.bailiff.homeserver.synapse.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Path and query of a call, percent-encoded.
 *
 * @param text begins with a slash
 */
public record ApiPath(String text) {

  /**
   * A path in which ids stand.
   *
   * @param template a path with {@code {}} in each id's place
   */
  public static ApiPath of(String template, String... ids) {
    var path = new StringBuilder();
    int from = 0;
    for (String id : ids) {
      int place = template.indexOf("{}", from);
      if (place < 0) {
        throw new IllegalArgumentException("more ids than places: " + template);
      }
      path.append(template, from, place).append(encode(id));
      from = place + 2;
    }
    return new ApiPath(path.append(template.substring(from)).toString());
  }

  /** The same path with one more query parameter. */
  public ApiPath with(String name, String value) {
    return new ApiPath(
        text + (text.indexOf('?') < 0 ? "?" : "&") + encode(name) + "=" + encode(value));
  }

  /** The same path with one more numeric query parameter. */
  public ApiPath with(String name, long value) {
    return with(name, Long.toString(value));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
