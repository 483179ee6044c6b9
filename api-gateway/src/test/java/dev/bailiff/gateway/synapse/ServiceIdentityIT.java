package dev.bailiff.gateway.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.synapse.ServerNames;
import dev.bailiff.homeserver.synapse.http.SynapseClient;
import dev.bailiff.job.store.HomeserverClaim;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The service account, with Synapse there and away. */
class ServiceIdentityIT {
  private static final String ACCOUNT = "@bailiff:chat.example";

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();
  @TempDir Path folder;

  private AnsweringSynapse synapse;
  private SynapseClient client;
  private HomeserverClaim claim;

  @BeforeEach
  void start() throws IOException {
    synapse = new AnsweringSynapse(ACCOUNT);
    client = synapse.client();
    claim = new HomeserverClaim(Database.jdbi(postgres.dataSource()));
    claim.require("store", null);
  }

  @AfterEach
  void stop() {
    client.close();
    synapse.close();
  }

  @Test
  void accountIsAskedForAndStored() throws IOException {
    var identity = identity();

    identity.refresh();

    assertThat(identity.account()).isEqualTo(ACCOUNT);
    assertThat(identity.serverName()).isEqualTo("chat.example");
    assertThat(claim.serviceAccount()).contains(ACCOUNT);
  }

  @Test
  void storedAccountHoldsWhileSynapseIsAway() throws IOException {
    claim.rememberServiceAccount("@earlier:chat.example", "chat.example");
    synapse.statusForAll(503);
    var identity = identity();

    identity.refresh();

    assertThat(identity.account()).isEqualTo("@earlier:chat.example");
    assertThat(identity.serverName()).isEqualTo("chat.example");
  }

  @Test
  void nobodyKnowsTheAccountOfASynapseThatWasNeverThere() throws IOException {
    synapse.statusForAll(503);
    var identity = identity();

    identity.refresh();

    assertThatThrownBy(identity::account).isInstanceOf(HomeserverUnavailableException.class);
    assertThat(claim.serviceAccount()).isEmpty();
  }

  @Test
  void accountIsAskedForOnceSynapseIsBack() throws IOException {
    synapse.statusForAll(503);
    var identity = identity();
    identity.refresh();

    synapse.statusForAll(200);

    assertThat(identity.account()).isEqualTo(ACCOUNT);
  }

  @Test
  void accountOfAnotherServerIsNotStored() throws IOException {
    claim.require("store", "first.example");

    identity().refresh();

    assertThat(claim.serviceAccount()).isEqualTo(Optional.empty());
  }

  private ServiceIdentity identity() throws IOException {
    return new ServiceIdentity(
        new ServerNames(AnsweringSynapse.calls(client, folder).server()), claim);
  }
}
