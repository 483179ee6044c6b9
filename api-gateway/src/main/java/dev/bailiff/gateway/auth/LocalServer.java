package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.homeserver.LocalId;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The name of our homeserver. An empty store has no name, and then nobody is local. The name never
 * changes after the first import, so it is kept once read.
 */
public final class LocalServer {
  private final Supplier<Optional<String>> stored;
  private final @Nullable String configuredOperator;
  private final Supplier<Optional<String>> serviceAccount;

  /**
   * @param stored reads the name of the homeserver; asked until there is one
   * @param configuredOperator the account that operator tokens act as; null for
   *     {@code @bailiff:<server name>}
   */
  public LocalServer(Supplier<Optional<String>> stored, @Nullable String configuredOperator) {
    this(stored, configuredOperator, Optional::empty);
  }

  /**
   * @param serviceAccount asks for the account of a live homeserver that operator tokens act as, if
   *     none is configured
   */
  public LocalServer(
      Supplier<Optional<String>> stored,
      @Nullable String configuredOperator,
      Supplier<Optional<String>> serviceAccount) {
    this.stored = stored;
    this.configuredOperator = configuredOperator;
    this.serviceAccount = serviceAccount;
  }

  /** The server name; empty before the first import. */
  public Optional<String> serverName() {
    return stored.get();
  }

  /** Whether an id ends in our server name; accepts any text. */
  public boolean isLocal(String id) {
    return serverName().filter(server -> LocalId.isOf(id, server)).isPresent();
  }

  /**
   * Whether an id may belong to a user of ours, known or not: {@link #isLocal}, and no longer than
   * the protocol allows. The store could hold no data of a user with a longer id.
   */
  public boolean mayBeOwn(String id) {
    return isLocal(id) && StorableText.isShort(id);
  }

  /** The user that operator tokens act as. */
  public String operator() {
    return configuredOperator == null
        ? serviceAccount.get().orElseGet(() -> "@bailiff:" + serverName().orElse(""))
        : configuredOperator;
  }
}
