package dev.bailiff.benchmark.pause;

/**
 * Parameters of {@code pause}.
 *
 * @param segments of the stage that does the work
 * @param batches of each segment
 * @param batchMillis how long the homeserver takes for a batch; 0 = no time
 */
public record PauseParameters(int segments, int batches, int batchMillis) {}
