package dev.bailiff.homeserver.guard;

import java.util.List;
import java.util.Set;

/**
 * Tells which accounts are more than a user's. Changes nothing. {@code Homeserver} describes time
 * and errors.
 */
public interface GuardPort {

  /** A homeserver that knows of no such account. */
  GuardPort NONE =
      new GuardPort() {
        @Override
        public List<Standing> standings(List<String> users) {
          return users.stream().map(user -> Standing.PLAIN).toList();
        }

        @Override
        public Set<String> admins() {
          return Set.of();
        }
      };

  /**
   * The standings of the first one or more users, in the order asked. Of all of them, unless that
   * takes too long for one call.
   */
  List<Standing> standings(List<String> users);

  /**
   * The server admins who are neither deactivated nor locked, without the account that Bailiff acts
   * as: a server that only a program administers has nobody left. May read all accounts, so it is
   * asked only where an admin is among the targets.
   */
  Set<String> admins();
}
