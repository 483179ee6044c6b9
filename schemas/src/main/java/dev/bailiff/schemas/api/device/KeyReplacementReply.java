package dev.bailiff.schemas.api.device;

/**
 * The window for new cross-signing keys without a password (admin-api 4.18).
 *
 * @param updatableWithoutUiaBeforeMs end of the window, ms since the epoch
 */
public record KeyReplacementReply(long updatableWithoutUiaBeforeMs) {}
