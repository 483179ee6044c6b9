package dev.bailiff.schemas.filter;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses from one to another, both included. They are of the same family.
 *
 * @param text as the client wrote it
 * @param first in its usual form
 * @param last in its usual form
 */
public record Network(String text, String first, String last) {

  /** Only these can be addresses. Everything else would be looked up as a host's name. */
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:]*(:\\d{1,3}(\\.\\d{1,3}){3})?");

  /** Reads {@code address} or {@code address/bits}; empty for anything else. */
  public static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    var address = bytes(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int length = address.get().length * Byte.SIZE;
    int bits = slash < 0 ? length : bits(text.substring(slash + 1));
    if (bits < 0 || bits > length) {
      return Optional.empty();
    }
    var first = new BigInteger(1, address.get());
    var hosts = BigInteger.ONE.shiftLeft(length - bits).subtract(BigInteger.ONE);
    return Optional.of(
        new Network(
            text,
            name(first.andNot(hosts), address.get().length),
            name(first.or(hosts), address.get().length)));
  }

  /** Whether an address lies in this network; what is no address does not. */
  public boolean contains(String address) {
    var other = bytes(address);
    var low = bytes(first);
    var high = bytes(last);
    return other.isPresent()
        && low.isPresent()
        && high.isPresent()
        && other.get().length == low.get().length
        && Arrays.compareUnsigned(other.get(), low.get()) >= 0
        && Arrays.compareUnsigned(other.get(), high.get()) <= 0;
  }

  private static int bits(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  private static Optional<byte[]> bytes(String address) {
    if (!IPV4.matcher(address).matches() && !IPV6.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static String name(BigInteger address, int length) {
    var bytes = new byte[length];
    var given = address.toByteArray();
    int size = Math.min(given.length, length);
    System.arraycopy(given, given.length - size, bytes, length - size, size);
    try {
      var made = InetAddress.getByAddress(bytes);
      return made.getAddress().length == length
          ? made.getHostAddress()
          : "::ffff:" + made.getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + length + " bytes", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
