package dev.bailiff.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bailiff.gateway.request.BodyBudget;
import dev.bailiff.gateway.request.BodyLimit;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * The block {@code limits}.
 *
 * <pre>
 * key                default  meaning
 * body               1MiB     largest body of a request; above it 413 M_TOO_LARGE
 * bodyTime           30s      how long a body may take to arrive; then 408 M_UNKNOWN
 * submission         64MiB    the most that is kept of a body of POST /_bailiff/v1/jobs: everything but the
 *                             targets behind the first 10,000
 * submissionTime     5m       how long a submission may take to arrive
 * targets            1000000  most targets of a job; above it 413 M_TOO_LARGE
 * uploads            4        submissions of more than 10,000 targets at once; the next ones wait. Each
 *                             takes a connection of database.maxPoolSize, of which all together
 *                             take half at most
 * bodies             16MiB    bodies of all calls in memory at once, except submissions; beyond it
 *                             503. At least body. The first 8 KiB of each body are not counted
 * submissions        64MiB    the same for submissions; at least submission
 * headTime           20s      how long the head of a request may take, from its first byte; then the connection is closed
 * replyTime          10m      how long a client may take to read a reply; then the connection is closed
 * threadsPerAddress  256      most worker threads, of the server's maxThreads 1024, that requests
 *                             from one address hold; further requests wait
 * loginBurst         100      logins that may be tried at once from one address, or to one name
 * loginInterval      5s       after the burst, one login per interval
 * </pre>
 *
 * The connector bounds the head of a request: {@code maxRequestHeaderSize}, 8KiB. A longer path
 * with query is answered with 414, a larger head with 431. The connector's {@code idleTimeout},
 * 30s, ends a client that sends and reads nothing at all.
 */
public final class LimitsConfig {
  @NotNull @JsonProperty private DataSize body = DataSize.mebibytes(1);
  @NotNull @JsonProperty private Duration bodyTime = Duration.seconds(30);
  @NotNull @JsonProperty private DataSize submission = DataSize.mebibytes(64);
  @NotNull @JsonProperty private Duration submissionTime = Duration.minutes(5);

  @Min(1)
  @JsonProperty
  private int targets = 1_000_000;

  @Min(1)
  @JsonProperty
  private int uploads = 4;

  @NotNull @JsonProperty private DataSize bodies = DataSize.mebibytes(16);
  @NotNull @JsonProperty private DataSize submissions = DataSize.mebibytes(64);
  @NotNull @JsonProperty private Duration headTime = Duration.seconds(20);
  @NotNull @JsonProperty private Duration replyTime = Duration.minutes(10);

  @Min(1)
  @JsonProperty
  private int threadsPerAddress = 256;

  @Min(1)
  @JsonProperty
  private int loginBurst = 100;

  @NotNull @JsonProperty private Duration loginInterval = Duration.seconds(5);

  /** Limit of one body. */
  public BodyLimit body() {
    return new BodyLimit(body.toBytes(), bodyTime.toJavaDuration());
  }

  /** Limit of the body of one submission. */
  public BodyLimit submission() {
    return new BodyLimit(submission.toBytes(), submissionTime.toJavaDuration());
  }

  /** Most targets of a job. */
  public int targets() {
    return targets;
  }

  /** Submissions of many targets at once. */
  public int uploads() {
    return uploads;
  }

  /** A new budget for all bodies together, except submissions. */
  public BodyBudget bodies() {
    return new BodyBudget(bodies.toBytes());
  }

  /** A new budget for the bodies of all submissions together. */
  public BodyBudget submissions() {
    return new BodyBudget(submissions.toBytes());
  }

  /** Whether each budget has room for the largest body when no other body is in memory. */
  @ValidationMethod(message = "bodies must be at least body, and submissions at least submission")
  public boolean isRoomForTheLargest() {
    return bodies.toBytes() >= body.toBytes() && submissions.toBytes() >= submission.toBytes();
  }

  /** Time for the head of a request. */
  public Duration headTime() {
    return headTime;
  }

  /** Time for reading a reply. */
  public Duration replyTime() {
    return replyTime;
  }

  /** Most worker threads of one address. */
  public int threadsPerAddress() {
    return threadsPerAddress;
  }

  /** Logins in a burst. */
  public int loginBurst() {
    return loginBurst;
  }

  /** Pause between logins after the burst. */
  public Duration loginInterval() {
    return loginInterval;
  }
}
