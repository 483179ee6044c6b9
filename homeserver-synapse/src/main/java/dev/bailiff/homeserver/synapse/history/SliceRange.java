package dev.bailiff.homeserver.synapse.history;

/**
 * The range of a purge: the whole of a room's history.
 *
 * @param localEvents whether messages of local users are deleted as well
 */
record SliceRange(CutOff cutOff, boolean localEvents) {}
