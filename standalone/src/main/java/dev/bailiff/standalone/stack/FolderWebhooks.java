package dev.bailiff.standalone.stack;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bailiff.webhook.NotifyConfig;
import dev.bailiff.webhook.WebhooksConfig;
import dev.bailiff.worker.webhook.WebhookSettings;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code webhooks.json} of a data folder, which people write. Each process of the folder
 * reads it at its start.
 *
 * <pre>{@code
 * {"webhooks": {"allow": ["10.20.0.0/16"]}, "notify": {"url": "https://hookshot.example.org/webhook/…"}}
 * }</pre>
 *
 * Both keys may be absent; they are those of {@code worker.yml}.
 */
record FolderWebhooks(
    @JsonProperty("webhooks") @Nullable WebhooksConfig webhooks,
    @JsonProperty("notify") @Nullable NotifyConfig whom) {
  static final String FILE = "webhooks.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * Reads the text of the file.
   *
   * @throws DataFolderException with a sentence that has no part of the text, in which there may be
   *     a secret
   */
  static WebhookSettings parse(String text) {
    try {
      FolderWebhooks read = JSON.readValue(text, FolderWebhooks.class);
      if (read == null) { // the text is the word null
        return WebhookSettings.DEFAULT;
      }
      return new WebhookSettings(
          read.webhooks() == null ? WebhooksConfig.DEFAULT : read.webhooks(), read.whom());
    } catch (JsonProcessingException e) {
      throw new DataFolderException(
          "the file "
              + FILE
              + " of the data folder cannot be used"
              + place(e)
              + ": it has the keys webhooks and notify, as docs/http.md shows",
          e);
    }
  }

  private static String place(JsonProcessingException e) {
    return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? ", at " + mapping.getPath().get(0).getFieldName()
        : "";
  }
}
