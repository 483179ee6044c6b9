package dev.bailiff.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that count as the same client or as different clients. */
class ClientAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, 192.0.2.1",
    "2001:db8:0:1::1, 2001:db8:0:1::1, 20010db800000001",
    "[2001:db8:0:1:ffff::2], 2001:db8:0:1:ffff::2, 20010db800000001",
    "fe80::1%eth0, fe80::1, fe80000000000000",
    "[fe80::1%eth0], fe80::1, fe80000000000000",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1, 192.0.2.1",
    "0000:0000:0000:0000:0000:ffff:192.168.100.200, 0000:0000:0000:0000:0000:ffff:192.168.100.200, 192.168.100.200"
  })
  void literalIsKeptAndItsNetworkFound(String text, String literal, String network) {
    assertThat(ClientAddress.of(text)).isEqualTo(new ClientAddress(literal, network));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "_hidden",
        "host.example",
        "256.0.0.1",
        "010.0.0.1",
        "1.2.3",
        "::::",
        "a:b",
        ":",
        "00001::1",
        "::ffff:010.0.0.1",
        "\uff11.2.3.4",
        "192.0.2.1:80"
      })
  void whatIsNoLiteralIsOneAddress(String text) {
    assertThat(ClientAddress.of(text)).isEqualTo(new ClientAddress("unknown", "unknown"));
  }

  @Test
  void lengthOfTheTextMakesNoDifference() {
    assertThat(ClientAddress.of(":".repeat(8_000)).literal()).isEqualTo("unknown");
    assertThat(ClientAddress.of("::" + "0".repeat(60)).literal()).isEqualTo("unknown");
  }
}
