package dev.bailiff.gateway.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A path of the API, such as {@code /_synapse/admin/v1/rooms/{room_id}/block}. Each placeholder
 * takes one whole segment, which may be empty; everything else is compared as it was sent.
 */
record PathTemplate(List<String> segments) implements Comparable<PathTemplate> {
  private static final String PLACEHOLDER = "{}";

  private static final Comparator<String> LITERALS_FIRST =
      Comparator.comparing((String segment) -> segment.equals(PLACEHOLDER))
          .thenComparing(Comparator.naturalOrder());

  static PathTemplate of(String path) {
    return new PathTemplate(
        split(path).stream()
            .map(segment -> segment.startsWith("{") ? PLACEHOLDER : segment)
            .toList());
  }

  /** The segments of a path that starts with {@code /}. */
  static List<String> split(String path) {
    return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
  }

  /** The values of the placeholders, still encoded, if the path matches this template. */
  Optional<List<String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    var values = new ArrayList<String>();
    for (int i = 0; i < path.size(); i++) {
      if (segments.get(i).equals(PLACEHOLDER)) {
        values.add(path.get(i));
      } else if (!segments.get(i).equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** Of two templates that match the same path, the more specific one comes first. */
  @Override
  public int compareTo(PathTemplate other) {
    return Arrays.compare(
        segments.toArray(String[]::new), other.segments.toArray(String[]::new), LITERALS_FIRST);
  }

  /** The path with these values in place of the placeholders. */
  String fill(List<String> values) {
    var path = new StringBuilder();
    int next = 0;
    for (String segment : segments) {
      path.append('/').append(segment.equals(PLACEHOLDER) ? values.get(next++) : segment);
    }
    return path.toString();
  }
}
