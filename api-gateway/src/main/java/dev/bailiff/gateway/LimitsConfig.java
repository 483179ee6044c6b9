package dev.bailiff.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * The block {@code limits}.
 *
 * <pre>
 * key            default  meaning
 * body           1MiB     largest body of a request; above it 413 M_TOO_LARGE
 * submission     64MiB    largest body of POST /_bailiff/v1/jobs: a million targets
 * loginBurst     100      logins that may be tried at once from one address, or to one account
 * loginInterval  5s       after that, one each so long
 * </pre>
 */
public final class LimitsConfig {
  @NotNull @JsonProperty private DataSize body = DataSize.mebibytes(1);
  @NotNull @JsonProperty private DataSize submission = DataSize.mebibytes(64);

  @Min(1)
  @JsonProperty
  private int loginBurst = 100;

  @NotNull @JsonProperty private Duration loginInterval = Duration.seconds(5);

  /** Largest body. */
  public DataSize body() {
    return body;
  }

  /** Largest body of a submission. */
  public DataSize submission() {
    return submission;
  }

  /** Logins at once. */
  public int loginBurst() {
    return loginBurst;
  }

  /** Pause between logins after the burst. */
  public Duration loginInterval() {
    return loginInterval;
  }
}
