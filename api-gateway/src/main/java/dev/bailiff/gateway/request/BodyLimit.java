package dev.bailiff.gateway.request;

import java.time.Duration;

/**
 * How large a body may be and how long it may take to arrive.
 *
 * @param bytes after decompression
 * @param time from the moment in which it is asked for
 */
public record BodyLimit(long bytes, Duration time) {}
