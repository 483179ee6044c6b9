package dev.bailiff.schemas.api.deactivation;

import org.jspecify.annotations.Nullable;

/**
 * The end of a deactivation (admin-api 4.7).
 *
 * @param idServerUnbindResult {@code success} if identity servers forgot the user's addresses; null
 *     while the result is not known
 */
public record DeactivationReply(@Nullable String idServerUnbindResult) {}
