package dev.bailiff.gateway.admin.redaction;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.job.kind.KindAcceptance;
import dev.bailiff.gateway.job.kind.ShownMediaCheck;
import dev.bailiff.homeserver.redaction.RedactableRooms;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.schemas.kind.RedactEventsContract;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A redaction that does not name its rooms one by one covers the rooms in which each user is when
 * the job is accepted (admin-api 4.34), or every room in which the user has ever written by then.
 */
public final class RedactionAcceptance implements KindAcceptance<RedactEventsParameters> {
  private static final int PAGE = 1_000;

  @Override
  public String kind() {
    return RedactEventsContract.KIND;
  }

  @Override
  public Class<RedactEventsParameters> parameters() {
    return RedactEventsParameters.class;
  }

  @Override
  public void check(RedactEventsParameters parameters, LocalServer server, Lookups lookups) {
    ShownMediaCheck.require(parameters.deletesShownMedia(), lookups.media());
  }

  @Override
  public Optional<TargetSnapshot> snapshot(RedactEventsParameters parameters, Lookups lookups) {
    return parameters.meansRoomsAtAcceptance()
        ? Optional.of(snapshot(lookups.redaction(), parameters.meansEveryRoom()))
        : Optional.empty();
  }

  private static TargetSnapshot snapshot(RedactableRooms rooms, boolean every) {
    return every
        ? (user, sink) -> readRooms(after -> rooms.writtenRooms(user, after, PAGE), sink)
        : (user, sink) -> readRooms(after -> rooms.redactableRooms(user, after, PAGE), sink);
  }

  /** A page of rooms behind a room; behind null is the first page. */
  private interface RoomPages {
    List<String> behind(@Nullable String after);
  }

  private static void readRooms(RoomPages rooms, TargetSnapshot.Sink sink) {
    @Nullable String after = null;
    List<String> page;
    do {
      page = rooms.behind(after);
      if (!page.isEmpty()) {
        sink.add(RedactEventsContract.ROOMS, page);
        after = page.get(page.size() - 1);
      }
    } while (page.size() == PAGE);
  }
}
