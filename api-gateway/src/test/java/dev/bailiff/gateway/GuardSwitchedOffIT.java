package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.testing.ConfigOverride;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls of the admin API as Synapse carries them out, where the configuration says so. */
class GuardSwitchedOffIT {
  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config("guard.adminApi.ownAccount", "false"),
          ConfigOverride.config("guard.adminApi.lastAdmin", "false"),
          ConfigOverride.config("guard.adminApi.applicationServices", "false"));

  @Test
  void theCallIsAcceptedAndItsJobKnowsThatTheseRailsDoNotHold() {
    Seed.user(gateway.jdbi(), "bridge", "appservice_id = 'irc'");
    var admin = gateway.admin().with("Prefer: respond-async");

    assertThat(admin.post("/_synapse/admin/v1/deactivate/@admin:chat.example", "{}").status())
        .isEqualTo(202);
    assertThat(admin.post("/_synapse/admin/v1/deactivate/@bridge:chat.example", "{}").status())
        .isEqualTo(202);
    List<String> waived =
        gateway
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select distinct item from jobs.target_item where list = 'guard' order by item")
                        .mapTo(String.class)
                        .list());
    assertThat(waived).containsExactly("application-service", "last-admin", "own-account");
  }

  /** The keys are about the calls that Synapse has. */
  @Test
  void jobsOfBailiffsOwnApiKeepTheRails() {
    var reply =
        gateway
            .admin()
            .post(
                "/_bailiff/v1/jobs",
                "{\"kind\": \"deactivate-users\", \"targets\": [\"@admin:chat.example\"]}");

    assertThat(reply.outcome()).isEqualTo("403 M_FORBIDDEN");
  }
}
