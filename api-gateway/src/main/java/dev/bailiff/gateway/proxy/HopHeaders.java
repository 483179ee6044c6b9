package dev.bailiff.gateway.proxy;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The headers of a message that hold for one connection and are not passed on: those that HTTP
 * names, and those that the header {@code Connection} of this message names.
 */
final class HopHeaders {
  private static final Set<HttpHeader> ALWAYS =
      EnumSet.of(
          HttpHeader.CONNECTION,
          HttpHeader.KEEP_ALIVE,
          HttpHeader.PROXY_AUTHENTICATE,
          HttpHeader.PROXY_AUTHORIZATION,
          HttpHeader.PROXY_CONNECTION,
          HttpHeader.TE,
          HttpHeader.TRAILER,
          HttpHeader.TRANSFER_ENCODING,
          HttpHeader.UPGRADE);

  private static final Pattern COMMA = Pattern.compile(",");

  private final Set<String> named;

  private HopHeaders(Set<String> named) {
    this.named = named;
  }

  /** Those of a message with these headers. */
  static HopHeaders of(HttpFields headers) {
    var named = new HashSet<String>();
    headers
        .getValuesList(HttpHeader.CONNECTION)
        .forEach(value -> COMMA.splitAsStream(value).map(HopHeaders::lower).forEach(named::add));
    // Without them a request gets the host, and an answer the date, of the gateway.
    named.remove("host");
    named.remove("date");
    return new HopHeaders(named);
  }

  boolean contains(HttpField field) {
    return ALWAYS.contains(field.getHeader()) || named.contains(lower(field.getName()));
  }

  private static String lower(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
