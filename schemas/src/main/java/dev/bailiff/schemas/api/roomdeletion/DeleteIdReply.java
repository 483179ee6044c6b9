package dev.bailiff.schemas.api.roomdeletion;

/**
 * A deletion that was submitted (admin-api 5.2).
 *
 * @param deleteId id of the job
 */
public record DeleteIdReply(String deleteId) {}
