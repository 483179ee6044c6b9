package dev.bailiff.schemas.api.registration;

import java.util.List;

/** Registration tokens (admin-api 5.38). */
public record RegistrationTokenListReply(List<RegistrationTokenReply> registrationTokens) {}
