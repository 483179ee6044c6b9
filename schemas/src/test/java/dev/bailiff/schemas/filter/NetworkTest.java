package dev.bailiff.schemas.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7, true",
    "203.0.113.7, 203.0.113.8, false",
    "203.0.113.0/24, 203.0.113.255, true",
    "203.0.113.0/24, 203.0.114.0, false",
    "203.0.113.77/24, 203.0.113.1, true",
    "0.0.0.0/0, 255.255.255.255, true",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8::1, 2001:0DB8:0:0:0:0:0:1, true",
    "0.0.0.0/0, ::1, false",
    "0.0.0.0/0, somewhere, false"
  })
  void containsAddresses(String network, String address, boolean contains) {
    assertThat(Network.parse(network).orElseThrow().contains(address)).isEqualTo(contains);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.77/24, 203.0.113.0, 203.0.113.255",
    "10.0.0.1, 10.0.0.1, 10.0.0.1",
    "0.0.0.0/0, 0.0.0.0, 255.255.255.255"
  })
  void hasAFirstAndALastAddress(String network, String first, String last) {
    var parsed = Network.parse(network).orElseThrow();

    assertThat(parsed.first()).isEqualTo(first);
    assertThat(parsed.last()).isEqualTo(last);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "1.2.3",
        "256.1.1.1",
        "1.2.3.4/33",
        "1.2.3.4/",
        "::1/129",
        ":::1",
        "1.2.3.4/-1"
      })
  void refusesWhatIsNoNetwork(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }
}
