package dev.bailiff.job;

/**
 * The holder of a lease.
 *
 * @param owner name of the worker
 * @param through the delivery through which the lease was taken: if the owner dies, the next
 *     delivery of the same command takes the lease over
 */
public record Holder(String owner, Delivery through) {}
