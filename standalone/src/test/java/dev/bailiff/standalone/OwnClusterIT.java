package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.access.OperatorToken;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.database.Database;
import dev.bailiff.embedded.LoopbackPorts;
import dev.bailiff.secret.Sha256;
import dev.bailiff.secret.TokenText;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.process.ChildProcess;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.StoredDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the commands that set up an administrator's own cluster, on an empty database. */
class OwnClusterIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.empty();

  @TempDir Path folder;

  @Test
  void tokenIsPrintedOnceAndStoredAsItsDigest() throws Exception {
    try (ChildProcess run = run("token", "--config", settings(), "--name", "ops")) {
      assertThat(run.awaitExit(LIMIT)).as(run.standardError()).isZero();

      String token = run.standardOutput().strip();
      assertThat(TokenText.isToken(token)).isTrue();
      var tokens = new OperatorTokens(Database.jdbi(postgres.dataSource()));
      assertThat(name(tokens, token)).contains("ops");
    }
  }

  @Test
  void tokensAreListedWithoutBeingShownAndRevoked() throws Exception {
    Path settings = settings();
    String token = output("tokens", "new", "--config", settings, "--name", "ops");
    var tokens = new OperatorTokens(Database.jdbi(postgres.dataSource()));

    assertThat(output("tokens", "list", "--config", settings))
        .contains(OperatorTokens.id(token), "ops", "never")
        .doesNotContain(token);
    assertThat(name(tokens, token)).contains("ops");
    assertThat(output("tokens", "list", "--config", settings, "--json"))
        .contains("\"name\":\"ops\"")
        .doesNotContain("\"last_used_at\":null");

    assertThat(output("tokens", "revoke", "--config", settings, "ops"))
        .isEqualTo("revoked " + OperatorTokens.id(token));
    assertThat(name(tokens, token)).isEmpty();
  }

  private static Optional<String> name(OperatorTokens tokens, String token) {
    return tokens.find(Sha256.of(token), "127.0.0.1").map(OperatorToken::name);
  }

  private static String output(Object... arguments) throws Exception {
    try (ChildProcess run = run(arguments)) {
      assertThat(run.awaitExit(LIMIT)).as(run.standardError()).isZero();
      return run.standardOutput().strip();
    }
  }

  @Test
  void importFillsTheDatabaseAndTheMediaFolderOfTheFile() throws Exception {
    try (ChildProcess run = run("import", Community.folder(), "--config", settings(), "--json")) {
      assertThat(run.awaitExit(LIMIT)).as(run.standardError()).isZero();

      assertThat(run.standardOutput()).contains("\"events\":5082").contains("\"missing_files\":0");
    }
    long events =
        Database.jdbi(postgres.dataSource())
            .withHandle(
                handle ->
                    handle
                        .createQuery("select count(*) from homeserver.event")
                        .mapTo(Long.class)
                        .one());
    assertThat(events).isEqualTo(5082);
    try (var files = Files.walk(folder.resolve("media"))) {
      assertThat(files.filter(Files::isRegularFile)).isNotEmpty();
    }
  }

  @Test
  void importWithoutAMediaFolderIsRefusedBeforeAnythingIsRead() throws Exception {
    Path file = write(postgres.jdbcUrl(), "");

    try (ChildProcess run = run("import", Community.folder(), "--config", file)) {
      assertThat(run.awaitExit(LIMIT)).isEqualTo(ExitCode.WRONG_USAGE);
      assertThat(run.standardError()).contains("has no mediaFolder");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "worker"})
  void databaseOfTheOldLayoutIsRefusedInOneSentence(String process) throws Exception {
    StoredDatabase.load("old-layout.sql", Database.jdbi(postgres.dataSource()));

    try (ChildProcess run = run(process, "--config", write(postgres.jdbcUrl(), ""))) {
      assertThat(run.awaitExit(LIMIT)).isEqualTo(ExitCode.NOT_STARTED);
      assertThat(run.standardError().strip())
          .hasLineCount(1)
          .startsWith("bailiff: this database was made by Bailiff 0.1.0-SNAPSHOT before");
    }
  }

  @Test
  void databaseThatIsAwayIsNoAnswer() throws Exception {
    String away = "jdbc:postgresql://127.0.0.1:" + LoopbackPorts.choose() + "/bailiff?password=p";

    try (ChildProcess run = run("token", "--config", write(away, ""))) {
      assertThat(run.awaitExit(LIMIT)).isEqualTo(ExitCode.NO_ANSWER);
      assertThat(run.standardOutput()).isEmpty();
      assertThat(run.standardError())
          .contains("no answer from jdbc:postgresql://127.0.0.1:")
          .doesNotContain("password=");
    }
  }

  private Path settings() throws IOException {
    return write(postgres.jdbcUrl(), "mediaFolder: " + folder.resolve("media"));
  }

  private Path write(String url, String more) throws IOException {
    return Files.writeString(
        folder.resolve("gateway.yml"),
        """
        database: {url: "%s", user: "%s", password: "%s", connectTimeout: 2s, poolTimeout: 2s}
        kafka: {bootstrapServers: "127.0.0.1:1"}
        %s
        """
            .formatted(url, postgres.user(), postgres.password(), more));
  }

  private static ChildProcess run(Object... arguments) {
    return ChildProcess.java(Bailiff.class).jvmOption("-Xmx256m").args(arguments).start();
  }
}
