package dev.bailiff.job;

/**
 * The right to work on a segment until the lease expires. The epoch is the fence: it grows with
 * each lease, and writes of an older owner are refused.
 *
 * @param holder the worker that holds the lease
 * @param attempt how many leases in a row committed no batch, this one included; 1-based
 */
public record Lease(SegmentKey key, Holder holder, int epoch, int attempt) {}
