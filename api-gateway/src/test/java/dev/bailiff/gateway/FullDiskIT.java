package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database that stores nothing more and answers with PostgreSQL's own codes for that. */
class FullDiskIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String JOB =
      "{\"kind\": \"deactivate-users\", \"targets\": [\"@ann:chat.example\"]}";

  @AfterEach
  void clear() {
    gateway.jdbi().useHandle(handle -> handle.execute("drop function fail() cascade"));
  }

  /**
   * Fails the last table that a submission writes, so that everything before it has to be undone.
   */
  @ParameterizedTest
  @CsvSource({
    "53100, 507, The disk of the database is full, 60",
    "53200, 503, The database has no connection left, 1",
    "57014, 503, The database took too long, 1",
    "25006, 503, The database does not answer, 1",
  })
  void submissionSaysWhyAndLeavesNothing(String state, int status, String text, String again) {
    failWith(gateway.jdbi(), state, "jobs.transition");

    var reply = gateway.admin().post("/_bailiff/v1/jobs", JOB);

    assertThat(reply.outcome()).isEqualTo(status + " M_UNKNOWN");
    assertThat(reply.json().path("error").asText()).startsWith(text);
    assertThat(reply.headers()).containsEntry("Retry-After", again);
    for (var table : new String[] {"job", "target", "segment", "stage", "transition", "claim"}) {
      assertThat(count("jobs." + table)).as(table).isZero();
    }
  }

  @Test
  void lightCallSaysWhyToo() {
    failWith(gateway.jdbi(), "53100", "homeserver.blocked_room");

    assertThat(
            gateway
                .admin()
                .put("/_synapse/admin/v1/rooms/" + Seed.ROOM + "/block", "{\"block\": true}")
                .outcome())
        .isEqualTo("507 M_UNKNOWN");
    assertThat(count("homeserver.blocked_room")).isZero();
  }

  private static void failWith(Jdbi jdbi, String state, String table) {
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "create function fail() returns trigger language plpgsql as $$ begin"
                  + " raise exception 'could not extend file' using errcode = '"
                  + state
                  + "'; end $$");
          handle.execute(
              "create trigger fail before insert on "
                  + table
                  + " for each row execute function fail()");
        });
  }

  private static long count(String table) {
    return gateway
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }
}
