package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.testing.ConfigOverride;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the open jobs of a token go with it. Elsewhere they go on, as {@link TokensIT} shows. */
class RevokedTokensJobsIT {
  private static final String JOBS = "/_bailiff/v1/jobs";
  private static final String TOKENS = "/_bailiff/v1/tokens";

  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(ConfigOverride.config("access.revokedTokensCancelJobs", "true"));

  @Test
  void theOpenJobsOfATokenAreCancelledWithIt() {
    var made = gateway.admin().post(TOKENS, "{\"name\": \"bot\", \"preset\": \"bot\"}").json();
    var bot = new Client(gateway.port(), made.path("token").textValue());
    var own = submit(bot);
    var other = submit(gateway.admin());

    assertThat(gateway.admin().delete(TOKENS + "/" + made.path("id").textValue()).status())
        .isEqualTo(200);

    assertThat(status(own)).isEqualTo("cancelled");
    assertThat(status(other)).isEqualTo("scheduled");
  }

  private static String submit(Client client) {
    return client
        .post(
            JOBS,
            "{\"kind\": \"redact-events\", \"parameters\": {}, \"targets\": [\"@spam:chat.example\"]}")
        .json()
        .path("job_id")
        .textValue();
  }

  private static String status(String job) {
    return gateway.admin().get(JOBS + "/" + job).json().path("status").textValue();
  }
}
