package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Users who are changed while their accounts are closed. */
class SecondTryIT {
  private static final DeactivateUsersParameters KEEP = new DeactivateUsersParameters(false);
  private static final List<String> SPAMMERS =
      List.of(
          "@crypto-gain-01:chat.example",
          "@crypto-gain-02:chat.example",
          "@crypto-gain-03:chat.example");
  private static final String SECOND = SPAMMERS.get(1);

  @RegisterExtension final PostgresExtension postgres = Community.database();

  private Jdbi jdbi;

  @BeforeEach
  void start() {
    jdbi = Database.jdbi(postgres.dataSource());
  }

  @Test
  void whatIsLeftOverIsWorkedOnceMoreAndGone() {
    var ended =
        deactivated(
            1,
            "update homeserver.membership set membership = 'join' where user_id = :user and room_id = (select min(m.room_id) from homeserver.membership m where m.user_id = :user)");

    assertThat(ended.stages())
        .extracting(stage -> stage.name())
        .containsExactly(
            "close-account", "leave-rooms", "verify", "close-account", "leave-rooms", "verify");
    assertThat(ended.stages().get(3).progress().total()).as("one user alone").isEqualTo(1);
    assertThat(ended.stages().get(3).progress().settled()).isEqualTo(1);
    assertThat(ended.stages().get(4).progress().done()).isEqualTo(1);
    assertThat(verdicts(ended.id())).containsOnlyKeys(SPAMMERS).containsValue("gone");
    assertThat(verdicts(ended.id()).values()).containsOnly("gone");
  }

  @Test
  void whatIsLeftOverAgainIsReported() {
    var ended =
        deactivated(
            2,
            "insert into homeserver.device (user_id, device_id) values (:user, 'D' || (select count(*) from homeserver.device where user_id = :user))");

    assertThat(ended.stages()).hasSize(6);
    assertThat(verdicts(ended.id())).containsEntry(SECOND, "left-over");
  }

  @Test
  void anAccountThatSomebodyActivatedAgainIsLeftAlone() {
    var ended =
        deactivated(1, "update homeserver.account set deactivated = false where user_id = :user");

    assertThat(ended.stages()).as("no second try").hasSize(3);
    assertThat(verdicts(ended.id())).containsEntry(SECOND, "changed-since");
    boolean closed =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select deactivated from homeserver.account where user_id = :user")
                    .bind("user", SECOND)
                    .mapTo(Boolean.class)
                    .one());
    assertThat(closed).isFalse();
  }

  /** Closes the accounts, and changes the second one each time when all have left their rooms. */
  private JobView deactivated(int times, String change) {
    var left = new AtomicInteger(times);
    var engine =
        new OneThreadEngine(
            jdbi,
            OneThreadEngine.LEASES,
            new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none()),
            new RunListener() {
              @Override
              public void stageEnded(String kind, String stage) {
                if (stage.equals("leave-rooms") && left.getAndDecrement() > 0) {
                  jdbi.useHandle(
                      handle -> handle.createUpdate(change).bind("user", SECOND).execute());
                }
              }
            });
    var ended =
        engine.runToEnd(engine.submit("deactivate-users", KEEP, SPAMMERS.toArray(String[]::new)));
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.store().parts().failures(ended.id(), 0, 10)).isEmpty();
    return ended;
  }

  private Map<String, String> verdicts(JobId job) {
    return jdbi.withHandle(
        handle -> {
          var verdicts = new TreeMap<String, String>();
          handle
              .createQuery("select target, verdict from jobs.target where job_id = :job")
              .bind("job", job.value())
              .map((row, context) -> verdicts.put(row.getString(1), row.getString(2)))
              .list();
          return verdicts;
        });
  }
}
