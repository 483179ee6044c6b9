package dev.bailiff.gateway.admin.redaction;

import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.job.kind.KindAcceptance;
import dev.bailiff.homeserver.redaction.RedactableRooms;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.schemas.kind.RedactEventsContract;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A redaction that names no rooms covers the rooms in which each user is when the job is accepted
 * (admin-api 4.34).
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
  public Optional<TargetSnapshot> snapshot(RedactEventsParameters parameters, Lookups lookups) {
    return parameters.meansRoomsAtAcceptance()
        ? Optional.of((user, sink) -> readRooms(lookups.redaction(), user, sink))
        : Optional.empty();
  }

  private static void readRooms(RedactableRooms rooms, String user, TargetSnapshot.Sink sink) {
    @Nullable String after = null;
    List<String> page;
    do {
      page = rooms.redactableRooms(user, after, PAGE);
      if (!page.isEmpty()) {
        sink.add(RedactEventsContract.ROOMS, page);
        after = page.get(page.size() - 1);
      }
    } while (page.size() == PAGE);
  }
}
