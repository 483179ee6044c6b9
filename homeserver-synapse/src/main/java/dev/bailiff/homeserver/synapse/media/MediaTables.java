package dev.bailiff.homeserver.synapse.media;

import dev.bailiff.homeserver.synapse.database.TableRights;
import java.util.List;

/** The tables of Synapse that tell what shows a file. */
public final class MediaTables {

  /** All of them are only read. */
  public static final TableRights RIGHTS =
      TableRights.toRead(
          List.of(
              "account_data",
              "event_json",
              "events",
              "local_media_repository",
              "profiles",
              "redactions",
              "rejections",
              "room_account_data"));

  private MediaTables() {}
}
