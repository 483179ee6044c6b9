package dev.bailiff.schemas.api.lookup;

import java.util.Map;

/**
 * The memberships of a user (admin-api 5.27).
 *
 * @param memberships by room id: {@code join}, {@code leave}, {@code invite}, {@code ban} or {@code
 *     knock}
 */
public record MembershipsReply(Map<String, String> memberships) {}
