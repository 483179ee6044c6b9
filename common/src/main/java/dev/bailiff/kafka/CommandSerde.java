package dev.bailiff.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.schemas.event.JobEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Commands and events as JSON. Unknown fields are ignored; unknown versions are refused. */
public final class CommandSerde {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
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
   * @param bytes the value of the record; null if it had none
   * @throws CommandUnreadableException if the bytes are no command, or one of another version. No
   *     bytes cause any other exception.
   */
  public static SegmentCommand readCommand(byte @Nullable [] bytes)
      throws CommandUnreadableException {
    var tree = read(bytes, "command", MAPPER::readTree);
    var version = tree == null ? MissingNode.getInstance() : tree.path("version");
    if (!version.isInt() || version.intValue() != SegmentCommand.VERSION) {
      throw new CommandUnreadableException(
          "version " + (version.isInt() ? version.intValue() : "(none)") + " is not known here");
    }
    var command = read(bytes, "command", value -> MAPPER.treeToValue(tree, SegmentCommand.class));
    if (command.jobId() == null || command.kind() == null) {
      throw new CommandUnreadableException("names no job or kind");
    }
    if (command.stage() < 0 || command.segment() < 0 || command.epoch() < 0) {
      throw new CommandUnreadableException("names no segment");
    }
    return command;
  }

  /**
   * Reads an event.
   *
   * @param bytes the value of the record; null if it had none
   * @throws CommandUnreadableException if the bytes are no event. No bytes cause any other
   *     exception.
   */
  public static JobEvent readEvent(byte @Nullable [] bytes) throws CommandUnreadableException {
    var event = read(bytes, "event", value -> MAPPER.readValue(value, JobEvent.class));
    if (event == null || event.jobId() == null) {
      throw new CommandUnreadableException("names no job");
    }
    return event;
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(byte[] bytes) throws IOException;
  }

  private static <T> T read(byte @Nullable [] bytes, String what, Reader<T> reader)
      throws CommandUnreadableException {
    if (bytes == null) {
      throw new CommandUnreadableException("has no value");
    }
    try {
      return reader.read(bytes);
    } catch (IOException | RuntimeException e) {
      // The bytes may be anything, and may make a parser fail in any way.
      throw new CommandUnreadableException("no " + what + ": " + e.getClass().getSimpleName(), e);
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
