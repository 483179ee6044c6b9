package dev.bailiff.worker.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.webhook.DeliveryQueue;
import dev.bailiff.webhook.TakenDelivery;

/** The JSON that a receiver gets. It names a job, and has nothing of what the job works on. */
final class MessageBody {
  private final DeliveryQueue queue;

  MessageBody(DeliveryQueue queue) {
    this.queue = queue;
  }

  /** {@code {"event", "job", "at", "id"}}, or {@code {"text"}} for people. */
  String of(TakenDelivery delivery) {
    var body = JsonNodeFactory.instance.objectNode();
    if (delivery.isText()) {
      return body.put("text", NotifyText.of(delivery, queue.facts(delivery.job()))).toString();
    }
    return body.put("event", delivery.event())
        .put("job", delivery.job().toString())
        .put("at", delivery.happenedAt().toString())
        .put("id", delivery.messageId())
        .toString();
  }
}
