package dev.bailiff.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Machine;
import dev.bailiff.benchmark.measure.Measurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the measurements of all rounds as JSON. */
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
      result.put("name", measurement.subject().name());
      result.put("work", measurement.subject().work());
      result.put("items", measurement.subject().items());
      if (measurement.baseline() != null) {
        put(result, "baseline", measurement.baseline());
      }
      put(result, "bailiff", measurement.bailiff());
      result.set("stage_seconds", MAPPER.valueToTree(measurement.notes().stages()));
      result.set("counts", MAPPER.valueToTree(measurement.notes().counts()));
      result.set("besides", MAPPER.valueToTree(measurement.notes().costs()));
      result.put("warm_up_seconds", measurement.notes().warmUpSeconds());
      measurement.ratio().ifPresent(ratio -> result.put("ratio", ratio));
      result.put("items_per_second", measurement.rate());
      result.put("bound", measurement.bound().text());
      result.put("reached", measurement.isReached());
    }
    return all;
  }

  private static void put(ObjectNode result, String side, Figures figures) {
    result.set(side + "_seconds", MAPPER.valueToTree(figures.rounds().seconds()));
    result.put(side + "_median_seconds", figures.median());
    var latencies = figures.latencies();
    if (latencies != null) {
      ObjectNode node = result.putObject(side + "_latency_seconds");
      node.put("calls", latencies.seconds().size());
      node.put("p50", latencies.p50());
      node.put("p95", latencies.p95());
      node.put("p99", latencies.p99());
      node.put("longest", latencies.seconds().get(latencies.seconds().size() - 1));
    }
  }
}
