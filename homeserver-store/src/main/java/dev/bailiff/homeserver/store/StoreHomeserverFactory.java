package dev.bailiff.homeserver.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.HomeserverContext;
import dev.bailiff.homeserver.HomeserverFactory;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.HttpIdentityServers;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.homeserver.store.pace.StorePaceConfig;

/**
 * {@code homeserver: {type: store}}: our own PostgreSQL and media folder. Its one key is {@code
 * pace} ({@link StorePaceConfig}).
 */
@JsonTypeName(StoreHomeserverFactory.TYPE)
public final class StoreHomeserverFactory implements HomeserverFactory {
  /** The word of this homeserver in a configuration and in the database. */
  public static final String TYPE = "store";

  @JsonProperty private StorePaceConfig pace = StorePaceConfig.defaults();

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public boolean isOwnStore() {
    return true;
  }

  @Override
  public Homeserver build(HomeserverContext context) {
    var folder = context.mediaFolder();
    return new PostgresHomeserver(
        context.jdbi(),
        StoreTimeouts.all(context.statementTimeout()),
        pace,
        HttpIdentityServers.of(context.identity()),
        folder == null ? null : new LocalMediaFiles(folder));
  }
}
