package dev.bailiff.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The measurements as JSON, every round of them. */
final class ResultFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ResultFile() {}

  /**
   * Writes the file.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  static void write(Path file, Scale scale, Machine machine, List<Measurement> measurements) {
    try {
      Files.writeString(
          file,
          MAPPER
                  .writerWithDefaultPrettyPrinter()
                  .writeValueAsString(json(scale, machine, measurements))
              + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static ObjectNode json(Scale scale, Machine machine, List<Measurement> measurements) {
    ObjectNode all = MAPPER.createObjectNode();
    all.put("events", scale.roomEvents());
    all.set("machine", MAPPER.valueToTree(machine));
    ArrayNode results = all.putArray("results");
    for (Measurement measurement : measurements) {
      ObjectNode result = results.addObject();
      result.put("name", measurement.name());
      result.put("work", measurement.work());
      result.put("items", measurement.items());
      result.set("baseline_seconds", MAPPER.valueToTree(measurement.baseline().seconds()));
      result.set("bailiff_seconds", MAPPER.valueToTree(measurement.bailiff().seconds()));
      result.set("stage_seconds", MAPPER.valueToTree(measurement.stages()));
      result.put("baseline_median_seconds", measurement.baseline().median());
      result.put("bailiff_median_seconds", measurement.bailiff().median());
      result.put("ratio", measurement.ratio());
      result.put("items_per_second", measurement.rate());
      result.put("bound_ratio", measurement.bound().ratio());
      result.put("bound_items_per_second", measurement.bound().rate());
      result.put("reached", measurement.isReached());
    }
    return all;
  }
}
