package dev.bailiff.schemas.api.room;

import java.util.List;

/** The local aliases of a room. */
public record AliasesReply(List<String> aliases) {}
