package dev.bailiff.homeserver.store.list;

import java.util.List;

/**
 * Some rows of a list.
 *
 * @param total the number of all rows that match, on all pages
 */
public record Page<T>(List<T> items, long total) {}
