package dev.bailiff.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The end of the chain at some time. Who keeps one elsewhere can tell later whether the rows up to
 * it are still those of then.
 *
 * @param number rows in the chain
 * @param hash of its last link, in hexadecimal digits
 */
public record AuditHead(long number, String hash) {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?<![0-9a-f])(\\d{1,18})\\b[^0-9a-f\\n]*(?:hash)?[^0-9a-f\\n]*([0-9a-f]{64})\\b");

  /** The heads in a text: lines of the log, or records of the topic. */
  public static List<AuditHead> in(String text) {
    var heads = new ArrayList<AuditHead>();
    for (var line : text.split("\n", -1)) {
      var found = WRITTEN.matcher(line);
      if (found.find()) {
        heads.add(new AuditHead(Long.parseLong(found.group(1)), found.group(2)));
      }
    }
    return heads;
  }

  /** As the topic has it. */
  public String json() {
    return "{\"number\":" + number + ",\"hash\":\"" + hash + "\"}";
  }

  @Override
  public String toString() {
    return number + " " + hash;
  }
}
