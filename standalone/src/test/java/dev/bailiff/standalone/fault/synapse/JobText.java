package dev.bailiff.standalone.fault.synapse;

import java.util.List;
import java.util.stream.Collectors;

/** The request of a job. */
record JobText(String kind, String body) {

  /**
   * @param parameters a JSON object
   */
  static JobText of(String kind, List<String> targets, String parameters) {
    return new JobText(
        kind,
        "{\"kind\": \"%s\", \"reason\": \"spam\", \"targets\": %s, \"parameters\": %s}"
            .formatted(
                kind,
                targets.stream()
                    .map(target -> '"' + target + '"')
                    .collect(Collectors.joining(", ", "[", "]")),
                parameters));
  }

  /** The same job, whose calls come one after the other, some a second. */
  JobText gently() {
    return new JobText(kind, "{\"pace\": \"gentle\", " + body.substring(1));
  }
}
