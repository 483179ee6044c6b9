package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A bound on the rate as people type it: a number, or {@code none}. */
final class RateText {
  private static final String NONE = "none";

  private RateText() {}

  /**
   * Puts the bound into a request.
   *
   * @throws CommandException for text that is no bound
   */
  static void put(ObjectNode request, String text) {
    if (text.equals(NONE)) {
      request.putNull("max_rate");
      return;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw new CommandException(
          ExitCode.WRONG_USAGE, "--max-rate must be a number of items a second, or none");
    }
    request.put("max_rate", Integer.parseInt(text));
  }
}
