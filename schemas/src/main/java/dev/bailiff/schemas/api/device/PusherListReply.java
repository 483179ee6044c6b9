package dev.bailiff.schemas.api.device;

import java.util.List;

/**
 * All pushers of a user (admin-api 4.25).
 *
 * @param total number of pushers
 */
public record PusherListReply(List<PusherReply> pushers, int total) {}
