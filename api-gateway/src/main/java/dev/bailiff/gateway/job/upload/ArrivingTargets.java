package dev.bailiff.gateway.job.upload;

import dev.bailiff.gateway.request.BodyStream;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.schemas.kind.TargetType;
import dev.bailiff.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The targets of one body: checked, and the first of them kept. Most jobs have few targets, and
 * need no more than that. Of others the rest is given on in portions.
 */
public final class ArrivingTargets {
  /** How many different targets are kept: some megabytes at most. */
  public static final int MOST_KEPT = 10_000;

  private static final int PORTION = 10_000;

  /** A slow client shows that it is there by each portion. */
  private static final long LONGEST_PORTION_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SubmittedBody body;
  private final BodyStream stream;
  private final TargetFaults faults;
  private final MessageDigest digest = Sha256.begin();
  private final Set<String> kept = new LinkedHashSet<>();
  private boolean hasAll;
  private boolean isWhole;

  /**
   * @param media which media the job can delete, if it deletes media
   */
  public ArrivingTargets(SubmittedBody body, BodyStream stream, MediaTargets media) {
    this.faults = new TargetFaults(media);
    this.body = body;
    this.stream = stream;
  }

  /**
   * Reads until no further target can be kept. From then on the body counts against no budget.
   *
   * @return whether the body is whole, and all its targets are kept
   */
  public boolean readFirst() {
    while (kept.size() < MOST_KEPT) {
      var id = next();
      if (isWhole) {
        return true;
      }
      if (id != null) {
        kept.add(id);
      }
    }
    stream.pass();
    return false;
  }

  /**
   * Reads to the end and gives all targets on, those that are kept first.
   *
   * @param type ends early if twenty ids cannot be targets of this type; null if it is not known
   */
  public void readRest(@Nullable TargetType type, Consumer<List<String>> sink) {
    sink.accept(List.copyOf(kept));
    stream.used();
    List<String> portion = new ArrayList<>();
    long since = System.nanoTime();
    while (!isWhole && (type == null || !faults.isFull(type))) {
      var id = next();
      if (id != null) {
        portion.add(id);
      }
      long now = System.nanoTime();
      if (portion.size() == PORTION
          || (!portion.isEmpty() && (isWhole || now - since > LONGEST_PORTION_NANOS))) {
        sink.accept(portion);
        stream.used();
        portion.clear();
        since = now;
      }
    }
  }

  /** The next target that can be one; null for another one, and at the end. */
  private @Nullable String next() {
    var target = body.next();
    if (target == null) {
      isWhole = true;
      return null;
    }
    stream.found();
    if (!faults.check(target)) {
      return null;
    }
    var id = target.id();
    digest.update(id.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    hasAll |= id.equals(DeleteMediaContract.ALL);
    return id;
  }

  /**
   * Refuses what cannot be targets of this type.
   *
   * @throws dev.bailiff.gateway.error.ApiException 400 {@code M_INVALID_PARAM}
   */
  public void refuseOthers(TargetType type) {
    faults.refuse(type);
  }

  /** The targets that are kept, in the order in which they came. */
  public Collection<String> kept() {
    return Collections.unmodifiableSet(kept);
  }

  /** The targets that a kind's rules are checked with: those that are kept, and {@code *}. */
  public List<String> examples() {
    Set<String> examples = new LinkedHashSet<>(kept);
    if (hasAll) {
      examples.add(DeleteMediaContract.ALL);
    }
    return List.copyOf(examples);
  }

  /** The digest of all targets in the order in which they came; may be asked for once. */
  public byte[] digest() {
    return digest.digest();
  }
}
