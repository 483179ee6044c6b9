package dev.bailiff.standalone.stack;

/**
 * The settings of a stack.
 *
 * @param port of the HTTP API on 127.0.0.1; 0 = any free one
 * @param workers started in this process; 0 = others join by {@code bailiff worker}
 */
public record StackSettings(int port, int workers) {
  public StackSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "port " + port + " is out of range: give one from 1 to 65535, or 0 for any that is free");
    }
    if (workers < 0) {
      throw new IllegalArgumentException("there cannot be " + workers + " workers: give 0 or more");
    }
  }
}
