package dev.bailiff.schemas.api.user;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The data that clients keep with an account (admin-api 4.12). */
public record AccountDataReply(Entries accountData) {

  /**
   * The entries. Each content is JSON as the client gave it.
   *
   * @param global contents by type
   * @param rooms contents by room id, then by type; the rooms need not be known
   */
  public record Entries(Map<String, JsonNode> global, Map<String, Map<String, JsonNode>> rooms) {}
}
