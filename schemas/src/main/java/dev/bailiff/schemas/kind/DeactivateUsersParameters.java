package dev.bailiff.schemas.kind;

/**
 * Parameters of {@code deactivate-users} (admin-api 4.7).
 *
 * @param erase whether profiles are deleted and the users are marked erased
 */
public record DeactivateUsersParameters(boolean erase) {}
