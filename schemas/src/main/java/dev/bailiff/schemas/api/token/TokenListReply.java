package dev.bailiff.schemas.api.token;

import java.util.List;

/** All tokens, oldest first. */
public record TokenListReply(List<TokenReply> tokens) {}
