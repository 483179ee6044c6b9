package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.webhook.SigningSecret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks by HTTP: made, listed, deleted, and their messages replayed. */
class WebhooksIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String WEBHOOKS = "/_bailiff/v1/webhooks";

  /** An address that needs no look-up of a name. */
  private static final String URL = "https://1.1.1.1/secret-path";

  @BeforeEach
  void nothing() {
    gateway
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("truncate jobs.webhook, jobs.webhook_delivery");
              handle.execute("delete from jobs.job");
            });
  }

  @Test
  void aWebhookIsMadeListedAndDeletedAndItsSecretToldOnce() {
    var made =
        gateway
            .admin()
            .post(
                WEBHOOKS,
                "{\"url\": \"%s\", \"events\": [\"ended\", \"failed\", \"left_over\"], \"kinds\": [\"redact-events\"], \"description\": \"the bot\"}"
                    .formatted(URL));
    assertThat(made.status()).isEqualTo(201);
    var secret = made.json().path("secret").textValue();
    assertThat(SigningSecret.parse(secret)).isPresent();

    var listed = gateway.admin().get(WEBHOOKS);

    assertThat(listed.body()).doesNotContain(secret, secret.substring(6), "secret-path");
    var webhook = listed.json().path("webhooks").path(0);
    assertThat(webhook.path("id")).isEqualTo(made.json().path("id"));
    assertThat(webhook.path("receiver").textValue()).isEqualTo("https://1.1.1.1");
    assertThat(webhook.path("events").toString())
        .isEqualTo("[\"completed\",\"failed\",\"cancelled\",\"left_over\"]");
    assertThat(webhook.path("made_by").textValue()).isEqualTo("@admin:chat.example");
    assertThat(webhook.path("of_configuration").booleanValue()).isFalse();

    var one = WEBHOOKS + "/" + made.json().path("id").textValue();
    assertThat(gateway.admin().delete(one).body()).isEqualTo("{}");
    assertThat(gateway.admin().delete(one).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().get(one + "/failed").outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().post(one + "/replay", "{}").outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void anAcceptedJobIsWrittenForItsReceivers() {
    make("\"events\": [\"accepted\"]");
    make("\"events\": [\"accepted\"], \"kinds\": [\"delete-rooms\"]");

    assertThat(
            gateway
                .admin()
                .post(
                    "/_bailiff/v1/jobs",
                    "{\"kind\": \"redact-events\", \"targets\": [\"@bob:chat.example\"]}")
                .status())
        .isEqualTo(202);

    assertThat(gateway.admin().get(WEBHOOKS).json().path("webhooks"))
        .extracting(webhook -> webhook.path("waiting").intValue())
        .containsExactly(1, 0);
  }

  @Test
  void messagesThatWereGivenUpAreListedInPagesAndReplayed() {
    var id = make("\"events\": [\"failed\"]");
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into jobs.webhook_delivery (webhook_id, job_id, event, happened_at, failed_at, attempts, last_error)
                    select ?::uuid, gen_random_uuid(), 'failed', now(), now(), 30, 'the receiver answered 500'
                      from generate_series(1, 3)
                    """,
                    id));

    var page = gateway.admin().get(WEBHOOKS + "/" + id + "/failed?limit=2").json();
    assertThat(page.path("failed")).hasSize(2);
    assertThat(page.path("failed").path(0).path("error").textValue())
        .isEqualTo("the receiver answered 500");
    var next = page.path("next").textValue();
    var last = gateway.admin().get(WEBHOOKS + "/" + id + "/failed?limit=2&from=" + next).json();
    assertThat(last.path("failed")).hasSize(1);
    assertThat(last.path("next").isNull()).isTrue();

    var number = last.path("failed").path(0).path("number");
    assertThat(replay(id, "{\"numbers\": [" + number + "]}")).isEqualTo("{\"replayed\":1}");
    assertThat(replay(id, "{\"numbers\": [" + number + "]}")).isEqualTo("{\"replayed\":0}");
    assertThat(replay(id, "{}")).isEqualTo("{\"replayed\":2}");
    assertThat(gateway.admin().get(WEBHOOKS).json().path("webhooks").path(0).path("waiting"))
        .hasToString("3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"events\": [\"ended\"]} | 400 M_MISSING_PARAM",
        "{\"url\": \"https://1.1.1.1\"} | 400 M_MISSING_PARAM",
        "{\"url\": \"https://1.1.1.1\", \"events\": []} | 400 M_INVALID_PARAM",
        "{\"url\": \"https://1.1.1.1\", \"events\": [\"progress\"]} | 400 M_INVALID_PARAM",
        "{\"url\": \"https://1.1.1.1\", \"events\": \"ended\"} | 400 M_INVALID_PARAM",
        "{\"url\": \"https://1.1.1.1\", \"events\": [1]} | 400 M_INVALID_PARAM",
        "{\"url\": 7, \"events\": [\"ended\"]} | 400 M_BAD_JSON",
        "{\"url\": null, \"events\": [\"ended\"]} | 400 M_INVALID_PARAM",
        "{\"url\": \"https://1.1.1.1\", \"events\": [\"ended\"], \"kinds\": [\"none\"]} | 400 M_INVALID_PARAM",
        "{\"url\": \"https://1.1.1.1\", \"events\": [\"ended\"], \"secret\": \"abc\"} | 400 M_INVALID_PARAM",
        "{\"url\": \"https://1.1.1.1\", \"events\": [\"ended\"], \"format\": \"text\"} | 400 M_INVALID_PARAM"
      })
  void aBodyThatIsWrongMakesNothing(String body, String outcome) {
    assertThat(gateway.admin().post(WEBHOOKS, body).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().get(WEBHOOKS).json().path("webhooks")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://1.1.1.1/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://10.0.0.1/",
        "https://2130706433/",
        "https://nothing.invalid/",
        "gopher://1.1.1.1/",
        "https://a:b@1.1.1.1/"
      })
  void anAddressThatMayNotBeCalledIsRefused(String url) {
    var reply =
        gateway.admin().post(WEBHOOKS, "{\"url\": \"%s\", \"events\": [\"ended\"]}".formatted(url));

    assertThat(reply.outcome()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(gateway.admin().get(WEBHOOKS).json().path("webhooks")).isEmpty();
  }

  @Test
  void aTokenWithoutTheScopeLearnsNothing() {
    var token =
        gateway
            .admin()
            .post("/_bailiff/v1/tokens", "{\"name\": \"moderator\", \"preset\": \"moderator\"}")
            .json()
            .path("token")
            .textValue();
    var moderator = new Client(gateway.port(), token);

    assertThat(moderator.get(WEBHOOKS).outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(moderator.post(WEBHOOKS, "{}").outcome()).isEqualTo("403 M_FORBIDDEN");
  }

  private static String make(String keys) {
    var made = gateway.admin().post(WEBHOOKS, "{\"url\": \"" + URL + "\", " + keys + "}");
    assertThat(made.status()).isEqualTo(201);
    return made.json().path("id").textValue();
  }

  private static String replay(String id, String body) {
    return gateway.admin().post(WEBHOOKS + "/" + id + "/replay", body).body();
  }
}
