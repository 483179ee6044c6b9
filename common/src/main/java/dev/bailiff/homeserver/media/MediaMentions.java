package dev.bailiff.homeserver.media;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Media in the contents of events. What an event <em>shows</em> stands under the keys by which
 * clients show files; what it <em>names</em> may stand anywhere, as in the text of a message. Only
 * what is shown is ever deleted, and whatever is named stays. Of encrypted events neither can be
 * read.
 */
public final class MediaMentions {

  private static final Pattern URI =
      Pattern.compile("mxc://[A-Za-z0-9.:\\[\\]-]+/[A-Za-z0-9_=~-]+");

  private static final List<String> SHOWN =
      List.of(
          "/url", "/avatar_url", "/file/url", "/info/thumbnail_url", "/info/thumbnail_file/url");

  private MediaMentions() {}

  /** The media that a content shows. */
  public static Set<String> shown(JsonNode content) {
    var shown = new LinkedHashSet<String>();
    for (String pointer : SHOWN) {
      var text = content.at(pointer).textValue();
      if (text != null && URI.matcher(text).matches()) {
        shown.add(text);
      }
    }
    return shown;
  }

  /** The media that a content names anywhere. */
  public static Set<String> named(JsonNode content) {
    var named = new LinkedHashSet<String>();
    addNamed(content, named);
    return named;
  }

  /**
   * The media that a text names anywhere. JSON as Synapse stores it may be read as a text: no
   * character of a URI is escaped in it.
   */
  public static Set<String> named(String text) {
    var named = new LinkedHashSet<String>();
    addNamed(text, named);
    return named;
  }

  private static void addNamed(JsonNode node, Set<String> named) {
    if (node.isTextual()) {
      addNamed(node.textValue(), named);
    }
    node.forEach(child -> addNamed(child, named));
  }

  private static void addNamed(String text, Set<String> named) {
    URI.matcher(text).results().forEach(match -> named.add(match.group()));
  }
}
