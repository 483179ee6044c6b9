package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.store.ServerName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose homeserver this is. An empty store has no name, and nobody is local then; after the first
 * import the name never changes, so it is kept once read.
 */
public final class Identity {
  private final ServerName stored;
  private final @Nullable String configuredOperator;

  /**
   * @param configuredOperator the account that operator tokens act as; null for
   *     {@code @bailiff:<server name>}
   */
  public Identity(ServerName stored, @Nullable String configuredOperator) {
    this.stored = stored;
    this.configuredOperator = configuredOperator;
  }

  /** The server name; empty before the first import. */
  public Optional<String> serverName() {
    return stored.find();
  }

  /** Whether an id ends in our server name; asked of any text. */
  public boolean isLocal(String id) {
    return serverName().filter(server -> UserId.isOf(id, server)).isPresent();
  }

  /**
   * Whether a user of ours may have this id, known or not: {@link #isLocal}, and no longer than the
   * protocol lets ids be, beyond which the store could hold nothing of the user.
   */
  public boolean mayBeOwn(String id) {
    return isLocal(id) && StorableText.isShort(id);
  }

  /** The user that operator tokens act as. */
  public String operator() {
    return configuredOperator == null ? "@bailiff:" + serverName().orElse("") : configuredOperator;
  }
}
