package dev.bailiff.homeserver.store.snapshot;

import java.util.List;
import java.util.Map;

/**
 * What an import did.
 *
 * @param lines lines of the snapshot
 * @param resumedBehind the line behind which the import went on; 0 for a whole import
 * @param events events of this run
 * @param mediaFiles media files copied by this run
 * @param missingFiles media records of this run without a file in the snapshot
 * @param shortFiles media files of this run that are shorter than their records say: they were cut
 *     on the way into the snapshot, and are here as they are there
 * @param leftAlone how many records of each kind were not written, as Bailiff changed or deleted
 *     what they are about; kinds without any are not in it
 * @param setAside how many records have ids that the store cannot hold
 * @param firstSetAside the first of them, at most {@value #SET_ASIDE_SHOWN}
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

  /** How many records that were set aside are told one by one. */
  static final int SET_ASIDE_SHOWN = 20;

  /** A record that was set aside, by its line, from 1. */
  public record SetAside(long line, String reason) {}
}
