package dev.bailiff.homeserver.store.account;

/** An id of a user at a single sign-on provider. */
public record ExternalId(String authProvider, String externalId) {}
