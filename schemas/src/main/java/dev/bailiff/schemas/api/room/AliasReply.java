package dev.bailiff.schemas.api.room;

import java.util.List;

/**
 * The room that an alias leads to.
 *
 * @param servers this server alone
 */
public record AliasReply(String roomId, List<String> servers) {}
