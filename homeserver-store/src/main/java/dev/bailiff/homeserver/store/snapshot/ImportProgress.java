package dev.bailiff.homeserver.store.snapshot;

/**
 * The progress of an import after a committed batch.
 *
 * @param lines lines done, including those of earlier runs
 * @param events events among these lines
 * @param fraction share of the records file that was read, from 0 to 1
 */
public record ImportProgress(long lines, long events, double fraction) {}
