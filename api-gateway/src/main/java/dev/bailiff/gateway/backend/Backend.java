package dev.bailiff.gateway.backend;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.gateway.auth.Authenticator;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.job.approval.OtherAdmins;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.gateway.proxy.OwnTokens;
import dev.bailiff.gateway.proxy.PassedGuard;
import dev.bailiff.gateway.proxy.Upstream;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.job.store.JobPartReader;
import io.dropwizard.lifecycle.Managed;
import java.util.List;
import java.util.Optional;

/** The homeserver behind a gateway. It starts and stops with the gateway. */
public interface Backend extends Managed {

  /** The questions that heavy calls ask. */
  Lookups lookups();

  /** The light calls that this backend serves itself; none if they are passed on. */
  List<ApiModule> lightCalls(LightCallParts parts);

  /** Finds the callers of calls that the gateway serves. */
  Authenticator authenticator(OperatorTokens operatorTokens, LocalServer localServer);

  /** What becomes of calls to that homeserver that have a token of Bailiff's own. */
  default OwnTokens ownTokens(OperatorTokens operatorTokens, LocalServer localServer) {
    return OwnTokens.NONE;
  }

  /** Which calls to that homeserver guard rails refuse. */
  default PassedGuard passedGuard(Guard guard, Authenticator authenticator) {
    return PassedGuard.NONE;
  }

  /** The homeserver that answers what the gateway does not serve; empty where nobody does. */
  default Optional<Upstream> upstream() {
    return Optional.empty();
  }

  /** The tasks that the homeserver runs beside our jobs. */
  default ForeignTasks foreignTasks() {
    return ForeignTasks.NONE;
  }

  /** Whether the homeserver answers; empty if it is the gateway's own database. */
  default Optional<Boolean> homeserverAnswers() {
    return Optional.empty();
  }

  /** The server admins of the homeserver. */
  OtherAdmins otherAdmins();

  /** The account of the homeserver that operator tokens act as; empty where no account exists. */
  default Optional<String> serviceAccount() {
    return Optional.empty();
  }

  /** The current fault of a loop that runs beside the calls; empty if there is no fault. */
  Optional<String> complaint();

  /** The parts of a gateway that light calls share with heavy ones. */
  record LightCallParts(
      LocalServer localServer,
      LocalUsers users,
      JobSubmission submission,
      JobWaits waits,
      JobPartReader parts,
      Guard guard) {}
}
