package dev.bailiff.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Client;
import dev.bailiff.gateway.Reply;
import dev.bailiff.gateway.RunningGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The largest requests, and the answers to larger ones. */
class LimitsIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String USERS = "/_synapse/admin/v2/users";
  private static final String BLOCK = "/_synapse/admin/v1/rooms/!r:chat.example/block";
  private static final int BODY = 64 * 1024;

  /** Limit of the connector, in the test's configuration as in production. */
  private static final int HEAD = 8 * 1024;

  @Test
  void bodyAtTheLimitIsReadAndOneByteMoreIsNot() {
    assertThat(put(padded(BODY)).outcome()).isEqualTo("200");

    var refused = put(padded(BODY + 1));

    assertThat(refused.outcome()).isEqualTo("413 M_TOO_LARGE");
    assertThat(text(refused)).isEqualTo("The body is larger than " + BODY + " bytes");
  }

  @Test
  void limitHoldsForBodiesThatComeInChunks() {
    assertThat(chunked(padded(BODY)).outcome()).isEqualTo("200");
    assertThat(chunked(padded(BODY + 1)).outcome()).isEqualTo("413 M_TOO_LARGE");
  }

  @Test
  void limitHoldsForWhatACompressedBodyGrowsTo() throws IOException {
    var zipped = gateway.admin().with("Content-Encoding: gzip");

    assertThat(zipped.sendBytes("PUT", BLOCK, gzip(padded(BODY))).outcome()).isEqualTo("200");
    assertThat(zipped.sendBytes("PUT", BLOCK, gzip(padded(10 * 1024 * 1024))).outcome())
        .isEqualTo("413 M_TOO_LARGE");
    assertThat(zipped.put(BLOCK, "{\"block\": false}").status()).isEqualTo(400);
  }

  @Test
  void whoSendsAllOfAHugeBodyBeforeReadingSeesWhyItWasRefused() {
    assertThat(put(padded(4 * 1024 * 1024)).outcome()).isEqualTo("413 M_TOO_LARGE");
  }

  @Test
  void submissionsMayBeLargerThanOtherBodies() {
    var jobs = "/_bailiff/v1/jobs";

    assertThat(gateway.admin().post(jobs, padded(BODY + 1)).status()).isEqualTo(400);
    assertThat(gateway.admin().post(jobs, padded(4 * BODY + 1)).outcome())
        .isEqualTo("413 M_TOO_LARGE");
  }

  @Test
  void bodyThatNobodyAskedForIsOfAnySize() {
    assertThat(gateway.admin().send("GET", USERS, padded(4 * BODY)).outcome()).isEqualTo("200");
  }

  @Test
  void whoIsNobodyIsToldSoWhateverTheSizeOfTheBody() {
    assertThat(gateway.nobody().put(BLOCK, padded(BODY + 1)).outcome())
        .isEqualTo("401 M_MISSING_TOKEN");
  }

  @ParameterizedTest
  @CsvSource({
    "999, 200",
    "1000, 400 M_NOT_JSON",
    "30000, 400 M_NOT_JSON",
  })
  void nestingIsBounded(int deeper, String outcome) {
    for (String[] pair : new String[][] {{"[", "]"}, {"{\"a\":", "}"}}) {
      var value = pair[0].repeat(deeper) + "1" + pair[1].repeat(deeper);
      var reply = put("{\"block\": false, \"a\": " + value + "}");

      if (value.length() < BODY) {
        assertThat(reply.outcome()).isEqualTo(outcome);
      }
    }
  }

  @Test
  void textOfABodyThatIsNestedTooDeeplySaysSo() {
    assertThat(text(put("{\"a\": " + "[".repeat(2_000) + "]".repeat(2_000) + "}")))
        .contains("nested deeper than 1000 levels");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"block\": false, \"a\": %s}', 9, 4300, 200",
    "'{\"block\": false, \"a\": %s}', 9, 4301, 400 M_NOT_JSON",
    "'{\"block\": false, \"%s\": 1}', k, 50000, 200",
    "'{\"block\": false, \"%s\": 1}', k, 50001, 400 M_NOT_JSON"
  })
  void numbersAndKeysAreBounded(String form, String repeated, int times, String outcome) {
    assertThat(put(form.formatted(repeated.repeat(times))).outcome()).isEqualTo(outcome);
  }

  @Test
  void pathThatIsTooLongIsRefused() {
    assertThat(gateway.admin().get(USERS + "?name=" + "x".repeat(HEAD - 1_000)).status())
        .isEqualTo(200);

    var refused = gateway.admin().get(USERS + "?name=" + "x".repeat(HEAD));

    assertThat(refused.outcome()).isEqualTo("414 M_TOO_LARGE");
    assertThat(text(refused)).isEqualTo("The head of the request is too large");
  }

  @Test
  void headersThatAreTooLargeAreRefused() {
    assertThat(gateway.admin().with("X-Long: " + "x".repeat(HEAD - 1_000)).get(USERS).status())
        .isEqualTo(200);
    assertThat(gateway.admin().with("X-Long: " + "x".repeat(HEAD)).get(USERS).outcome())
        .isEqualTo("431 M_TOO_LARGE");
  }

  @Test
  void tooManyHeadersAreRefused() {
    var client = gateway.admin();
    for (int i = 0; i < 2_000; i++) {
      client = client.with("X: " + i);
    }

    assertThat(client.get(USERS).outcome()).isEqualTo("431 M_TOO_LARGE");
  }

  @Test
  void longUserAgentIsNoReasonToRefuse() {
    var random = new StringBuilder();
    new Random(1).ints(6_000, '!', '~').forEach(random::appendCodePoint);

    assertThat(gateway.admin().with("User-Agent: " + random).get(USERS).outcome()).isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT %s HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}",
        "PUT %s HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n{}",
        "PUT %s HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        "PUT %s HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: odd\r\n\r\n{}",
        "PUT %s HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}",
        "PUT %s HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "PUT %s HTTP/1.1\r\nHost: a\r\nNo colon\r\n\r\n",
        "PUT %s HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n",
        "PUT %s HTTP/9.9\r\nHost: a\r\n\r\n",
        "P\u0001T %s HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET\r\n\r\n"
      })
  void headThatCannotBeReadIsRefusedInTheWordsOfTheApi(String head) {
    var reply = gateway.nobody().exchange(head.formatted(BLOCK), new byte[0]);

    assertThat(reply.status()).isBetween(400, 505);
    assertThat(reply.status()).isNotEqualTo(500);
    assertThat(reply.headers()).containsEntry("Content-Type", "application/json");
    assertThat(reply.json().path("errcode").asText()).isEqualTo("M_UNKNOWN");
    assertThat(text(reply)).isNotEmpty().doesNotContain("Jetty", "Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n"})
  void chunksThatAreNoneAreRefused(String chunks) {
    var reply = exchange("Transfer-Encoding: chunked", chunks);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errcode").asText()).isIn("M_NOT_JSON", "M_UNKNOWN");
  }

  private static Reply put(String body) {
    return gateway.admin().put(BLOCK, body);
  }

  private static Reply chunked(String body) {
    var chunks = new StringBuilder();
    for (int at = 0; at < body.length(); at += 10_000) {
      var chunk = body.substring(at, Math.min(body.length(), at + 10_000));
      chunks
          .append(Integer.toHexString(chunk.length()))
          .append("\r\n")
          .append(chunk)
          .append("\r\n");
    }
    return exchange("Transfer-Encoding: chunked", chunks.append("0\r\n\r\n").toString());
  }

  private static Reply exchange(String header, String body) {
    return new Client(gateway.port(), null)
        .exchange(
            "PUT %s?access_token=admin-token HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n\r\n"
                .formatted(BLOCK, header),
            body.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String padded(int bytes) {
    var frame = "{\"block\": false, \"a\": \"\"}";
    return frame.replace("\"\"", "\"" + "x".repeat(bytes - frame.length()) + "\"");
  }

  private static byte[] gzip(String text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static String text(Reply reply) {
    return reply.json().path("error").asText();
  }
}
