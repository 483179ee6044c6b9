package dev.bailiff.homeserver.store.federation;

import org.jspecify.annotations.Nullable;

/**
 * A page of the list of servers (admin-api 5.47).
 *
 * @param from row offset
 * @param limit maximum number of servers
 * @param part of the name, in any letter case; null for all
 */
public record DestinationFilter(
    long from, long limit, @Nullable String part, DestinationOrder order, boolean descending) {}
