package dev.bailiff.job;

/** Names a segment: number {@code segment} of stage number {@code stage} of a job, both from 0. */
public record SegmentKey(JobId job, int stage, int segment) {}
