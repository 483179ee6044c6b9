package dev.bailiff.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
  private final AddressPolicy strict = new AddressPolicy(List.of());
  private final AddressPolicy lenient = new AddressPolicy(List.of("10.20.0.0/16", "fd00:1::/32"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%1",
        "fec0::1",
        "ff02::1"
      })
  void anAddressThatIsNotPublicIsRefused(String address) {
    assertThatThrownBy(() -> strict.require(addresses(address), true))
        .isInstanceOf(RefusedAddressException.class)
        .hasMessageContaining("webhooks.allow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.20.0.1",
        "223.255.255.255",
        "2001:4860:4860::8888",
        "2a01:4f8::1",
        "::ffff:1.1.1.1"
      })
  void aPublicAddressIsCalledWithTlsAlone(String address) {
    assertThatCode(() -> strict.require(addresses(address), true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> strict.require(addresses(address), false))
        .isInstanceOf(RefusedAddressException.class)
        .hasMessageContaining("https://");
  }

  @Test
  void namedNetworksAreCalledAndNoOthers() throws UnknownHostException {
    assertThat(lenient.require(addresses("10.20.3.4", "fd00:1::5"), false)).hasSize(2);
    assertThatThrownBy(() -> lenient.require(addresses("10.21.0.1"), true))
        .isInstanceOf(RefusedAddressException.class);
  }

  @Test
  void oneBadAddressOfAHostSpoilsTheOthers() {
    assertThatThrownBy(() -> strict.require(addresses("1.1.1.1", "127.0.0.1"), true))
        .isInstanceOf(RefusedAddressException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hooks",
        "ftp://example.org",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user:pass@example.org/",
        "https://example.org/#part",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://exämple.org/",
        "https://example.org/\r\nHost: other",
        "javascript:alert(1)"
      })
  void otherTextsAreNoAddress(String text) {
    assertThatThrownBy(() -> WebhookAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The address of a webhook ");
  }

  /** Old forms of IPv4 addresses are resolved first, and then checked. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "https://LOCALHOST/"
      })
  void everySpellingOfLoopbackIsRefused(String text) {
    assertThatThrownBy(() -> WebhookAddress.parse(text).resolve(strict, HostLookup.SYSTEM))
        .isInstanceOfAny(RefusedAddressException.class, IllegalArgumentException.class);
  }

  @Test
  void anAddressIsShownWithoutItsPath() {
    var address = WebhookAddress.parse("HTTPS://Hooks.Example.org:8443/T000/secret?key=1");

    assertThat(address.receiver()).isEqualTo("https://hooks.example.org:8443");
    assertThat(address).hasToString("https://hooks.example.org:8443");
  }

  private static List<InetAddress> addresses(String... literals) {
    return Arrays.stream(literals)
        .map(
            literal -> {
              try {
                return InetAddress.getByName(literal);
              } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
              }
            })
        .toList();
  }
}
