package dev.bailiff.schemas.api.user;

/** The id that a user has at a provider of single sign-on (admin-api 4.1). */
public record ExternalIdReply(String authProvider, String externalId) {}
