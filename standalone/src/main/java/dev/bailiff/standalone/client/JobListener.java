package dev.bailiff.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Is told again and again how watched jobs are. */
public interface JobListener {
  /**
   * The last answer for each job, in the order they were asked for; those never answered are
   * missing.
   */
  void show(List<JsonNode> jobs);

  /** All have ended, and the last of them was shown. */
  void finish();
}
