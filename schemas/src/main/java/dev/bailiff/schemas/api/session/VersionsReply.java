package dev.bailiff.schemas.api.session;

import java.util.List;
import java.util.Map;

/**
 * The versions of the client API that this server supports (admin-api 5.33).
 *
 * @param unstableFeatures by name, whether the feature is supported; empty here
 */
public record VersionsReply(List<String> versions, Map<String, Boolean> unstableFeatures) {}
