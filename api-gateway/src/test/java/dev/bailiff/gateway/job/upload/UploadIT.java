package dev.bailiff.gateway.job.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Client;
import dev.bailiff.gateway.Reply;
import dev.bailiff.gateway.RunningGateway;
import io.dropwizard.testing.ConfigOverride;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of a submission's body, with few targets and with many. */
class UploadIT {
  private static final int MOST = 30_000;

  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(ConfigOverride.config("limits.targets", "" + MOST));

  private static final String JOBS = "/_bailiff/v1/jobs";
  private static final String REQUEST = "{\"kind\":\"deactivate-users\",\"reason\":\"spam\"}";
  private static final String BOUNDARY = "Content-Type: multipart/form-data; boundary=%s";

  /** More than a gateway keeps of one body. */
  private static final int MANY = 25_000;

  @BeforeEach
  void noJobs() {
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
  }

  @Test
  void linesOfJsonAreTheRequestAndItsTargets() {
    var body =
        REQUEST + "\n\"@b:x\"\n\n{\"target\": \"@a:x\"}\r\n\"@b:x\"\n{\"target\":\"@\\u00e9:x\"}";

    assertThat(targets(lines(body))).containsExactly("@a:x", "@b:x", "@é:x");
  }

  @Test
  void compressedLinesAreReadAsWell() throws IOException {
    var body = REQUEST + "\n\"@a:x\"\n\"@b:x\"\n";
    var zipped = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(zipped)) {
      zip.write(body.getBytes(StandardCharsets.UTF_8));
    }
    var client = ndjson(gateway.admin()).with("Content-Encoding: gzip");

    assertThat(targets(client.sendBytes("POST", JOBS, zipped.toByteArray())))
        .containsExactly("@a:x", "@b:x");

