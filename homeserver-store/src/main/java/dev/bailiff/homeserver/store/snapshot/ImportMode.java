package dev.bailiff.homeserver.store.snapshot;

/** Decides on the rows that Bailiff changed or deleted. */
enum ImportMode {
  /** Nothing was imported before, so there are no such rows. */
  FIRST,
  /** These rows stay as Bailiff left them, and are counted. */
  AGAIN,
  /** These rows take the snapshot's values. */
  OVERWRITE
}
