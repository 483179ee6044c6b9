package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deletes one medium and answers at the end. */
@Section("5.13")
class MediumDeletionIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String OURS = "/_synapse/admin/v1/media/chat.example/";

  /** A medium that is in quarantine, and protected too. */
  private static String medium() {
    var id = gateway.newName("medium");
    gateway.execute(
        """
        insert into homeserver.local_media
          (media_id, user_id, created_at, media_type, media_length, quarantined_by, safe_from_quarantine)
        values (?, '@ada:chat.example', 1000, 'image/png', 5, '@admin:chat.example', true)
        """,
        id);
    return id;
  }

  @Test
  void mediumIsDeletedWhateverProtectsIt() {
    var id = medium();
    var call = WaitingCall.send(gateway, "DELETE", OURS + id, "{}");

    assertThat(call.accepted().kind().name()).isEqualTo("delete-media");
    assertThat(call.target()).isEqualTo(id);
    assertThat(call.accepted().parameters().path("keep_profiles").isNull()).isTrue();
    assertThat(call.listing("deleted_media", id).complete().body())
        .isEqualTo("{\"deleted_media\":[\"" + id + "\"],\"total\":1}");
  }

  @Test
  void mediumOfTheCommunityIsFound() {
    var id =
        gateway.value(
            "select media_id from homeserver.local_media where user_id = '@bela:chat.example'");
    var call = WaitingCall.send(gateway, "DELETE", OURS + id, null);

    assertThat(call.target()).isEqualTo(id);
    assertThat(call.listing("deleted_media", id).complete().status()).isEqualTo(200);
  }

  @Test
  void mediumWhoseFileCannotBeRemovedIsNotListed() {
    var id = medium();
    var call = WaitingCall.send(gateway, "DELETE", OURS + id, "not JSON");

    assertThat(call.failing(id, "its files cannot be removed").complete().body())
        .isEqualTo("{\"deleted_media\":[],\"total\":0}");
  }

  @Test
  void callThatDoesNotWaitHasBothKeysAndNamesItsJob() {
    var reply = gateway.admin().with("Prefer: respond-async").delete(OURS + medium(), null);

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.body())
        .isEqualTo(
            "{\"deleted_media\":[],\"total\":0,\"job_id\":\"%s\",\"status\":\"scheduled\"}"
                .formatted(reply.headers().get("Bailiff-Job")));
  }

  @ParameterizedTest
  @CsvSource({
    "other.example/nothing1, 400 M_UNKNOWN",
    "CHAT.example/nothing1, 400 M_UNKNOWN",
    "/nothing1, 400 M_UNKNOWN",
    "chat.example/nothing1, 404 M_NOT_FOUND",
    "chat.example/, 404 M_NOT_FOUND",
    "chat.example/%00, 400 M_UNKNOWN",
    "chat.example/*, 404 M_NOT_FOUND",
    "chat.example/@ada:chat.example, 404 M_NOT_FOUND",
    "chat.example/..%2F..%2Fetc, 404 M_NOT_FOUND",
    "chat.example/nothing1/x, 404 M_UNRECOGNIZED",
    "chat.example/delete, 405 M_UNRECOGNIZED"
  })
  void mediumMustBeOursAndKnown(String path, String outcome) {
    var jobs = gateway.value("select count(*) from jobs.job");

    assertThat(gateway.admin().delete("/_synapse/admin/v1/media/" + path, null).outcome())
        .isEqualTo(outcome);
    assertThat(gateway.value("select count(*) from jobs.job")).isEqualTo(jobs);
  }

  @Test
  void errorSaysWhatTheOriginalSays() {
    assertThat(
            gateway
                .admin()
                .delete("/_synapse/admin/v1/media/other.example/x", null)
                .json()
                .path("error")
                .asText())
        .isEqualTo("Can only delete local media");
  }

  @Test
  void onlyAdminsDeleteMedia() {
    assertThat(gateway.strangers("DELETE", "/_synapse/admin/v1/media/other.example/x"))
        .isEqualTo(CommunityGateway.REFUSED);
  }
}
