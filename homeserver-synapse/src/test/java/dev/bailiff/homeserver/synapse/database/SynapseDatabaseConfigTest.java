package dev.bailiff.homeserver.synapse.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bailiff.homeserver.synapse.SynapseGrants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SynapseDatabaseConfigTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://host/synapse?password=x",
        "jdbc:postgresql://host/synapse?ssl=true&sslPassword=x",
        "jdbc:postgresql://host/synapse?user=u",
        "jdbc:postgresql://u:x@host/synapse"
      })
  void aUrlWithASecretIsRefused(String url) {
    var config = config(url);

    assertFalse(config.isUrlWithoutSecret());
    assertThrows(IllegalStateException.class, () -> SynapseDatabase.open(config, 1));
  }

  @Test
  void aUrlWithOptionsIsAllowed() {
    assertTrue(config("jdbc:postgresql://host:5432/synapse?sslmode=require").isUrlWithoutSecret());
  }

  @Test
  void purgesAreOffUnlessTheyAreEnabled() {
    var purge = new SynapseDatabaseConfig.Purge();

    assertFalse(purge.enabled());
    assertEquals(20_000, purge.fromEvents());
    assertEquals(1, purge.connections());
  }

  @Test
  void aRolesNameIsQuoted() {
    assertTrue(SynapseGrants.of("bailiff-purge").contains("create role \"bailiff-purge\" login;"));
    assertThrows(
        IllegalArgumentException.class, () -> SynapseGrants.of("x\"; drop table events; --"));
  }

  private static SynapseDatabaseConfig config(String url) {
    return SynapseDatabaseConfig.of(url, "role", null, SynapseDatabaseConfig.Purge.of(1, 1));
  }
}
