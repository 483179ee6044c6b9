package dev.bailiff.schemas.api.health;

/**
 * That the process answers.
 *
 * @param status {@code ok}
 */
public record LivenessReply(String status) {}
