package dev.bailiff.schemas.api.health;

/**
 * The sign that the process answers.
 *
 * @param status {@code ok}
 */
public record LivenessReply(String status) {}
