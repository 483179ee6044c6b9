package dev.bailiff.webhook;

import java.util.UUID;

/** The id of a message as receivers see it. Each attempt has the same. */
final class MessageId {
  private MessageId() {}

  static String of(UUID id) {
    return "msg_" + id.toString().replace("-", "");
  }
}
