package dev.bailiff.gateway.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.synapse.http.SynapseClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the health of a gateway says about Synapse. */
class SynapseWatchTest {
  @TempDir Path folder;

  private AnsweringSynapse synapse;
  private SynapseClient client;
  private SynapseWatch watch;

  @BeforeEach
  void start() throws IOException {
    synapse = new AnsweringSynapse("@bailiff:chat.example");
    client = synapse.client();
    watch = new SynapseWatch(client, AnsweringSynapse.calls(client, folder).server());
  }

  @AfterEach
  void stop() {
    watch.close();
    client.close();
    synapse.close();
  }

  @Test
  void allIsWell() {
    watch.look();

    assertThat(watch.answers()).isTrue();
    assertThat(watch.complaint()).isEmpty();
  }

  @Test
  void synapseThatIsAwayIsNoComplaintAboutTheAccount() {
    synapse.statusForAll(503);
    watch.look();

    assertThat(watch.answers()).isFalse();
    assertThat(watch.complaint()).isEmpty();

    synapse.statusForAll(200);
    watch.look();

    assertThat(watch.answers()).isTrue();
  }

  @Test
  void refusedTokenIsAComplaint() {
    synapse.forget(AnsweringSynapse.SERVICE_TOKEN);
    watch.look();

    assertThat(watch.answers()).isTrue();
    assertThat(watch.complaint())
        .hasValueSatisfying(
            complaint ->
                assertThat(complaint)
                    .startsWith("Synapse refuses the token in ")
                    .doesNotContain(AnsweringSynapse.SERVICE_TOKEN));
  }

  @Test
  void anotherHomeserverAtTheAddressIsAComplaint() {
    client.holdTo(() -> Optional.of("chat.example"));
    watch.look();
    assertThat(watch.complaint()).isEmpty();

    synapse.admin(AnsweringSynapse.SERVICE_TOKEN, "@bailiff:other.example");
    watch.look();

    assertThat(watch.answers()).isTrue();
    assertThat(watch.complaint())
        .contains(
            "the homeserver other.example answers at the address of chat.example, whose users and"
                + " rooms the jobs are about");

    synapse.admin(AnsweringSynapse.SERVICE_TOKEN, "@bailiff:chat.example");
    watch.look();
    assertThat(watch.complaint()).isEmpty();
  }
}
