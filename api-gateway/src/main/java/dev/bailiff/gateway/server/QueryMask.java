package dev.bailiff.gateway.server;

import dev.bailiff.gateway.request.PercentDecoding;
import dev.bailiff.gateway.request.QueryParameters;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Hides tokens in a path with query, in any encoding of the parameter's name. */
public final class QueryMask {

  /**
   * Parameters whose values let somebody act as another. All but the first are of calls that are
   * passed to a homeserver: tokens of registrations and of addresses, and of single sign-on.
   */
  private static final Set<String> SECRETS =
      Set.of(
          "access_token",
          "token",
          "logintoken",
          "login_token",
          "client_secret",
          "sid",
          "code",
          "state",
          "session",
          "refresh_token");

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
    var word = name.strip().toLowerCase(Locale.ROOT);
    return SECRETS.contains(word) ? word + "=<hidden>" : pair;
  }
}
