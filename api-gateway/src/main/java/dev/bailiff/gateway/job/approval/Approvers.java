package dev.bailiff.gateway.job.approval;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.job.Approver;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who may approve whose jobs: somebody else. */
public final class Approvers {
  private static final String TOKEN = "token:";

  private final OperatorTokens tokens;
  private final OtherAdmins admins;

  /**
   * @param admins the server admins who may use Bailiff's own API; none if they may not
   */
  public Approvers(OperatorTokens tokens, OtherAdmins admins) {
    this.tokens = tokens;
    this.admins = admins;
  }

  /** Whose a caller's job is: the caller's, and that of the admin who acts through the account. */
  static List<String> askedBy(Caller caller) {
    var parties = new HashSet<String>();
    parties.add(caller.requester());
    caller.session().ifPresent(session -> parties.add(session.owner()));
    return List.copyOf(parties);
  }

  /** A caller as an approver, with everybody whose jobs are not somebody else's. */
  Approver of(Caller caller) {
    Set<String> parties = new HashSet<>(askedBy(caller));
    if (caller.requester().startsWith(TOKEN)) {
      parties.addAll(tokens.makers(caller.requester().substring(TOKEN.length())));
    }
    return new Approver(caller.requester(), parties);
  }

  /** Whether there is anybody else who could approve. A homeserver that is away might know one. */
  boolean hasOther(List<String> askedBy) {
    if (tokens.hasApproverBeside(askedBy)) {
      return true;
    }
    try {
      return admins.exist(askedBy);
    } catch (HomeserverUnavailableException | ApiException e) {
      return true;
    }
  }
}
