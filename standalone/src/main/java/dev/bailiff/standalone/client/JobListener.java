package dev.bailiff.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Receives the state of watched jobs again and again. */
public interface JobListener {
  /** Shows nothing. */
  JobListener SILENT =
      new JobListener() {
        @Override
        public void show(List<JsonNode> jobs) {}

        @Override
        public void finish() {}
      };

  /**
   * Receives the last answer for each job, in the order of the watch's ids. Jobs without any answer
   * are missing.
   */
  void show(List<JsonNode> jobs);

  /** Called once all jobs have ended and their last answers were shown. */
  void finish();
}
