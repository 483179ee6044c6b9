package dev.bailiff.gateway.proxy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnIdsTest {
  private final OwnIds ids = new OwnIds((method, path) -> !path.contains("unserved"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_synapse/admin/v2/rooms/delete_status/",
        "/_synapse/admin/v1/user/redact_status/",
        "/_synapse/admin/v1/purge_history_status/"
      })
  void aUuidIsOursAndAnyOtherIdTheHomeservers(String call) {
    assertTrue(ids.test("GET", call + "0199a1b2-0000-7000-8000-00000000abcd"));
    assertFalse(ids.test("GET", call + "HniUbwhXnByeEiMR"));
    assertFalse(ids.test("GET", call));
  }

  @Test
  void otherCallsAreDecidedByTheirRoute() {
    assertTrue(ids.test("POST", "/_synapse/admin/v1/deactivate/@a:b"));
    assertTrue(ids.test("GET", "/_synapse/admin/v2/rooms/!a:b/delete_status"));
    assertFalse(ids.test("GET", "/_synapse/admin/v1/unserved"));
  }
}
