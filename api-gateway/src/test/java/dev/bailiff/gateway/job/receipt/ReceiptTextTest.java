package dev.bailiff.gateway.job.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.schemas.api.ProgressReply;
import dev.bailiff.schemas.api.receipt.ReceiptReply;
import dev.bailiff.schemas.api.receipt.ReceiptStageReply;
import dev.bailiff.schemas.api.receipt.ReceiptTargetReply;
import dev.bailiff.schemas.api.receipt.VerdictCountReply;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptTextTest {

  @Test
  void everyFactIsALine() {
    var receipt =
        new ReceiptReply(
            "0f7c",
            "chat.example",
            Instant.parse("2026-12-01T10:00:00Z"),
            "redact-events",
            JsonNodeFactory.instance.objectNode().put("reason", "spam"),
            null,
            "@admin:chat.example",
            "spam\nstatus     completed",
            "MOD-112",
            Instant.parse("2026-12-01T08:00:00Z"),
            Instant.parse("2026-12-01T08:00:01Z"),
            Instant.parse("2026-12-01T08:00:09Z"),
            "cancelled",
            null,
            List.of(new ReceiptStageReply("redact", new ProgressReply(9, 5, 1, 3))),
            2,
            List.of(new VerdictCountReply("gone", 1), new VerdictCountReply("left-over", 1)),
            List.of(
                new ReceiptTargetReply("@a:x", "gone", List.of(), null),
                new ReceiptTargetReply("@b:x", "left-over", List.of("3 events", "1 room"), null)),
            "/all");

    assertThat(ReceiptText.of(receipt))
        .isEqualTo(
            """
            Receipt

            job        0f7c
            server     chat.example
            what       redact-events
            with       {"reason":"spam"}
            asked by   @admin:chat.example
            why        spam\\nstatus     completed
            reference  MOD-112
            accepted   2026-12-01T08:00:00Z
            began      2026-12-01T08:00:01Z
            ended      2026-12-01T08:00:09Z
            status     cancelled
            step       redact: 5 done, 3 skipped, 1 failed
            targets    2: 1 gone, 1 left-over
            issued     2026-12-01T10:00:00Z

            @a:x  gone
            @b:x  left-over: 3 events, 1 room
            and others: /all
            """);
  }
}
