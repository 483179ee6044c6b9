package dev.bailiff.secret;

import java.net.InetAddress;
import java.net.UnknownHostException;
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

  /** Length of an IPv6 address that ends in an IPv4 address, written in full. */
  private static final int LONGEST = 45;

  /** Leaves room for brackets and a zone; longer texts are not matched against the pattern. */
  private static final int LONGEST_TEXT = 100;

  // A text outside this pattern would make the resolver ask the DNS.
  private static final Pattern LITERAL =
      Pattern.compile(
          "\\[?(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:%[^\\]]*)?\\]?");

  private static final int NETWORK_BYTES = 8;

  /** Reads the text that a request has for the address of its client. */
  public static ClientAddress of(String text) {
    if (text.length() > LONGEST_TEXT) {
      return UNKNOWN;
    }
    var matcher = LITERAL.matcher(text);
    if (!matcher.matches() || matcher.group(1).length() > LONGEST) {
      return UNKNOWN;
    }
    var literal = matcher.group(1);
    try {
      return literal.contains(":") ? ofIpv6(literal) : ofIpv4(literal);
    } catch (UnknownHostException e) {
      return UNKNOWN;
    }
  }

  private static ClientAddress ofIpv4(String literal) {
    for (String part : literal.split("\\.", -1)) {
      boolean octal = part.length() > 1 && part.startsWith("0");
      if (octal || Integer.parseInt(part) > 255) {
        return UNKNOWN;
      }
    }
    return new ClientAddress(literal, literal);
  }

  /** With brackets the JDK reads any text as a literal and never as a host name. */
  private static ClientAddress ofIpv6(String literal) throws UnknownHostException {
    return new ClientAddress(
        literal, network(InetAddress.getByName("[" + literal + "]").getAddress()));
  }

  /** An IPv4 address written as an IPv6 address has four bytes here. */
  private static String network(byte[] bytes) throws UnknownHostException {
    return bytes.length == 4
        ? InetAddress.getByAddress(bytes).getHostAddress()
        : HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES);
  }
}
