package dev.bailiff.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.webhook.NotifyConfig;
import dev.bailiff.worker.webhook.WebhookSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderWebhooksTest {

  @Test
  void bothKeysAreReadAndBothMayBeAbsent() {
    var settings =
        FolderWebhooks.parse(
            "{\"webhooks\": {\"allow\": [\"10.20.0.0/16\"]},"
                + " \"notify\": {\"url\": \"https://hookshot.example/webhook/secret\", \"events\": [\"ended\"]}}");

    assertThat(settings.webhooks().allow()).containsExactly("10.20.0.0/16");
    assertThat(settings.whom())
        .extracting(NotifyConfig::events)
        .isEqualTo(List.of("completed", "failed", "cancelled"));
    assertThat(FolderWebhooks.parse("null")).isEqualTo(WebhookSettings.DEFAULT);
    assertThat(FolderWebhooks.parse("{}")).isEqualTo(WebhookSettings.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"notify\": {\"url\": \"https://a.example/secret\", \"event\": []}}",
        "{\"notify\": {\"url\": \"secret\"}}",
        "{\"notify\": {\"url\": \"https://a.example/secret\", \"events\": [\"secret\"]}}",
        "{\"webhooks\": {\"allow\": [\"secret\"]}}",
        "{\"secret\": 1"
      })
  void aFileThatIsWrongIsRefusedWithoutSayingWhatIsInIt(String text) {
    assertThatThrownBy(() -> FolderWebhooks.parse(text))
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining("webhooks.json")
        .message()
        .doesNotContain("secret");
  }
}
