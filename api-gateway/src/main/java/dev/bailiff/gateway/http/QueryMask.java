package dev.bailiff.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Hides tokens in a path with query, however their parameter's name is encoded. */
final class QueryMask {

  private QueryMask() {}

  static String hide(String pathQuery) {
    int question = pathQuery.indexOf('?');
    if (question < 0) {
      return pathQuery;
    }
    return pathQuery.substring(0, question + 1)
        + Arrays.stream(pathQuery.substring(question + 1).split("&", -1))
            .map(QueryMask::hideValue)
            .collect(Collectors.joining("&"));
  }

  private static String hideValue(String pair) {
    int equals = pair.indexOf('=');
    var name =
        new String(
            PercentDecoding.queryPart(equals < 0 ? pair : pair.substring(0, equals)),
            StandardCharsets.UTF_8);
    return equals >= 0 && name.strip().equalsIgnoreCase("access_token")
        ? "access_token=<hidden>"
        : pair;
  }
}
