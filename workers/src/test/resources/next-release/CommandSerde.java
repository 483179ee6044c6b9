package dev.bailiff.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.schemas.event.JobEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/**
 * A possible version of this class in the next release, for tests of a rolling upgrade. Its
 * commands have version 2, in which every field has another place than in version 1. It reads both
 * versions and writes the new one. No release in between only reads the new version, which is the
 * hardest case.
 */
public final class CommandSerde {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new JavaTimeModule())
          .build();

  private CommandSerde() {}

  public static byte[] write(SegmentCommand command) {
    var json = MAPPER.createObjectNode().put("version", 2);
    json.put("at", command.jobId() + "/" + command.stage() + "/" + command.segment());
    json.put("work", command.kind()).put("lease", command.epoch());
    return bytes(json);
  }

  public static byte[] write(JobEvent event) {
    return bytes(event);
  }

  public static SegmentCommand readCommand(byte[] bytes) throws CommandUnreadableException {
    try {
      var json = MAPPER.readTree(bytes);
      return switch (json.path("version").asInt()) {
        case 1 -> MAPPER.treeToValue(json, SegmentCommand.class);
        case 2 -> version2(json);
        default -> throw new CommandUnreadableException("neither version 1 nor 2");
      };
    } catch (IOException e) {
      throw new CommandUnreadableException("not a command", e);
    }
  }

  private static SegmentCommand version2(JsonNode json) {
    var at = json.required("at").textValue().split("/");
    return new SegmentCommand(
        SegmentCommand.VERSION,
        UUID.fromString(at[0]),
        json.required("work").textValue(),
        Integer.parseInt(at[1]),
        Integer.parseInt(at[2]),
        json.required("lease").intValue(),
        null);
  }

  public static JobEvent readEvent(byte[] bytes) throws CommandUnreadableException {
    try {
      return MAPPER.readValue(bytes, JobEvent.class);
    } catch (IOException e) {
      throw new CommandUnreadableException("not an event", e);
    }
  }

  private static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
