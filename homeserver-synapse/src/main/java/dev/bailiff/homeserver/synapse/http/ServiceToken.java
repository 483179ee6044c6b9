package dev.bailiff.homeserver.synapse.http;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A token of Synapse in a file of the operator. The file is read again when Synapse refuses the
 * token, so that a new token needs no restart. The token stands in no log, error text or {@code
 * toString}.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class ServiceToken {
  private final Path file;
  private volatile @Nullable String known;

  public ServiceToken(Path file) {
    this.file = file;
  }

  /**
   * The token.
   *
   * @throws HomeserverUnavailableException if the file cannot be read or holds no token
   */
  public String value() {
    var token = known;
    if (token == null) {
      token = read();
      known = token;
    }
    return token;
  }

  /**
   * Reads the file again after a refusal.
   *
   * @return whether the file holds another token than the refused one
   */
  boolean hasChanged(String refused) {
    var token = read();
    known = token;
    return !token.equals(refused);
  }

  /** The file, for messages to the operator. */
  public Path file() {
    return file;
  }

  private String read() {
    String token;
    try {
      token = Files.readString(file).strip();
    } catch (IOException e) {
      throw new HomeserverUnavailableException("the token file " + file + " cannot be read", e);
    }
    if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new HomeserverUnavailableException(
          "the file " + file + " holds no token: one line of visible ASCII is expected",
          null,
          null);
    }
    return token;
  }

  @Override
  public String toString() {
    return "token in " + file;
  }
}
