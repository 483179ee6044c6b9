package dev.bailiff.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretTest {

  /** The example of the libraries of Standard Webhooks. */
  @Test
  void aSignatureIsThatOfStandardWebhooks() {
    var secret = SigningSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();

    assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aNewSecretIsReadBackAndNeverShown() {
    var secret = SigningSecret.random();

    assertThat(secret.text()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(SigningSecret.parse(secret.text()).orElseThrow().sign("a", 1, "b"))
        .isEqualTo(secret.sign("a", 1, "b"))
        .isNotEqualTo(SigningSecret.random().sign("a", 1, "b"));
    assertThat(secret).hasToString("whsec_...");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "whsec_", "whsec_c2hvcnQ=", "whsec_%%%%", "WHSEC_AAAA"})
  void otherTextsAreNoSecrets(String text) {
    assertThat(SigningSecret.parse(text)).isEmpty();
  }
}
