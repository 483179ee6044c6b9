package dev.bailiff.gateway.server;

import dev.bailiff.gateway.request.PercentDecoding;
import dev.bailiff.gateway.request.QueryParameters;
import java.nio.charset.StandardCharsets;

/** Hides tokens in a path with query, in any encoding of the parameter's name. */
public final class QueryMask {

  private QueryMask() {}

  public static String hide(String pathQuery) {
    int question = pathQuery.indexOf('?');
    if (question < 0) {
      return pathQuery;
    }
    var shown = new StringBuilder(pathQuery.substring(0, question + 1));
    var query = pathQuery.substring(question + 1);
    var separators = QueryParameters.SEPARATORS.matcher(query);
    int begin = 0;
    while (separators.find()) {
      shown
          .append(hideValue(query.substring(begin, separators.start())))
          .append(separators.group());
      begin = separators.end();
    }
    return shown.append(hideValue(query.substring(begin))).toString();
  }

  private static String hideValue(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 0) {
      return pair;
    }
    var name =
        new String(PercentDecoding.queryPart(pair.substring(0, equals)), StandardCharsets.UTF_8);
    return name.strip().equalsIgnoreCase("access_token") ? "access_token=<hidden>" : pair;
  }
}
