package dev.bailiff.homeserver.store.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filter, order and page of a list of users (admin-api 4.3, 4.4).
 *
 * @param from row offset
 * @param limit maximum number of users
 * @param userId case-insensitive part of the whole id; ignored when {@code name} is given; null or
 *     empty for all
 * @param name case-insensitive part of localpart or display name; null or empty for all
 * @param guests whether guests are listed
 * @param deactivated true for deactivated users only, false for the others only; null for both
 * @param locked whether locked users are listed as well
 * @param admins true for admins only, false for the others only; null for both
 * @param notUserTypes types to leave out; the empty string stands for no type
 */
public record AccountFilter(
    long from,
    long limit,
    @Nullable String userId,
    @Nullable String name,
    boolean guests,
    @Nullable Boolean deactivated,
    boolean locked,
    @Nullable Boolean admins,
    List<String> notUserTypes,
    AccountOrder order,
    boolean descending) {}
