package dev.bailiff.gateway.job.submit;

import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.homeserver.redaction.RedactableRooms;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetMedia;
import dev.bailiff.job.TargetRooms;
import dev.bailiff.job.store.JobAcceptance;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.schemas.kind.KindContract;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes jobs of checked requests. When a method here comes back with a job, it is committed; its
 * commands are published after that, off this thread. If this process dies between the two, the
 * store publishes them.
 */
public final class JobSubmission {
  private static final int PAGE = 1_000;
  private static final String EMPTY_STORE =
      "Nothing was imported yet, so there is nothing to moderate. Import a snapshot first";

  private final KindContracts kinds;
  private final JobAcceptance acceptance;
  private final CommandPublisher publisher;
  private final RedactableRooms rooms;
  private final MeantMedia media;
  private final LocalServer localServer;

  public JobSubmission(
      KindContracts kinds,
      JobAcceptance acceptance,
      CommandPublisher publisher,
      RedactableRooms rooms,
      MeantMedia media,
      LocalServer localServer) {
    this.kinds = kinds;
    this.acceptance = acceptance;
    this.publisher = publisher;
    this.rooms = rooms;
    this.media = media;
    this.localServer = localServer;
  }

  /**
   * Stores a job, or says why not; then nothing was stored or published.
   *
   * @throws ApiException 409 while the store is empty: each kind needs the server's name, and the
   *     job would only fail after all its attempts
   */
  public Acceptance submit(JobRequest request) {
    if (localServer.serverName().isEmpty()) {
      throw new ApiException(409, Errcode.M_UNKNOWN, EMPTY_STORE);
    }
    var contract = kinds.find(request.kind().name()).orElseThrow();
    var parameters = KindContracts.parameters(contract, request.parameters());
    boolean freezesRooms = contract.freezesRooms(parameters);
    boolean freezesMedia = contract.freezesMedia(parameters);
    if (freezesRooms || freezesMedia) {
      // A repetition gets its answer also while the homeserver cannot be asked.
      var earlier = acceptance.earlier(request);
      if (earlier.isPresent()) {
        return earlier.get();
      }
    }
    var accepted =
        acceptance.accept(
            request,
            contract.firstStage(parameters, request.targets().size()),
            freezesRooms ? rooms(request.targets()) : TargetRooms.NONE,
            freezesMedia
                ? Meanings.of(request.targets(), media.of(parameters)::read)::tell
                : TargetMedia.NONE);
    if (accepted instanceof Acceptance.Accepted job) {
      publisher.publish(job.commands());
    }
    return accepted;
  }

  /** Stores a job of one target; if the target belongs to another job, this one waits for it. */
  public JobId submitOne(JobKind kind, String target, Record parameters, Caller caller) {
    return accepted(submit(request(kind, target, parameters, caller, false)))
        .orElseThrow(() -> new IllegalStateException("a job that claims nothing was refused"));
  }

  /** Stores a job of one target, unless another job of the kind is at it: then empty. */
  public Optional<JobId> submitUnlessClaimed(
      JobKind kind, String target, Record parameters, Caller caller) {
    return accepted(submit(request(kind, target, parameters, caller, true)));
  }

  /** Whether another job of the kind is at a target: {@link #submitUnlessClaimed} would refuse. */
  public boolean isClaimed(JobKind kind, String target) {
    return acceptance.isWorkedOn(kind, target);
  }

  private static JobRequest request(
      JobKind kind, String target, Record parameters, Caller caller, boolean claimNow) {
    return new JobRequest(
        kind,
        List.of(target),
        KindContracts.toJson(parameters),
        caller.requester(),
        caller.actingUser(),
        null,
        null,
        claimNow,
        null);
  }

  private static Optional<JobId> accepted(Acceptance acceptance) {
    return acceptance instanceof Acceptance.Accepted job
        ? Optional.of(job.job())
        : Optional.empty();
  }

  /** Of more targets a stage stores the rooms. */
  private TargetRooms rooms(List<String> users) {
    return users.size() > KindContract.MOST_FROZEN_AT_ACCEPTANCE
        ? TargetRooms.NONE
        : Meanings.of(users, this::readRooms)::tell;
  }

  private void readRooms(String user, Consumer<List<String>> sink) {
    @Nullable String after = null;
    List<String> page;
    do {
      page = rooms.redactableRooms(user, after, PAGE);
      if (!page.isEmpty()) {
        sink.accept(page);
        after = page.get(page.size() - 1);
      }
    } while (page.size() == PAGE);
  }
}
