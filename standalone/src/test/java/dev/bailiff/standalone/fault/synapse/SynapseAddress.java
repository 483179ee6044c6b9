package dev.bailiff.standalone.fault.synapse;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a process under test reaches Synapse.
 *
 * @param appserviceToken null for redactions by Synapse's own task
 * @param database keys of the block {@code database}; null for none
 */
record SynapseAddress(
    URI url, Path adminToken, @Nullable Path appserviceToken, @Nullable String database) {

  SynapseAddress at(URI other) {
    return new SynapseAddress(other, adminToken, appserviceToken, database);
  }

  SynapseAddress withoutAppservice() {
    return new SynapseAddress(url, adminToken, null, database);
  }

  SynapseAddress withDatabase(String keys) {
    return new SynapseAddress(url, adminToken, appserviceToken, keys);
  }

  /** The block {@code homeserver} of a gateway or worker. */
  String block() {
    return """
        homeserver:
          type: synapse
          url: "%s"
          adminTokenFile: "%s"
          timeout: 3s
        %s%s"""
        .formatted(
            url,
            adminToken,
            appserviceToken == null ? "" : "  appserviceTokenFile: \"" + appserviceToken + "\"\n",
            database == null ? "" : "  database: " + database + "\n");
  }
}
