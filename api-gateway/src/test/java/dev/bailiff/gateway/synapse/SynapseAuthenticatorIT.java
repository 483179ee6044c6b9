package dev.bailiff.gateway.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.database.Database;
import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.Authenticator;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.Operators;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.homeserver.synapse.http.SynapseClient;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whom Synapse's answers let in, and how often it is asked. */
class SynapseAuthenticatorIT {
  private static final Authenticator.Origin HERE = new Authenticator.Origin("10.0.0.1", "curl");
  private static final int MANY = 100;

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private final ExecutorService callers =
      Executors.newCachedThreadPool(DaemonThreads.named("callers"));
  private AnsweringSynapse synapse;
  private SynapseClient client;
  private Authenticator authenticator;

  @BeforeEach
  void start() throws IOException {
    synapse = new AnsweringSynapse("@bailiff:chat.example");
    client = synapse.client();
    authenticator =
        new SynapseAuthenticator(
            client,
            () -> "chat.example",
            new Operators(
                new OperatorTokens(Database.jdbi(postgres.dataSource())),
                new LocalServer(() -> Optional.of("chat.example"), null, Optional::empty)));
  }

  @AfterEach
  void stop() {
    callers.shutdownNow();
    client.close();
    synapse.close();
  }

  @Test
  void adminOfTheServerIsAdmittedAndAskedForOnce() {
    synapse.admin("good", "@admin:chat.example");

    assertThat(admit("good").actingUser()).isEqualTo("@admin:chat.example");
    assertThat(admit("good").actingUser()).isEqualTo("@admin:chat.example");

    assertThat(synapse.asked()).containsExactly("good");
  }

  @Test
  void refusalHasSynapsesWordsAndIsNotRemembered() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> admit("bad"))
          .asInstanceOf(type(ApiException.class))
          .extracting(refused -> refused.reply().json().toString())
          .isEqualTo(
              "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"Invalid access token"
                  + " passed.\",\"soft_logout\":false}");
    }

    assertThat(synapse.asked()).containsExactly("bad", "bad");
  }

  @Test
  void pageThatNamesNoAccountAdmitsNobody() {
    synapse.pageForAll("<html>Welcome</html>");

    assertRefused("any", "What answers at the homeserver's address is no homeserver");
  }

  @Test
  void answerWithoutTheAccountAdmitsNobody() {
    synapse.pageForAll("{\"user_id\": \"@admin:chat.example\"}");

    assertRefused("any", "What answers at the homeserver's address is no homeserver");
  }

  @Test
  void adminOfAnotherHomeserverIsNotAdmitted() {
    synapse.admin("good", "@admin:other.example");

    assertRefused("good", "Another homeserver answers at the homeserver's address");
  }

  @Test
  void slowAnswerToOneTokenHoldsNoOtherUp() throws Exception {
    var answered = new CountDownLatch(1);
    synapse.admin("slow", "@slow:chat.example");
    synapse.hold("slow", answered);
    var slow = CompletableFuture.supplyAsync(() -> admit("slow"), callers);
    await().until(() -> synapse.asked().contains("slow"));

    // So many that some of them share each part of any table with the slow one.
    var others =
        IntStream.range(0, MANY)
            .mapToObj(
                n -> {
                  synapse.admin("token" + n, "@admin" + n + ":chat.example");
                  return CompletableFuture.supplyAsync(() -> admit("token" + n), callers);
                })
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(others).get(60, TimeUnit.SECONDS);

    assertThat(slow).isNotDone();
    answered.countDown();
    assertThat(slow.get(60, TimeUnit.SECONDS).actingUser()).isEqualTo("@slow:chat.example");
  }

  @Test
  void callsWithOneTokenAskOnce() throws Exception {
    var answered = new CountDownLatch(1);
    synapse.admin("slow", "@slow:chat.example");
    synapse.hold("slow", answered);
    var calls =
        IntStream.range(0, 4)
            .mapToObj(n -> CompletableFuture.supplyAsync(() -> admit("slow"), callers))
            .toList();
    await().until(() -> synapse.asked().contains("slow"));
    answered.countDown();

    for (var call : calls) {
      assertThat(call.get(60, TimeUnit.SECONDS).actingUser()).isEqualTo("@slow:chat.example");
    }
    assertThat(synapse.asked()).containsExactly("slow");
  }

  private void assertRefused(String token, String text) {
    assertThatThrownBy(() -> admit(token))
        .asInstanceOf(type(ApiException.class))
        .extracting(refused -> refused.reply().status() + " " + refused.reply().text())
        .isEqualTo("502 " + text);
  }

  private Caller admit(String token) {
    return authenticator.admit(token.getBytes(StandardCharsets.UTF_8), Audience.ADMINS, null, HERE);
  }
}
