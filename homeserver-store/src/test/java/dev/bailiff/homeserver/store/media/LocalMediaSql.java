package dev.bailiff.homeserver.store.media;

import dev.bailiff.homeserver.media.MediaFilter;
import dev.bailiff.homeserver.media.MediaOrder;
import java.util.Arrays;
import java.util.stream.Stream;

/** The statements of this package, for tests of their plans. */
public final class LocalMediaSql {

  private LocalMediaSql() {}

  /** The statement that reads events. */
  public static final String EVENTS_OF_ROOM = RoomMedia.EVENTS;

  public static Stream<String> all() {
    return Stream.concat(
        Stream.of(
            LocalMedia.COUNT,
            LocalMedia.EXISTS,
            LocalMedia.FIND,
            QuarantineSql.DIGESTS,
            QuarantineSql.LOCAL,
            QuarantineSql.OPEN_OF_USER,
            QuarantineSql.PROTECT),
        Arrays.stream(MediaOrder.values())
            .flatMap(order -> Stream.of(false, true).map(down -> page(order, down))));
  }

  private static String page(MediaOrder order, boolean descending) {
    return LocalMedia.page(
        "m.media_id, m.sha256", new MediaFilter("@user-7:x", order, descending, 0, 100));
  }
}
