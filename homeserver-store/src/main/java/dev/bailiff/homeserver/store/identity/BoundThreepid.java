package dev.bailiff.homeserver.store.identity;

/** A third-party id to unbind from a user. */
public record BoundThreepid(String userId, String medium, String address) {}
