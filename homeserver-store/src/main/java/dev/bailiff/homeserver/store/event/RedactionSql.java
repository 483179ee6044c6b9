package dev.bailiff.homeserver.store.event;

/**
 * Decides in SQL whether a redaction is in force. Reads, jobs and verdicts all use these
 * conditions, so that they never disagree about whether an event is redacted.
 *
 * <p>A redaction is stored when it arrives, and judged when it is read. A row without {@code
 * recheck} was judged by the homeserver that received it: it is in force, even where its event is
 * missing or rejected. A row with {@code recheck} is in force only if its event is stored, is not
 * rejected, is in the room of its target, and comes from the server of the target's sender. Before
 * room version 3 the server of the sender does not matter, as the authorization rules of those
 * versions have checked it. The first event of a room is never redacted. Source: Synapse 1.163.2,
 * asked for each case in each room version; {@code RedactionsThatHoldIT} has its answers.
 */
public final class RedactionSql {

  /** Whether the event {@code e} is redacted. */
  public static final String IS_REDACTED =
      """
      exists (
        select from homeserver.redaction x
        where x.redacts = e.event_id and %s)
      """
          .formatted(holds("e", "x"));

  private RedactionSql() {}

  /**
   * Whether a redaction of an event is in force.
   *
   * @param target alias of the event, a row of {@code homeserver.event}
   * @param redaction alias of the redaction, a row of {@code homeserver.redaction} whose {@code
   *     redacts} is the event
   */
  public static String holds(String target, String redaction) {
    return """
    (%1$s.type <> 'm.room.create' and (not %2$s.recheck or exists (
      select from homeserver.event judged
      where judged.event_id = %2$s.event_id and judged.room_id = %1$s.room_id and not judged.rejected
        and %3$s)))
    """
        .formatted(target, redaction, mayRedact("judged", target));
  }

  /**
   * Whether the sender of a redaction with {@code recheck} may redact an event of the same room.
   *
   * @param redaction alias of the redaction's event
   * @param target alias of the event that it redacts
   */
  public static String mayRedact(String redaction, String target) {
    return """
    (substring(%1$s.sender from position(':' in %1$s.sender) + 1)
          = substring(%2$s.sender from position(':' in %2$s.sender) + 1)
        or exists (select from homeserver.room early
                   where early.room_id = %2$s.room_id and early.room_version in ('1', '2')))
    """
        .formatted(redaction, target);
  }
}
