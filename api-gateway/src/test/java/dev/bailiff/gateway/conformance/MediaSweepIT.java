package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Deletes media by last use and size and answers at the end. The tests of the worker check which
 * media the job selects.
 */
@Section("5.14")
class MediaSweepIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String MEDIA = "/_synapse/admin/v1/media/";
  private static final String TIME = "before_ts=1700000000000";

  private static Reply sweep(String path) {
    return gateway.admin().with("Prefer: respond-async").post(MEDIA + path, null);
  }

  private static String error(String path) {
    return sweep(path).json().path("error").asText();
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "chat.example/delete"})
  void endOfTheJobIsTheReply(String path) {
    var call =
        WaitingCall.send(
            gateway, "POST", MEDIA + path + "?" + TIME + "&size_gt=5&keep_profiles=false", "{");

    assertThat(call.target()).as("all media").isEqualTo("*");
    assertThat(call.accepted().parameters().toString())
        .isEqualTo(
            "{\"page\":null,\"size_gt\":5,\"before_ts\":1700000000000,\"keep_profiles\":false}");
    assertThat(
            call.listing("deleted_media", "bbbbbb")
                .listing("deleted_media", "aaaaaa")
                .listing("kept_profiles", "cccccc")
                .complete()
                .body())
        .isEqualTo("{\"deleted_media\":[\"aaaaaa\",\"bbbbbb\"],\"total\":2}");
  }

  @Test
  void sweepKeepsProfilesAndTakesAnySizeUnlessAsked() {
    var call = WaitingCall.send(gateway, "POST", MEDIA + "delete?" + TIME, null);

    assertThat(call.accepted().parameters().path("keep_profiles").booleanValue()).isTrue();
    assertThat(call.accepted().parameters().path("size_gt").longValue()).isZero();
    assertThat(call.complete().body()).isEqualTo("{\"deleted_media\":[],\"total\":0}");
  }

  @Test
  void callThatDoesNotWaitHasBothKeysAndNamesItsJob() {
    var reply = sweep("delete?" + TIME);

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.body())
        .isEqualTo(
            "{\"deleted_media\":[],\"total\":0,\"job_id\":\"%s\",\"status\":\"scheduled\"}"
                .formatted(reply.headers().get("Bailiff-Job")));
  }

  @ParameterizedTest
  @CsvSource({
    "delete, 400 M_MISSING_PARAM",
    "delete?size_gt=x, 400 M_MISSING_PARAM",
    "delete?before_ts=, 400 M_INVALID_PARAM",
    "delete?before_ts=-1, 400 M_INVALID_PARAM",
    "delete?before_ts=1.5, 400 M_INVALID_PARAM",
    "delete?before_ts=1700000000, 400 M_INVALID_PARAM",
    "delete?before_ts=29999999999, 400 M_INVALID_PARAM",
    "delete?before_ts=1700000000000&size_gt=-1, 400 M_INVALID_PARAM",
    "delete?before_ts=1700000000000&size_gt=big, 400 M_INVALID_PARAM",
    "delete?before_ts=1700000000000&keep_profiles=True, 400 M_INVALID_PARAM",
    "delete?before_ts=1700000000000&keep_profiles=, 400 M_INVALID_PARAM",
    "delete?before_ts=30000000000&before_ts=x, 202",
    "other.example/delete, 400 M_MISSING_PARAM",
    "other.example/delete?before_ts=1700000000, 400 M_INVALID_PARAM",
    "other.example/delete?before_ts=1700000000000&keep_profiles=1, 400 M_INVALID_PARAM",
    "other.example/delete?before_ts=1700000000000, 400 M_UNKNOWN",
    "CHAT.example/delete?before_ts=1700000000000, 400 M_UNKNOWN"
  })
  void badInputIsRefusedInThisOrderAndLeavesNoJob(String path, String outcome) {
    var jobs = Integer.parseInt(gateway.value("select count(*) from jobs.job"));

    assertThat(sweep(path).outcome()).isEqualTo(outcome);
    assertThat(gateway.value("select count(*) from jobs.job"))
        .isEqualTo("" + (outcome.equals("202") ? jobs + 1 : jobs));
  }

  @Test
  void errorsSayWhatTheOriginalSays() {
    assertThat(error("delete")).isEqualTo("Missing required integer query parameter before_ts");
    assertThat(error("delete?before_ts=-1"))
        .isEqualTo("Query parameter before_ts must be a positive integer.");
    assertThat(error("delete?" + TIME + "&size_gt=-1"))
        .isEqualTo("Query parameter size_gt must be a positive integer.");
    assertThat(error("delete?" + TIME + "&keep_profiles=1"))
        .isEqualTo("Boolean query parameter 'keep_profiles' must be one of ['true', 'false']");
    assertThat(error("other.example/delete?" + TIME)).isEqualTo("Can only delete local media");
  }

  @Test
  void timeInSecondsIsToldSoAfterTheOtherParametersAreRead() {
    assertThat(error("delete?before_ts=1700000000")).contains("1970", "milliseconds");
    assertThat(error("delete?before_ts=1700000000&size_gt=-1")).contains("size_gt");
    assertThat(error("delete?before_ts=1700000000&keep_profiles=1")).contains("keep_profiles");
    assertThat(error("other.example/delete?before_ts=1700000000")).contains("1970");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "PUT"})
  void mediaAreOnlySweptByPost(String method) {
    assertThat(gateway.admin().send(method, MEDIA + "chat.example/delete", null).outcome())
        .isEqualTo("405 M_UNRECOGNIZED");
  }

  @Test
  void onlyAdminsSweepMedia() {
    assertThat(gateway.strangers("POST", MEDIA + "delete")).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("POST", MEDIA + "other.example/delete"))
        .isEqualTo(CommunityGateway.REFUSED);
  }
}
