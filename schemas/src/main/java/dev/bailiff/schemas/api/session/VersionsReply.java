package dev.bailiff.schemas.api.session;

import java.util.List;
import java.util.Map;

/**
 * The versions of the client API that are spoken here (admin-api 5.33).
 *
 * @param unstableFeatures by name, whether it is there; empty here
 */
public record VersionsReply(List<String> versions, Map<String, Boolean> unstableFeatures) {}
