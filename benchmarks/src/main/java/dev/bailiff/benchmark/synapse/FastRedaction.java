package dev.bailiff.benchmark.synapse;

import dev.bailiff.benchmark.live.LiveSynapse;
import dev.bailiff.benchmark.live.SynapseApi;
import dev.bailiff.benchmark.live.SynapseScale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.stack.SynapseStack;
import dev.bailiff.benchmark.stack.SynapseStack.Order;
import dev.bailiff.schemas.kind.RedactEventsContract;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A fast {@code redact-events} job for one sender, beside Synapse's own redaction of a user. */
final class FastRedaction implements SynapseWork<FastRedaction.Spam> {
  private static final int LIMIT = 100_000;
  private static final int WARM_UP_EVENTS = 20;
  private static final String EXTREMITIES = "forward extremities a room";

  private static final String LEFT =
      """
      select count(*) from events e
      where e.sender = ? and e.type = 'm.room.message'
        and not exists (select from redactions r where r.redacts = e.event_id)
      """;

  private static final String REDACTED =
      """
      select count(distinct r.redacts) from redactions r join events e on e.event_id = r.redacts
      where e.sender = ? and e.type = 'm.room.message'
      """;

  private static final String MOST_EXTREMITIES =
      """
      select max(extremities) from (
        select count(*) as extremities from event_forward_extremities
        where room_id in (
          select room_id from local_current_membership where user_id = ?)
        group by room_id) of_rooms
      """;

  /** A sender in some rooms. */
  record Spam(String sender, List<String> rooms) {

    /** Makes rooms of somebody else in which a new user writes. */
    static Spam make(LiveSynapse synapse, int rooms, int eventsARoom) {
      var data = synapse.data();
      var owner = data.user();
      var sender = data.user();
      List<String> made = new ArrayList<>();
      for (int n = 0; n < rooms; n++) {
        made.add(data.room(owner));
      }
      data.joinAll(made, List.of(sender));
      data.send(made, sender, eventsARoom);
      return new Spam(sender, made);
    }

    /** The redaction of all that the user wrote. */
    Order redaction(String pace) {
      var parameters = SynapseApi.object().put("limit", LIMIT);
      rooms.forEach(parameters.putArray("rooms")::add);
      return new Order(RedactEventsContract.KIND, List.of(sender), parameters, pace);
    }
  }

  @Override
  public String name() {
    return "synapse-redact";
  }

  @Override
  public String work(SynapseScale scale) {
    return String.format(
        Locale.ROOT,
        "redact %,d events of one sender in %d rooms, fast",
        items(scale),
        SynapseScale.ROOMS);
  }

  @Override
  public long items(SynapseScale scale) {
    return (long) SynapseScale.ROOMS * scale.redactionsARoom();
  }

  @Override
  public Bound bound() {
    return Bound.shareAtLeast(2.5).andCost(EXTREMITIES, 2);
  }

  @Override
  public Spam furnish(LiveSynapse synapse, SynapseScale scale) {
    return Spam.make(synapse, SynapseScale.ROOMS, scale.redactionsARoom());
  }

  @Override
  public Spam furnishWarmUp(LiveSynapse synapse) {
    return Spam.make(synapse, 1, WARM_UP_EVENTS);
  }

  @Override
  public Order job(Spam spam) {
    return spam.redaction("fast");
  }

  @Override
  public void byHand(LiveSynapse synapse, Spam spam) {
    synapse.byHand().redact(spam.sender, spam.rooms, LIMIT);
  }

  @Override
  public List<String> traces(LiveSynapse synapse, Spam spam) throws SQLException {
    return List.of(
        "redacted " + synapse.number(REDACTED, spam.sender),
        "left " + synapse.number(LEFT, spam.sender));
  }

  @Override
  public Map<String, Double> besides(LiveSynapse synapse, Spam spam, SynapseStack.Done done)
      throws SQLException {
    var way = done.targets().get(0).facts().get("redact_way");
    if (way != null) {
      throw new IllegalStateException("the events were not redacted as their sender: " + way);
    }
    long left = synapse.number(LEFT, spam.sender);
    if (left > 0) {
      throw new IllegalStateException(left + " events were not redacted");
    }
    return Map.of(EXTREMITIES, (double) synapse.number(MOST_EXTREMITIES, spam.sender));
  }
}
