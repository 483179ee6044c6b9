package dev.bailiff.webhook;

import dev.bailiff.schemas.filter.Network;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses may be called: public ones, and those that the configuration allows. Everything
 * that is not known to be public is refused: loopback, link-local, private and unique-local
 * addresses, those of carriers' NAT, multicast, addresses reserved for documentation and tests, and
 * IPv6 addresses that stand for an IPv4 address.
 */
public final class AddressPolicy {
  private static final List<Network> NOT_PUBLIC =
      networks(
          List.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20"));

  /** The only part of IPv6 from which public addresses are given out. */
  private static final Network GLOBAL_UNICAST = networks(List.of("2000::/3")).get(0);

  private final List<Network> allowed;

  /**
   * @param allowed networks in CIDR notation that may be called although they are not public
   * @throws IllegalArgumentException if one is no network
   */
  public AddressPolicy(List<String> allowed) {
    this.allowed = networks(allowed);
  }

  /**
   * Returns the addresses of a host, if each of them may be called. One that may not be called
   * spoils the others: a host has it by an attack or by a mistake.
   *
   * @param isEncrypted whether the connection is one of TLS; others are only for networks that the
   *     configuration names
   */
  public List<InetAddress> require(List<InetAddress> addresses, boolean isEncrypted)
      throws RefusedAddressException {
    for (var address : addresses) {
      if (isNamed(address)) {
        continue;
      }
      if (!isPublic(address)) {
        throw new RefusedAddressException(
            "the address "
                + literal(address)
                + " is not public, and webhooks.allow of the configuration does not name it");
      }
      if (!isEncrypted) {
        throw new RefusedAddressException(
            "http:// is only for networks that webhooks.allow of the configuration names: use https://");
      }
    }
    return addresses;
  }

  private boolean isNamed(InetAddress address) {
    var text = literal(address);
    return allowed.stream().anyMatch(network -> network.contains(text));
  }

  private static boolean isPublic(InetAddress address) {
    var text = literal(address);
    boolean known = address.getAddress().length == 4 || GLOBAL_UNICAST.contains(text);
    return known && NOT_PUBLIC.stream().noneMatch(network -> network.contains(text));
  }

  /** Without the interface that a link-local address of IPv6 may have at its end. */
  private static String literal(InetAddress address) {
    var text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  private static List<Network> networks(List<String> texts) {
    return texts.stream()
        .map(
            text ->
                Network.parse(text)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "'" + text + "' is no network such as 10.0.0.0/8")))
        .toList();
  }
}
