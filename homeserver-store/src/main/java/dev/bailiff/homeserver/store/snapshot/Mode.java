package dev.bailiff.homeserver.store.snapshot;

/** What an import does with rows that Bailiff changed or deleted. */
enum Mode {
  /** There can be none: nothing was imported before. */
  FIRST,
  /** They stay as Bailiff left them, and are counted. */
  AGAIN,
  /** They become what the snapshot says. */
  OVERWRITE
}
