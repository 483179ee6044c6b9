package dev.bailiff.gateway.proxy;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Knows calls for the status of one task. The gateway serves them for ids of its own, which are
 * UUIDs. The homeserver's ids have another form, so calls with these are passed.
 *
 * @param routes the requests that the gateway can serve
 */
public record OwnIds(ServedHere routes) implements ServedHere {
  private static final List<String> STATUS_CALLS =
      List.of(
          "/_synapse/admin/v2/rooms/delete_status/",
          "/_synapse/admin/v1/user/redact_status/",
          "/_synapse/admin/v1/purge_history_status/");

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  @Override
  public boolean test(String method, String rawPath) {
    return routes.test(method, rawPath) && !isOfOther(rawPath);
  }

  private static boolean isOfOther(String rawPath) {
    return STATUS_CALLS.stream()
        .filter(rawPath::startsWith)
        .map(call -> rawPath.substring(call.length()))
        .anyMatch(id -> !UUID.matcher(id).matches());
  }
}
