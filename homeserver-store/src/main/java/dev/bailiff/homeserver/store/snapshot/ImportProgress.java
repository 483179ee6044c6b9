package dev.bailiff.homeserver.store.snapshot;

/**
 * How far an import is, after a batch was committed.
 *
 * @param lines lines done, also those of earlier runs
 * @param events events among them
 * @param fraction of the records file that was read, from 0 to 1
 */
public record ImportProgress(long lines, long events, double fraction) {}
