package dev.bailiff.homeserver.store.federation;

import dev.bailiff.database.Conditions;
import dev.bailiff.homeserver.store.list.Page;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Other servers that the store knows.
 *
 * <p><b>Concurrency:</b> thread-safe; each call is one or two statements.
 */
public final class Destinations {

  /**
   * A room with events that were sent to a server, and the stream ordering of the last one sent.
   */
  public record SentRoom(String roomId, long streamOrdering) {}

  /**
   * A list reads all servers, as the search looks for a part of a name and every page comes with
   * the total.
   */
  private static final String SELECT = "select * from homeserver.destination d\n";

  private static final String COUNT = "select count(*) from homeserver.destination d\n";

  private static final String FIND = SELECT + "where d.destination = :destination";

  private static final String COUNT_ROOMS =
      "select count(*) from homeserver.destination_room where destination = :destination";

  private static final String ROOMS =
      """
      select room_id, stream_ordering from homeserver.destination_room
      where destination = :destination
      order by room_id%s
      limit :limit offset :from
      """;

  private static final String ROOMS_ASCENDING = ROOMS.formatted("");
  private static final String ROOMS_DESCENDING = ROOMS.formatted(" desc");

  private static final String RESET =
      """
      update homeserver.destination
      set retry_last_at = 0, retry_interval = 0, failure_at = null
      where destination = :destination and retry_interval > 0
      """;

  private final Jdbi jdbi;

  public Destinations(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A page of the servers that match a filter, and the number of all that match. */
  public Page<Destination> list(DestinationFilter filter) {
    String part = filter.part() == null ? null : filter.part().toLowerCase(Locale.ROOT);
    Conditions conditions =
        new Conditions().andIfSet("position(:part in lower(d.destination)) > 0", "part", part);
    String page =
        SELECT
            + conditions.where()
            + "order by "
            + filter.order().expression()
            + (filter.descending() ? " desc" : "")
            + ", d.destination limit :limit offset :from";
    return jdbi.withHandle(
        handle -> {
          long total =
              conditions
                  .bindTo(handle.createQuery(COUNT + conditions.where()))
                  .mapTo(Long.class)
                  .one();
          List<Destination> servers =
              conditions
                  .bindTo(handle.createQuery(page))
                  .bind("limit", filter.limit())
                  .bind("from", filter.from())
                  .map(ConstructorMapper.of(Destination.class))
                  .list();
          return new Page<>(servers, total);
        });
  }

  /** The server with this name; empty for an unknown one. */
  public Optional<Destination> find(String destination) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("destination", destination)
                .map(ConstructorMapper.of(Destination.class))
                .findOne());
  }

  /** Rooms with events that were sent to a server, sorted by room id. */
  public Page<SentRoom> rooms(String destination, boolean descending, long from, long limit) {
    return jdbi.withHandle(
        handle -> {
          long total =
              handle
                  .createQuery(COUNT_ROOMS)
                  .bind("destination", destination)
                  .mapTo(Long.class)
                  .one();
          List<SentRoom> rooms =
              handle
                  .createQuery(descending ? ROOMS_DESCENDING : ROOMS_ASCENDING)
                  .bind("destination", destination)
                  .bind("limit", limit)
                  .bind("from", from)
                  .map(ConstructorMapper.of(SentRoom.class))
                  .list();
          return new Page<>(rooms, total);
        });
  }

  /**
   * Ends the waiting time for a server that did not answer. Returns false if there is no waiting
   * time for this server.
   */
  public boolean reset(String destination) {
    return jdbi.withHandle(
        handle -> handle.createUpdate(RESET).bind("destination", destination).execute() > 0);
  }
}
