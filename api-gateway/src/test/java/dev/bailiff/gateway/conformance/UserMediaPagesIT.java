package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.gateway.Reply;
import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.testing.job.JobRows;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of a user's media, in the list and in the deletion. Jobs are moved by hand. */
@Section({"4.13", "4.14"})
class UserMediaPagesIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static String user;
  private static String mine;

  private JobRows jobs;

  @BeforeAll
  static void upload() {
    user = gateway.newUser("pages");
    mine = "/_synapse/admin/v1/users/" + user + "/media";
    // Three media that differ in every column, and one that was reserved but never uploaded.
    upload("aaaaaa1", 30, "z.png", 9L, "@mod:chat.example", true);
    upload("aaaaaa2", 10, "a.png", null, null, false);
    upload("aaaaaa3", 20, "m.png", 5L, null, false);
    gateway.media().local("aaaaaa4", user, null, 40);
  }

  private static void upload(
      String id, long at, String name, Long accessed, String quarantinedBy, boolean safe) {
    gateway.execute(
        """
        insert into homeserver.local_media
          (media_id, user_id, media_type, media_length, upload_name, created_at, last_access_at, quarantined_by,
           safe_from_quarantine, url_cache, sha256, authenticated)
        values (?, ?, 'image/png', ?, ?, ?, ?, ?, ?, null, 'abc', false)
        """,
        id,
        user,
        at * 7 % 40,
        name,
        at,
        accessed,
        quarantinedBy,
        safe);
  }

  @BeforeEach
  void noJobs() {
    jobs = new JobRows(gateway.jdbi());
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
  }

  @Test
  @Section("4.13")
  void listOfAUsersMediaHasTwelveKeysAndIsNewestFirst() {
    var list = gateway.admin().get(mine);

    assertThat(list.json().path("total").intValue()).isEqualTo(4);
    assertThat(list.json().has("next_token")).isFalse();
    assertThat(ids(list)).containsExactly("aaaaaa4", "aaaaaa1", "aaaaaa3", "aaaaaa2");
    assertThat(list.json().path("media").path(1).toString())
        .isEqualTo(
            """
            {"media_id":"aaaaaa1","media_type":"image/png","media_length":10,"upload_name":"z.png","created_ts":30,\
            "last_access_ts":9,"quarantined_by":"@mod:chat.example","safe_from_quarantine":true,"url_cache":null,\
            "user_id":"%s","authenticated":false,"sha256":"abc"}\
            """
                .formatted(user));
    assertThat(list.json().path("media").path(0).toString())
        .isEqualTo(
            """
            {"media_id":"aaaaaa4","media_type":null,"media_length":null,"upload_name":null,"created_ts":40,\
            "last_access_ts":null,"quarantined_by":null,"safe_from_quarantine":false,"url_cache":null,\
            "user_id":"%s","authenticated":true,"sha256":null}\
            """
                .formatted(user));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "dir=f; 2 3 1 4",
        "dir=b; 4 1 3 2",
        "order_by=created_ts; 2 3 1 4",
        "order_by=media_id&dir=b; 4 3 2 1",
        "order_by=upload_name; 2 3 1 4",
        "order_by=upload_name&dir=b; 4 1 3 2",
        "order_by=last_access_ts; 3 1 2 4",
        "order_by=last_access_ts&dir=b; 2 4 1 3",
        "order_by=media_length; 1 3 2 4",
        "order_by=media_type&dir=b; 4 1 2 3",
        "order_by=quarantined_by; 1 2 3 4",
        "order_by=safe_from_quarantine&dir=b; 1 2 3 4"
      })
  @Section("4.13")
  void listIsOrderedAsAskedWithTiesByMediaId(String query, String order) {
    assertThat(ids(gateway.admin().get(mine + "?" + query)))
        .containsExactlyElementsOf(
            List.of(order.split(" ")).stream().map("aaaaaa"::concat).toList());
  }

  @Test
  @Section("4.13")
  void listIsPagedWithATokenThatIsANumber() {
    var first = gateway.admin().get(mine + "?from=1&limit=2").json();
    var last = gateway.admin().get(mine + "?from=3&limit=2").json();
    var none = gateway.admin().get(mine + "?limit=0").json();

    assertThat(first.path("media")).hasSize(2);
    assertThat(first.path("next_token").isInt()).isTrue();
    assertThat(first.path("next_token").intValue()).isEqualTo(3);
    assertThat(last.path("media")).hasSize(1);
    assertThat(last.has("next_token")).isFalse();
    assertThat(none.path("media")).isEmpty();
    assertThat(none.path("next_token").intValue()).isZero();
    assertThat(gateway.admin().get(mine + "?from=9223372036854775807&limit=5").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "ann, '', 400 M_INVALID_PARAM",
    "@ann:other.example, ?limit=x, 400 M_UNKNOWN",
    "@nobody:chat.example, ?limit=x, 404 M_NOT_FOUND",
    "@ada:chat.example, ?from=-1, 400 M_INVALID_PARAM",
    "@ada:chat.example, ?limit=, 400 M_INVALID_PARAM",
    "@ada:chat.example, ?order_by=, 400 M_INVALID_PARAM",
    "@ada:chat.example, ?order_by=size, 400 M_INVALID_PARAM",
    "@ada:chat.example, ?order_by=%ff, 400 M_UNKNOWN",
    "@ada:chat.example, ?dir=F, 400 M_INVALID_PARAM"
  })
  void whatAListRefusesTheDeletionRefusesToo(String user, String query, String outcome) {
    var path = "/_synapse/admin/v1/users/" + user + "/media" + query;

    assertThat(gateway.admin().get(path).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().delete(path, null).outcome()).isEqualTo(outcome);
    assertNoJob();
  }

  @Test
  @Section("4.14")
  void foreignUserIsToldInTheWordsThatClientsCompare() {
    var path = "/_synapse/admin/v1/users/@a:other.example/media";

    assertThat(gateway.admin().delete(path, null).json().path("error").asText())
        .isEqualTo("Can only look up local users");
    assertThat(gateway.nobody().delete(path, null).outcome()).isEqualTo("401 M_MISSING_TOKEN");
    assertThat(
            gateway
                .with(gateway.newToken(gateway.newUser("stranger"), null))
                .delete(path, null)
                .outcome())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  @Section("4.14")
  void pageThatIsMeantIsFixedWhenTheJobIsAccepted() {
    var call =
        call(() -> gateway.admin().delete(mine + "?order_by=media_id&dir=b&from=1&limit=2", "{"));
    var job = submitted();

    assertThat(job.kind().name()).isEqualTo("delete-media");
    assertThat(meant(job.id())).containsExactly("aaaaaa2", "aaaaaa3");
    jobs.replyItem(job.id(), 0, "deleted_media", "aaaaaa3");
    jobs.replyItem(job.id(), 0, "kept_profiles", "aaaaaa1");
    jobs.complete(job.id());
    var reply = call.join();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("Bailiff-Job", job.id().toString());
    assertThat(reply.body()).isEqualTo("{\"deleted_media\":[\"aaaaaa3\"],\"total\":1}");
  }

  @Test
  @Section("4.14")
  void deletionOfAUsersMediaHasTheDefaultsOfTheList() {
    gateway.admin().with("Prefer: respond-async").delete(mine, null);

    assertThat(meant(submitted().id())).hasSize(4);
    assertThat(submitted().parameters().path("page").toString())
        .isEqualTo("{\"dir\":\"b\",\"from\":0,\"limit\":100,\"order_by\":\"created_ts\"}");
  }

  @Test
  @Section("4.14")
  void pageThatIsDeletedIsHeldInMemoryAndHasABound() {
    gateway.admin().with("Prefer: respond-async").delete(mine + "?limit=9000000000", null);

    assertThat(submitted().parameters().path("page").path("limit").asLong()).isEqualTo(100_000);
  }

  @Test
  @Section("4.14")
  void deletionThatTakesLongHasTheKeysThatClientsRead() {
    var reply = gateway.admin().with("Prefer: respond-async").delete(mine, null);

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.headers()).containsEntry("Location", "/_bailiff/v1/jobs/" + submitted().id());
    assertThat(reply.body())
        .isEqualTo(
            "{\"deleted_media\":[],\"total\":0,\"job_id\":\"%s\",\"status\":\"scheduled\"}"
                .formatted(submitted().id()));
  }

  private static List<String> ids(Reply reply) {
    return reply.json().path("media").findValuesAsText("media_id");
  }

  private static List<String> meant(JobId job) {
    return gateway
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select item from jobs.target_item where job_id = :job and list = 'media' order by 1")
                    .bind("job", job.value())
                    .mapTo(String.class)
                    .list());
  }

  private static void assertNoJob() {
    assertThat(gateway.running().store().lists().list(JobFilter.ALL, null, 1)).isEmpty();
  }

  private static CompletableFuture<Reply> call(Supplier<Reply> request) {
    return CompletableFuture.supplyAsync(request);
  }

  private static JobView submitted() {
    return await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> gateway.running().store().lists().list(JobFilter.ALL, null, 1),
            found -> !found.isEmpty())
        .get(0);
  }
}
