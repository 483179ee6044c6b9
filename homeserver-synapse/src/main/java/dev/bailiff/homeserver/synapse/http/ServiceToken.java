package dev.bailiff.homeserver.synapse.http;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token of Synapse in a file of the operator. The file is read again when Synapse refuses the
 * token, so that a new token needs no restart. The token stands in no log, error text or {@code
 * toString}.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class ServiceToken {
  /** Rights that somebody else than the owner has. */
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

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

  /**
   * The reason why the token is no secret on this machine, in one sentence; empty if its owner
   * alone may read the file, or if the file system knows no such rights. It is for a warning: a
   * container or a service manager may hand the file over with wider rights on purpose.
   */
  public Optional<String> exposure() {
    try {
      var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      others.retainAll(OTHERS);
      return others.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "The token file "
                  + file
                  + " can be read or changed by others than its owner: chmod 600 keeps the token"
                  + " secret.");
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
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
