package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.TcpProxy;
import io.dropwizard.jackson.Jackson;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool whose database goes away. The pool's own time-out is longer than any test may take. */
@Timeout(120)
class OutageIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper MAPPER = Jackson.newObjectMapper();

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.empty();

  private TcpProxy proxy;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    var server = URI.create(postgres.jdbcUrl().substring("jdbc:".length()));
    proxy = TcpProxy.to(server.getHost(), server.getPort());
    var config =
        MAPPER.readValue(
            """
            {"url": "jdbc:postgresql://127.0.0.1:%d%s", "user": "%s", "password": "%s", "maxPoolSize": 2,
             "connectTimeout": "10m", "poolTimeout": "10m"}
            """
                .formatted(proxy.port(), server.getPath(), postgres.user(), postgres.password()),
            DatabaseConfig.class);
    database = Database.openForCallers(config, "outage");
  }

  @AfterEach
  void close() {
    database.close();
    proxy.close();
  }

  @Test
  void callersAreToldAtOnceAndServedAgainWhenItIsBack() {
    assertThat(ask()).isEqualTo(1);

    proxy.cut();

    for (int n = 0; n < 3; n++) {
      assertThat(DatabaseFault.of(catchThrowable(this::ask))).contains(DatabaseFault.AWAY);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    proxy.restore();
    await().atMost(LIMIT).ignoreExceptions().until(() -> ask() == 1);
  }

  @Test
  void whoWaitsForAConnectionOfOthersIsToldToo() throws Exception {
    try (var one = database.dataSource().getConnection();
        var two = database.dataSource().getConnection()) {
      assertThat(one).isNotSameAs(two);
      var waiting = CompletableFuture.supplyAsync(() -> catchThrowable(this::ask));

      proxy.cut();
      assertThat(catchThrowable(() -> one.createStatement().execute("select 1"))).isNotNull();
      one.close(); // the pool finds the connection broken, and cannot open another

      assertThat(DatabaseFault.of(waiting.get())).contains(DatabaseFault.AWAY);
    }
  }

  @Test
  void databaseThatIsAwayAtTheStartIsNoReasonToWaitEither() {
    proxy.cut();
    database.close();
    try (var late = reopened()) {
      assertThat(DatabaseFault.of(catchThrowable(() -> late.dataSource().getConnection().close())))
          .contains(DatabaseFault.AWAY);
    }
  }

  private Database reopened() {
    return Database.openForCallers(
        new DatabaseConfig("jdbc:postgresql://127.0.0.1:" + proxy.port() + "/x", "x", "x"), "late");
  }

  private int ask() {
    return database
        .jdbi()
        .withHandle(handle -> handle.createQuery("select 1").mapTo(Integer.class).one());
  }
}
