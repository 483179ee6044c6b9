package dev.bailiff.homeserver.store.list;

import java.util.List;

/**
 * Some rows of a list.
 *
 * @param total how many rows match, independent of paging
 */
public record Page<T>(List<T> items, long total) {}
