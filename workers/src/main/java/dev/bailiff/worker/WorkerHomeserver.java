package dev.bailiff.worker;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.HomeserverContext;
import dev.bailiff.homeserver.HomeserverFactory;
import dev.bailiff.job.store.HomeserverClaim;
import java.util.Optional;

/** Builds the homeserver of a worker. */
public final class WorkerHomeserver {
  private WorkerHomeserver() {}

  /**
   * Builds the homeserver and compares it with the one that the jobs in the database act on.
   *
   * @throws dev.bailiff.job.store.OtherHomeserverException if the jobs act on another homeserver
   */
  public static Homeserver open(HomeserverFactory factory, HomeserverContext context) {
    var homeserver = factory.build(context);
    try {
      var claim = new HomeserverClaim(context.jdbi());
      claim.requireIfKnown(
          factory.type(),
          // the own store has its name from an import, which writes the row
          () -> factory.isOwnStore() ? Optional.empty() : Optional.of(homeserver.serverName()));
      homeserver.holdTo(claim::serverName);
      return homeserver;
    } catch (RuntimeException e) {
      homeserver.close();
      throw e;
    }
  }
}
