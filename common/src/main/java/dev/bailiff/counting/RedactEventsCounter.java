package dev.bailiff.counting;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.counting.UserEvents;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.schemas.kind.RedactEventsContract;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import java.util.List;
import java.util.Set;

/** {@code redact-events}: the senders, and their events that are not redacted. */
public final class RedactEventsCounter implements KindCounter<RedactEventsParameters> {

  @Override
  public String kind() {
    return RedactEventsContract.KIND;
  }

  @Override
  public Class<RedactEventsParameters> parameters() {
    return RedactEventsParameters.class;
  }

  @Override
  public Set<String> items() {
    return Set.of(CountingPort.EVENTS);
  }

  @Override
  public Counted count(
      RedactEventsParameters parameters, List<Target> targets, CountingTools tools) {
    return tools.homeserver().events(asked(parameters, targets));
  }

  /** The events of these users that a redaction with these parameters is about. */
  static UserEvents asked(RedactEventsParameters parameters, List<Target> users) {
    var rooms = parameters.rooms();
    boolean everywhere = parameters.meansEveryRoom();
    return new UserEvents(
        users,
        rooms == null || everywhere ? List.of() : rooms.stream().distinct().toList(),
        everywhere,
        parameters.mostPerRoom(),
        EventConditions.of(
            parameters.types(), parameters.earliest(), parameters.latest(), parameters.contains()));
  }
}
