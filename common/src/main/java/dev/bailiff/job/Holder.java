package dev.bailiff.job;

/**
 * Who holds a lease.
 *
 * @param owner name of the worker
 * @param through the delivery through which the lease was taken, which stands behind it: if its
 *     owner dies, the next delivery of that command takes over
 */
public record Holder(String owner, Delivery through) {}
