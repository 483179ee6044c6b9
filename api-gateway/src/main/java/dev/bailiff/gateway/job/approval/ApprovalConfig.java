package dev.bailiff.gateway.job.approval;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code approvals}: which jobs a second person has to approve.
 *
 * <pre>
 * key         default
 * accounts    50       jobs about more accounts than these; -1: any number goes without
 * members     1000     jobs about a room with more joined members than these; -1: any room goes without
 * targets     -1       jobs of more targets than these, of any kind; -1: any number goes without
 * kinds       none     every job of these kinds
 * erase       false    every job that erases
 * requesters  none     every job of these requesters: user ids or token:NAME, with * and ?
 * expiry      7d       a job that nobody approves in this time is cancelled
 * </pre>
 *
 * <p>In place of the block, {@code approvals: off} asks for no approval at all.
 */
public record ApprovalConfig(
    boolean enabled,
    int accounts,
    int members,
    int targets,
    Set<String> kinds,
    boolean erase,
    List<String> requesters,
    Duration expiry) {
  /** The bound that no number exceeds. */
  private static final int NONE = -1;

  /** For production. */
  public static final ApprovalConfig DEFAULT =
      new ApprovalConfig(true, 50, 1_000, NONE, Set.of(), false, List.of(), Duration.days(7));

  /** No job needs an approval. */
  public static final ApprovalConfig OFF =
      new ApprovalConfig(false, NONE, NONE, NONE, Set.of(), false, List.of(), Duration.days(7));

  public ApprovalConfig {
    kinds = Set.copyOf(kinds);
    requesters = List.copyOf(requesters);
    if (accounts < NONE || members < NONE || targets < NONE) {
      throw new IllegalArgumentException("approvals: a bound is 0 or more, or -1 for none");
    }
    if (expiry.toMilliseconds() <= 0) {
      throw new IllegalArgumentException("approvals: expiry must be more than 0");
    }
  }

  /** Reads {@code on} or {@code off}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ApprovalConfig of(String word) {
    return switch (word) {
      case "off", "false" -> OFF;
      case "on", "true" -> DEFAULT;
      default ->
          throw new IllegalArgumentException("approvals: give on, off, or the keys of a policy");
    };
  }

  /** Reads the block from YAML; absent keys have their defaults. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static ApprovalConfig of(
      @JsonProperty("accounts") @Nullable Integer accounts,
      @JsonProperty("members") @Nullable Integer members,
      @JsonProperty("targets") @Nullable Integer targets,
      @JsonProperty("kinds") @Nullable Set<String> kinds,
      @JsonProperty("erase") @Nullable Boolean erase,
      @JsonProperty("requesters") @Nullable List<String> requesters,
      @JsonProperty("expiry") @Nullable Duration expiry) {
    return new ApprovalConfig(
        true,
        accounts == null ? DEFAULT.accounts : accounts,
        members == null ? DEFAULT.members : members,
        targets == null ? DEFAULT.targets : targets,
        kinds == null ? DEFAULT.kinds : kinds,
        erase == null ? DEFAULT.erase : erase,
        requesters == null ? DEFAULT.requesters : requesters,
        expiry == null ? DEFAULT.expiry : expiry);
  }

  /** The policy in one sentence. */
  public String words() {
    if (!enabled) {
      return "approvals: off, no job needs a second person";
    }
    var jobs = new ArrayList<String>();
    add(jobs, "more than %,d accounts", accounts);
    add(jobs, "a room with more than %,d members", members);
    add(jobs, "more than %,d targets", targets);
    if (!kinds.isEmpty()) {
      jobs.add("the kinds " + String.join(", ", kinds.stream().sorted().toList()));
    }
    if (erase) {
      jobs.add("anything to erase");
    }
    if (!requesters.isEmpty()) {
      jobs.add("whatever " + String.join(", ", requesters) + " asks for");
    }
    return jobs.isEmpty()
        ? "approvals: no job needs a second person"
        : "approvals: a second person has to approve jobs of " + String.join(", or of ", jobs);
  }

  private static void add(List<String> jobs, String text, int most) {
    if (most > NONE) {
      jobs.add(String.format(Locale.ROOT, text, most));
    }
  }

  /** A bound; null for none. */
  static @Nullable Integer bound(int most) {
    return most == NONE ? null : Integer.valueOf(most);
  }
}
