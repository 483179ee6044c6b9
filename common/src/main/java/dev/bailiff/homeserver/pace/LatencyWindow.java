package dev.bailiff.homeserver.pace;

import java.time.Duration;

/**
 * What a probe takes for the time of now.
 *
 * @param period from one value to the next
 * @param length only values of the last time of this length count
 * @param quantile of these values, from 0 to 1: 0.5 is the median
 * @param least a quantile of fewer values is chance
 */
public record LatencyWindow(Duration period, Duration length, double quantile, int least) {}
