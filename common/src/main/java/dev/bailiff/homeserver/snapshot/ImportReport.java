package dev.bailiff.homeserver.snapshot;

/**
 * What an import did.
 *
 * @param lines lines of the snapshot
 * @param resumedBehind the line behind which the import went on; 0 for a whole import
 * @param events events of this run
 * @param mediaFiles media files copied by this run
 * @param missingFiles media records of this run without a file in the snapshot
 */
public record ImportReport(
    String serverName,
    long lines,
    long resumedBehind,
    long events,
    long mediaFiles,
    long missingFiles) {}
