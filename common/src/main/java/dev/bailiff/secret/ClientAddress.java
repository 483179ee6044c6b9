package dev.bailiff.secret;

import com.google.common.base.CharMatcher;
import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The address of a client. Behind a proxy the address comes from a header, so it may be any text of
 * any length; all texts that are no IP literal count as one and the same address.
 *
 * @param literal the IP literal as given, without brackets and zone, at most 45 characters; or
 *     {@code unknown}
 * @param network the addresses that count as one client: an IPv4 address, or the first 64 bits of
 *     an IPv6 address, as a client with one address of such a network usually has all of them; or
 *     {@code unknown}
 */
public record ClientAddress(String literal, String network) {
  private static final ClientAddress UNKNOWN = new ClientAddress("unknown", "unknown");

  /** Leaves room for brackets and a zone; longer texts are not matched against the pattern. */
  private static final int LONGEST_TEXT = 100;

  /** An IPv4 address is accepted with brackets or a zone as well. */
  private static final Pattern BRACKETS_AND_ZONE = Pattern.compile("\\[?([^\\]%]*)(?:%[^\\]]*)?]?");

  private static final int NETWORK_BYTES = 8;

  /** Reads the text that a request has for the address of its client. */
  public static ClientAddress of(String text) {
    if (text.length() > LONGEST_TEXT) {
      return UNKNOWN;
    }
    var matcher = BRACKETS_AND_ZONE.matcher(text);
    return matcher.matches() && isLiteral(matcher.group(1))
        ? new ClientAddress(matcher.group(1), network(InetAddresses.forString(matcher.group(1))))
        : UNKNOWN;
  }

  /** Guava accepts the digits of all scripts; an address has ASCII digits only. */
  private static boolean isLiteral(String text) {
    return CharMatcher.ascii().matchesAllOf(text) && InetAddresses.isInetAddress(text);
  }

  /** An IPv4 address written as an IPv6 address is an IPv4 address here. */
  private static String network(InetAddress address) {
    return address instanceof Inet4Address
        ? InetAddresses.toAddrString(address)
        : HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES);
  }
}
