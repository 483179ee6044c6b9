package dev.bailiff.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bailiff.schemas.command.AcceptedRequest;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.schemas.event.JobEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandSerdeTest {
  private static final SegmentCommand COMMAND =
      new SegmentCommand(
          SegmentCommand.VERSION,
          UUID.fromString("3f0c8a52-6d4e-4a0e-9a57-1c9a2f6f0f11"),
          "redact-events",
          1,
          7,
          3,
          new AcceptedRequest(
              List.of("@a:x"), JsonNodeFactory.instance.objectNode(), "@admin:x", null));

  @Test
  void aCommandComesBackAsItWasWritten() throws CommandUnreadableException {
    assertThat(CommandSerde.readCommand(CommandSerde.write(COMMAND))).isEqualTo(COMMAND);
  }

  @Test
  void whatIsWrittenFitsItsJsonSchema() throws IOException {
    var event =
        new JobEvent(
            1,
            "transition",
            5L,
            COMMAND.jobId(),
            "redact-events",
            "active",
            "completed",
            null,
            Instant.EPOCH);

    assertThat(
            problems(
                "/dev/bailiff/schemas/command/segment-command.schema.json",
                CommandSerde.write(COMMAND)))
        .isEmpty();
    assertThat(
            problems("/dev/bailiff/schemas/event/job-event.schema.json", CommandSerde.write(event)))
        .isEmpty();
  }

  @Test
  void unknownFieldsAreIgnored() throws Exception {
    var json = new ObjectMapper().readTree(CommandSerde.write(COMMAND));
    ((com.fasterxml.jackson.databind.node.ObjectNode) json).put("colour", "blue");

    assertThat(CommandSerde.readCommand(new ObjectMapper().writeValueAsBytes(json)))
        .isEqualTo(COMMAND);
  }

  @Test
  void anotherVersionAndWhatIsNoCommandAreRefused() {
    for (var bytes :
        List.of(
            "{\"version\":2,\"job_id\":\"3f0c8a52-6d4e-4a0e-9a57-1c9a2f6f0f11\"}",
            "{\"version\":1}",
            "{}",
            "not JSON",
            "[]",
            "null",
            "[".repeat(100_000),
            changed("version", "4294967297"),
            changed("version", "1.0"),
            changed("version", "\"1\""),
            changed("stage", "1.5"),
            changed("stage", "\"1\""),
            changed("segment", "-7"),
            changed("segment", "4294967297"),
            changed("epoch", "1e999"),
            changed("epoch", "null"),
            changed("job_id", "7"),
            changed("kind", "[]"),
            changed("epoch", "3") + "{}",
            "")) {
      assertThatThrownBy(() -> CommandSerde.readCommand(bytes.getBytes(StandardCharsets.UTF_8)))
          .as(bytes)
          .isInstanceOf(CommandUnreadableException.class);
    }
  }

  @Test
  void whatHasNoValueOrIsNoUtf8IsRefusedAsTheRestIs() {
    for (var bytes : new byte[][] {null, {'"', (byte) 0xc3, '"'}, {0}}) {
      assertThatThrownBy(() -> CommandSerde.readCommand(bytes))
          .isInstanceOf(CommandUnreadableException.class);
      assertThatThrownBy(() -> CommandSerde.readEvent(bytes))
          .isInstanceOf(CommandUnreadableException.class);
    }
    for (var text : List.of("", "null", "{}", "[]", "7", "{\"job_id\":7}")) {
      assertThatThrownBy(() -> CommandSerde.readEvent(text.getBytes(StandardCharsets.UTF_8)))
          .as(text)
          .isInstanceOf(CommandUnreadableException.class);
    }
  }

  /** The JSON of the command with another value for one field. */
  private static String changed(String field, String value) {
    return new String(CommandSerde.write(COMMAND), StandardCharsets.UTF_8)
        .replaceFirst("\"" + field + "\":(\"[^\"]*\"|[0-9]+)", "\"" + field + "\":" + value);
  }

  private List<com.networknt.schema.Error> problems(String schema, byte[] json) throws IOException {
    try (var resource = getClass().getResourceAsStream(schema)) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(resource)
          .validate(new String(json, StandardCharsets.UTF_8), InputFormat.JSON);
    }
  }
}
