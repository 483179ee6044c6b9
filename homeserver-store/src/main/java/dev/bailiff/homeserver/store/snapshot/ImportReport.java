package dev.bailiff.homeserver.store.snapshot;

import java.util.List;
import java.util.Map;

/**
 * The result of an import.
 *
 * @param lines lines of the snapshot
 * @param resumedBehind the line after which the import went on; 0 for a whole import
 * @param events events of this run
 * @param mediaFiles media files copied by this run
 * @param missingFiles media records of this run without a file in the snapshot
 * @param shortFiles media files of this run that are shorter than their records say: they were cut
 *     on the way into the snapshot, and are stored as the snapshot has them
 * @param leftAlone how many records of each kind were not written, because Bailiff changed or
 *     deleted their subject; kinds with a count of 0 are missing
 * @param setAside how many records have ids that the store cannot hold
 * @param firstSetAside the first of the records set aside, at most {@value #SET_ASIDE_SHOWN}
 */
public record ImportReport(
    String serverName,
    long lines,
    long resumedBehind,
    long events,
    long mediaFiles,
    long missingFiles,
    long shortFiles,
    Map<String, Long> leftAlone,
    long setAside,
    List<SetAside> firstSetAside) {

  /** How many of the records set aside are listed one by one. */
  static final int SET_ASIDE_SHOWN = 20;

  /** A record that was set aside, with the number of its line, from 1. */
  public record SetAside(long line, String reason) {}
}
