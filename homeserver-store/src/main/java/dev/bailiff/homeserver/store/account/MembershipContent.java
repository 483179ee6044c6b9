package dev.bailiff.homeserver.store.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Reads the contents of membership events. Jackson parses them and not PostgreSQL, because
 * PostgreSQL's JSON operators refuse some escapes that clients send.
 */
final class MembershipContent {

  private static final ObjectMapper JSON = new ObjectMapper();

  private MembershipContent() {}

  static boolean is(String content, String membership) {
    try {
      return membership.equals(JSON.readTree(content).path("membership").textValue());
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
