package dev.bailiff.embedded;

import java.nio.file.Path;
import java.util.List;

/**
 * The account that runs PostgreSQL's programs, which refuse to run as root.
 *
 * <p>An ordinary user runs the programs directly. Root runs them in a user namespace of their own
 * ({@code unshare -U}): the programs see the user nobody, while files still belong to root. Where
 * user namespaces are forbidden, as in many containers, the programs run as the user id 65534, and
 * the folder and the programs are handed over to that user; every folder above must then be open to
 * others.
 */
final class ServerAccount {
  private static final String NOBODY = "65534";

  private final List<String> prefix;
  private final boolean ownsFiles;

  private ServerAccount(List<String> prefix, boolean ownsFiles) {
    this.prefix = prefix;
    this.ownsFiles = ownsFiles;
  }

  static ServerAccount detect() {
    if (!isRoot()) {
      return new ServerAccount(List.of(), false);
    }
    List<String> namespace = List.of("unshare", "-U");
    if (succeeds(namespace)) {
      return new ServerAccount(namespace, false);
    }
    List<String> nobody =
        List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");
    if (succeeds(nobody)) {
      return new ServerAccount(nobody, true);
    }
    throw new EmbeddedServerException(
        "PostgreSQL refuses to run as root, and neither unshare -U nor setpriv works here:"
            + " run this as an ordinary user");
  }

  NativeCommand command(List<String> words) {
    return NativeCommand.of(words).prefixedBy(prefix);
  }

  /** Whether the account differs from ours, so that files must be handed over to it. */
  boolean ownsFiles() {
    return ownsFiles;
  }

  /** Hands the folder and its content over to the account, if the account differs from ours. */
  void own(Path folder) {
    if (ownsFiles) {
      NativeCommand.Result result =
          NativeCommand.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()).run();
      if (!result.ok()) {
        throw new EmbeddedServerException(
            "cannot hand " + folder + " to the account of PostgreSQL: " + result.output().strip());
      }
    }
  }

  private static boolean isRoot() {
    return NativeCommand.of("id", "-u").run().output().strip().equals("0");
  }

  private static boolean succeeds(List<String> prefix) {
    try {
      NativeCommand.Result result = NativeCommand.of("id", "-u").prefixedBy(prefix).run();
      return result.ok() && !result.output().strip().equals("0");
    } catch (EmbeddedServerException e) {
      return false; // the program is not installed
    }
  }
}
