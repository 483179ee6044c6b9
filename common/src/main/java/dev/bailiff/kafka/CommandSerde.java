package dev.bailiff.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.schemas.event.JobEvent;
import java.io.IOException;

/** Commands and events as JSON. Unknown fields are ignored, unknown versions refused. */
public final class CommandSerde {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private CommandSerde() {}

  /** A command as bytes. */
  public static byte[] write(SegmentCommand command) {
    return bytes(command);
  }

  /** An event as bytes. */
  public static byte[] write(JobEvent event) {
    return bytes(event);
  }

  /**
   * Reads a command.
   *
   * @throws CommandUnreadableException if it is none, or of another version
   */
  public static SegmentCommand readCommand(byte[] bytes) throws CommandUnreadableException {
    try {
      var tree = MAPPER.readTree(bytes);
      int version = tree == null ? 0 : tree.path("version").asInt();
      if (version != SegmentCommand.VERSION) {
        throw new CommandUnreadableException("version " + version + " is not known here");
      }
      var command = MAPPER.treeToValue(tree, SegmentCommand.class);
      if (command.jobId() == null || command.kind() == null) {
        throw new CommandUnreadableException("names no job or kind");
      }
      return command;
    } catch (IOException e) {
      throw new CommandUnreadableException("not a command: " + e.getClass().getSimpleName(), e);
    }
  }

  /**
   * Reads an event.
   *
   * @throws CommandUnreadableException if it is none
   */
  public static JobEvent readEvent(byte[] bytes) throws CommandUnreadableException {
    try {
      return MAPPER.readValue(bytes, JobEvent.class);
    } catch (IOException e) {
      throw new CommandUnreadableException("not an event: " + e.getClass().getSimpleName(), e);
    }
  }

  private static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of ours is always JSON", e);
    }
  }
}
