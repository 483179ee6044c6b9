package dev.bailiff.schemas.command;

/** {@code redact-events}: redact what users sent, room by room, newest first. */
public final class RedactEventsContract implements KindContract {
  /** The kind's name. */
  public static final String KIND = "redact-events";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public TargetType targetType() {
    return TargetType.USER;
  }

  @Override
  public Class<? extends Record> parameters() {
    return RedactEventsParameters.class;
  }

  @Override
  public boolean claimsTargets() {
    return true;
  }

  @Override
  public boolean freezesRooms(Record parameters) {
    var rooms = ((RedactEventsParameters) parameters).rooms();
    return rooms == null || rooms.isEmpty();
  }
}
