package dev.bailiff.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The address of a receiver. Often its path is a secret by itself, so only {@link #receiver()} is
 * for people.
 *
 * @param uri with {@code https}, or with {@code http} for networks that the configuration allows
 */
public record WebhookAddress(URI uri) {
  private static final int LONGEST = 2_000;

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none; its message is a sentence for people and has no
   *     part of the address
   */
  public static WebhookAddress parse(String text) {
    if (text.length() > LONGEST) {
      throw refusal("is longer than " + LONGEST + " characters");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw refusal("is no URL such as https://hooks.example.org/bailiff");
    }
    var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw refusal("must begin with https://");
    }
    if (uri.getHost() == null || uri.getPort() > 65_535 || uri.getPort() == 0) {
      throw refusal("has no valid host and port");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw refusal("must have neither a user nor a fragment");
    }
    if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw refusal("must be written in ASCII: use the xn-- form of a host and percent-encoding");
    }
    return new WebhookAddress(uri);
  }

  /** Scheme, host and port: what people may see, and what shares a bound of calls at a time. */
  public String receiver() {
    var scheme = Objects.requireNonNull(uri.getScheme()).toLowerCase(Locale.ROOT);
    var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return scheme + "://" + host() + port;
  }

  /** The name or address of the host; one of IPv6 is in brackets. */
  public String host() {
    return Objects.requireNonNull(uri.getHost()).toLowerCase(Locale.ROOT);
  }

  /**
   * The addresses to call now, all of them allowed. A name may have others a moment later.
   *
   * @throws RefusedAddressException if one of them may not be called
   * @throws UnknownHostException if there is no address
   */
  public List<InetAddress> resolve(AddressPolicy policy, HostLookup lookup)
      throws UnknownHostException {
    return policy.require(lookup.find(host()), isEncrypted());
  }

  /** Whether the connection is one of TLS. */
  public boolean isEncrypted() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  private static IllegalArgumentException refusal(String fault) {
    return new IllegalArgumentException("The address of a webhook " + fault);
  }

  /** Without the path, which may be a secret. */
  @Override
  public String toString() {
    return receiver();
  }
}
