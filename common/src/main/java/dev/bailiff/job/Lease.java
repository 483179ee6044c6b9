package dev.bailiff.job;

/**
 * The right to work on a segment until it expires. The epoch is the fence: it grows with each
 * lease, and what an older owner writes is refused.
 *
 * @param holder whoever has it
 * @param attempt how many leases in a row committed no batch, this one included; 1-based
 */
public record Lease(SegmentKey key, Holder holder, int epoch, int attempt) {}
