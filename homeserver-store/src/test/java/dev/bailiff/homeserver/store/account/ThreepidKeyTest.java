package dev.bailiff.homeserver.store.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Emails are stored as Synapse stores them, by the rules of Python's {@code casefold} and {@code
 * lower}.
 */
class ThreepidKeyTest {

  @ParameterizedTest
  @CsvSource({
    "' Anna@Example.ORG ', anna@example.org",
    "STRASSE@x.org, strasse@x.org",
    "Straße@x.org, strasse@x.org",
    "straße@STRASSE.de, strasse@strasse.de",
    "anna@straße.de, anna@straße.de",
    "ΜΆΙΟΣ@x.gr, μάιοσ@x.gr",
    "Μάιος@x.gr, μάιοσ@x.gr",
    "ıI@x.tr, ıi@x.tr",
    "İ@x.tr, i̇@x.tr",
    "ﬁn@x.org, fin@x.org",
  })
  void anEmailIsCanonical(String given, String stored) {
    assertThat(new ThreepidKey("email", given).canonical().address()).isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource({"msisdn, 4915100000000", "other, ΜΆΙΟΣ"})
  void otherAddressesStayAsTheyAre(String medium, String address) {
    assertThat(new ThreepidKey(medium, address).canonical().address()).isEqualTo(address);
  }
}