    var cut = Arrays.copyOf(zipped.toByteArray(), zipped.size() - 4);
    noJobs();
    assertThat(client.sendBytes("POST", JOBS, cut).outcome()).isEqualTo("400 M_NOT_JSON");
    assertNothingStored();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@a:x\n@b:x\n",
        "\uFEFF@b:x\r\n\r\n  @a:x  \r\n@b:x",
        "target\n@a:x\n@b:x\n",
        "name,user_id\nAnn,@a:x\n\"B, the second\",@b:x\n,\n",
        "\"Target\"\n\"@a:x\"\n\"@b:x\"\n"
      })
  void aFileIsOneIdALineOrHasAColumnOfThem(String file) {
    assertThat(targets(form("targets.txt", file, ""))).containsExactly("@a:x", "@b:x");
  }

  @Test
  void anIdMayHoldACommaAndAQuoteInAPlainFile() {
    assertThat(targets(form("targets.txt", "@\"a,b\":x\n@c:x\n", "")))
        .containsExactly("@\"a,b\":x", "@c:x");
  }

  @Test
  void theColumnIsTheOneThatTheCallNamesOrTheFirst() {
    var file = "mxid,user_id,Spammer\n@a:x,@no:x,@s:x\n@b:x,@no:x,@t:x\n";

    assertThat(targets(form("list.csv", file, "?column=spammer"))).containsExactly("@s:x", "@t:x");
    assertThat(targets(form("list.csv", "mxid,n\n@a:x,1\n@b:x,2\n", "")))
        .containsExactly("@a:x", "@b:x");
    assertThat(targets(form("list.csv", "@a:x,1\n@b:x,2\n", ""))).containsExactly("@a:x", "@b:x");
    var unknown = form("list.csv", file, "?column=nobody");
    assertThat(unknown.outcome()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(text(unknown)).contains("[mxid, user_id, spammer]");
  }

  @Test
  void idsThatCannotBeTargetsAreNamedWithTheirLinesAndNothingIsStored() {
    var refused = lines(REQUEST + "\n\"@a:x\"\n\"!room:x\"\n\n\"bob\"\n\"@c:x\"");

    assertThat(refused.outcome()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(text(refused))
        .isEqualTo(
            "A target must be a user id such as @name:server, which these are not:"
                + " line 3 (!room:x), line 5 (bob)");
    assertThat(text(form("f.csv", "user_id,n\n@a:x,1\nbob,2\n", ""))).contains("line 3 (bob)");
    assertThat(text(form("f.txt", "@a:x\nbob\n", ""))).contains("line 2 (bob)");
    assertThat(
            text(
                gateway
                    .admin()
                    .post(JOBS, "{\"targets\":[\"@a:x\",\"bob\"],\"kind\":\"deactivate-users\"}")))
        .contains("target 2 (bob)");
    assertNothingStored();
  }

  @Test
  void twentyAreNamedAtMost() {
    var wrong = IntStream.range(0, 50).mapToObj(n -> "\"u" + n + "\"");

    var refused = lines(REQUEST + "\n" + wrong.collect(Collectors.joining("\n")));

    assertThat(text(refused))
        .contains("line 21 (u19)", "and at least 30 more")
        .doesNotContain("u20");
    assertNothingStored();
  }

  @Test
  void wrongIdsBehindManyRightOnesStoreNothing() {
    var many = quoted(0, MANY);

    assertThat(text(lines(REQUEST + "\n" + many + "\n\"bob\""))).contains("line 25002 (bob)");
    assertThat(
            text(
                gateway
                    .admin()
                    .post(
                        JOBS,
                        "{\"targets\":["
                            + many.replace('\n', ',')
                            + ",\"!r:x\"],\"kind\":\"deactivate-users\",\"reason\":\"s\"}")))
        .contains("target 25001 (!r:x)");
    assertNothingStored();
  }

  @ParameterizedTest
  @CsvSource({"lines", "form", "list", "listFirst"})
  void manyTargetsAreStoredInOrderInEachForm(String form) {
    var many = quoted(0, MANY);
    var list = many.replace('\n', ',');
    var reply =
        switch (form) {
          case "lines" -> lines(REQUEST + "\n" + many + "\n\"@u00000:x\"");
          case "form" -> form("f.txt", many.replace("\"", "") + "\n@u00000:x\n", "");
          case "list" ->
              gateway.admin().post(JOBS, REQUEST.replace("}", ",\"targets\":[" + list + "]}"));
          default ->
              gateway.admin().post(JOBS, "{\"targets\":[" + list + "]," + REQUEST.substring(1));
        };

    assertThat(reply.outcome()).isEqualTo("202");
    assertThat(
            number(
                "select count(*) from jobs.target where target = '@u' || lpad(target_n::text, 5, '0') || ':x'"))
        .isEqualTo(MANY);
    assertThat(number("select target_count from jobs.job")).isEqualTo(MANY);
  }

  @Test
  void moreTargetsThanTheLimitAreTooLarge() {
    assertThat(lines(REQUEST + "\n" + quoted(0, MOST)).outcome()).isEqualTo("202");
    noJobs();

    var refused = lines(REQUEST + "\n" + quoted(0, MOST + 1));

    assertThat(refused.outcome()).isEqualTo("413 M_TOO_LARGE");
    assertThat(text(refused)).isEqualTo("A job has at most 30000 targets");
    assertNothingStored();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; 400 M_NOT_JSON",
        "[]; 400 M_BAD_JSON",
        "{; 400 M_NOT_JSON",
        "{\"kind\":\"deactivate-users\",\"targets\":[\"@a:x\"]}; 400 M_INVALID_PARAM",
        "{\"kind\":\"deactivate-users\"}; 400 M_INVALID_PARAM",
        "{\"kind\":\"deactivate-users\"}\\n1; 400 M_BAD_JSON",
        "{\"kind\":\"deactivate-users\"}\\n{\"id\":\"@a:x\"}; 400 M_BAD_JSON",
        "{\"kind\":\"deactivate-users\"}\\n\"@a:x\" \"@b:x\"; 400 M_NOT_JSON",
        "{\"kind\":\"deactivate-users\"}\\n@a:x; 400 M_NOT_JSON",
        "{\"kind\":\"nothing\"}\\n\"@a:x\"; 400 M_INVALID_PARAM",
        "{\"kind\":\"deactivate-users\"}\\n\"@a:x\"\\n\"@b:x\"; 400 M_MISSING_PARAM"
      })
  void linesThatAreNoSubmissionAreRefused(String body, String outcome) {
    assertThat(lines(body.replace("\\n", "\n")).outcome()).isEqualTo(outcome);
    assertNothingStored();
  }

  @Test
  void aFormMustBeWhole() {
    var part = part("request", "", REQUEST);
    var file = part("targets", "t", "@a:x\n@b:x\n");
    var boundary = "--B--\r\n";

    assertThat(sendForm(part + file + boundary, "").outcome()).isEqualTo("202");
    noJobs();
    assertThat(sendForm(part + file, "").outcome()).isEqualTo("400 M_NOT_JSON");
    assertThat(sendForm(part + file + "--B-", "").outcome()).isEqualTo("400 M_NOT_JSON");
    assertThat(sendForm(file + part + boundary, "").outcome()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(sendForm(part + boundary, "").outcome()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(sendForm(part + file + part("more", "", "x") + boundary, "").outcome())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(sendForm(part("request", "", "{") + file + boundary, "").outcome())
        .isEqualTo("400 M_NOT_JSON");
    assertThat(gateway.admin().with("Content-Type: multipart/form-data").post(JOBS, part).outcome())
        .isEqualTo("400 M_INVALID_PARAM");
    assertNothingStored();
  }

  @Test
  void aFileThatIsNotUtf8IsRefused() {
    var body =
        (part("request", "", REQUEST) + part("targets", "t", "@a:x\n@\u00ff:x\n") + "--B--\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(
            gateway.admin().with(BOUNDARY.formatted("B")).sendBytes("POST", JOBS, body).outcome())
        .isEqualTo("400 M_INVALID_PARAM");
    assertNothingStored();
  }

  /** A client that sends a form again chooses another boundary. */
  @Test
  void sameKeyAndSameTargetsAreTheSameJob() {
    var file = quoted(0, MANY).replace("\"", "");
    var client = gateway.admin().with("Idempotency-Key: wave");

    var first = form(client, "B", "f.txt", file, "");
    var again = form(client, "C", "f.txt", file, "");
    var other = form(client, "B", "f.txt", file + "\n@more:x", "");

    assertThat(first.outcome()).isEqualTo("202");
    assertThat(again.outcome()).isEqualTo("202");
    assertThat(again.json().path("job_id")).isEqualTo(first.json().path("job_id"));
    assertThat(other.outcome()).isEqualTo("422 M_UNKNOWN");
    assertThat(number("select count(*) from jobs.job")).isEqualTo(1);
    assertThat(number("select count(*) from jobs.target")).isEqualTo(MANY);
  }

  @Test
  void manyTargetsNeedAReason() {
    var refused =
        gateway
            .admin()
            .post(
                JOBS,
                "{\"kind\":\"deactivate-users\",\"targets\":[\"@a:x\",\"@b:x\"],\"reason\":\" \"}");

    assertThat(refused.outcome()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(text(refused))
        .isEqualTo("'reason' is missing: a job of more than one target must say why it is done");
    assertThat(lines("{\"kind\":\"deactivate-users\"}\n" + quoted(0, MANY)).outcome())
        .isEqualTo("400 M_MISSING_PARAM");
    assertNothingStored();
    assertThat(
            gateway
                .admin()
                .post(JOBS, "{\"kind\":\"deactivate-users\",\"targets\":[\"@a:x\",\"@a:x\"]}")
                .outcome())
        .as("one target, named twice")
        .isEqualTo("202");
  }

  @Test
  void aTimeNeedsAZone() {
    var body = "{\"kind\":\"deactivate-users\",\"targets\":[\"@a:x\"],\"run_at\":\"%s\"}";

    var refused = gateway.admin().post(JOBS, body.formatted("2999-01-01T02:00:00"));

    assertThat(refused.outcome()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(text(refused))
        .isEqualTo(
            "'run_at' has no time zone: end it with Z for UTC, or with an offset such as +01:00");
    assertThat(gateway.admin().post(JOBS, body.formatted("2999-01-01T02:00:00+01:00")).outcome())
        .isEqualTo("202");
  }

  private static Client ndjson(Client client) {
    return client.with("Content-Type: application/x-ndjson; charset=utf-8");
  }

  private static Reply lines(String body) {
    return ndjson(gateway.admin()).post(JOBS, body);
  }

  private static Reply form(String fileName, String file, String query) {
    return form(gateway.admin(), "B", fileName, file, query);
  }

  private static Reply form(
      Client client, String boundary, String fileName, String file, String query) {
    var body = part("request", "", REQUEST) + part("targets", fileName, file) + "--B--\r\n";
    return client
        .with(BOUNDARY.formatted(boundary))
        .post(JOBS + query, body.replace("--B", "--" + boundary));
  }

  private static Reply sendForm(String body, String query) {
    return gateway.admin().with(BOUNDARY.formatted("B")).post(JOBS + query, body);
  }

  private static String part(String name, String fileName, String content) {
    return "--B\r\nContent-Disposition: form-data; name=\""
        + name
        + "\""
        + (fileName.isEmpty() ? "" : "; filename=\"" + fileName + "\"")
        + "\r\n\r\n"
        + content
        + "\r\n";
  }

  private static String quoted(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj("\"@u%05d:x\""::formatted)
        .collect(Collectors.joining("\n"));
  }

  private static List<String> targets(Reply reply) {
    assertThat(reply.outcome()).as(reply.body()).isEqualTo("202");
    return gateway
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select target from jobs.target where job_id = :job order by target_n")
                    .bind("job", UUID.fromString(reply.json().path("job_id").asText()))
                    .mapTo(String.class)
                    .list());
  }

  private static void assertNothingStored() {
    assertThat(number("select count(*) from jobs.job")).isZero();
    assertThat(number("select count(*) from jobs.target")).isZero();
  }

  private static long number(String query) {
    return gateway.jdbi().withHandle(handle -> handle.createQuery(query).mapTo(Long.class).one());
  }

  private static String text(Reply reply) {
    return reply.json().path("error").asText();
  }
}
