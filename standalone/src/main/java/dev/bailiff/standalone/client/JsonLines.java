package dev.bailiff.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints each job as a line of JSON whenever the job has changed. */
public final class JsonLines implements JobListener {
  private final PrintStream out;
  private final Map<String, JsonNode> printed = new HashMap<>();

  public JsonLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(List<JsonNode> jobs) {
    for (JsonNode job : jobs) {
      if (!job.equals(printed.put(job.path("job_id").asText(), job))) {
        out.println(job);
      }
    }
    out.flush();
  }

  @Override
  public void finish() {
    printed.clear();
  }
}
