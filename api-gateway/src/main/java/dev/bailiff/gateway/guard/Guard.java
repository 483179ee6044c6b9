package dev.bailiff.gateway.guard;

import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.guard.Asker;
import dev.bailiff.guard.GuardConfig;
import dev.bailiff.guard.GuardRails;
import dev.bailiff.guard.Rail;
import dev.bailiff.guard.Spared;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.guard.AdminTurns;
import dev.bailiff.homeserver.guard.GuardPort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The guard rails of calls. Workers ask again at the moment of the work: what is known here may
 * have changed by then.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class Guard {
  private final GuardRails rails;
  private final Set<String> waivedOfAdminApi;
  private final AdminTurns turns;

  /**
   * @param turns in which calls take server admins away
   */
  public Guard(GuardConfig config, GuardPort homeserver, AdminTurns turns) {
    this.rails = new GuardRails(config, homeserver);
    this.waivedOfAdminApi =
        config.adminApi().waived().stream().map(Rail::word).collect(Collectors.toUnmodifiableSet());
    this.turns = turns;
  }

  /** The words of the rails that do not hold for single calls of the admin API. */
  public Set<String> waivedOfAdminApi() {
    return waivedOfAdminApi;
  }

  /**
   * Refuses a single call of the admin API on a user or room that is left alone.
   *
   * @throws ApiException 403 with what the caller can do
   */
  public void require(Caller caller, String id) {
    look(caller, List.of(id), waivedOfAdminApi)
        .forEach(
            spared -> {
              throw refusal(spared.rail(), id);
            });
  }

  /**
   * The same for a call that becomes a job. While the homeserver is away the job waits for it, and
   * the worker asks.
   *
   * @throws ApiException 403
   */
  public void requireForJob(Caller caller, String id) {
    try {
      require(caller, id);
    } catch (HomeserverUnavailableException e) {
      rails
          .known(id, asker(caller))
          .filter(rail -> !waivedOfAdminApi.contains(rail.word()))
          .ifPresent(
              rail -> {
                throw refusal(rail, id);
              });
    }
  }

  /**
   * Refuses to take the last server admin away by other means than closing the account.
   *
   * @throws ApiException 403
   */
  public void requireOtherAdmin(Caller caller, String id) {
    look(caller, List.of(id), waivedOfAdminApi).stream()
        .filter(spared -> spared.rail() == Rail.LAST_ADMIN)
        .forEach(
            spared -> {
              throw refusal(spared.rail(), id);
            });
  }

  /** Does something that may take a server admin away, while nobody else does. */
  public <T> T inAdminTurn(Supplier<T> work) {
    return turns.during(work);
  }

  /**
   * What a job leaves alone of the targets that its request names. Of more than {@link
   * LeftAlone#MOST_ASKED}, and while the homeserver is away, only what can be told without it.
   *
   * @param forced whether the rails that can be overridden do not hold
   */
  public LeftAlone of(Caller caller, Collection<String> targets, boolean forced) {
    if (targets.size() <= LeftAlone.MOST_ASKED) {
      try {
        var spared =
            look(
                caller,
                List.copyOf(new TreeSet<>(targets)),
                forced ? Set.of(Rail.FORCED) : Set.of());
        return LeftAlone.of(spared, new TreeSet<>(targets).size());
      } catch (HomeserverUnavailableException | ApiException e) {
        // The job is accepted and waits.
      }
    }
    var left = new LeftAlone();
    add(left, caller, targets, forced);
    return left;
  }

  /** Adds targets to what a job leaves alone, without asking the homeserver. */
  public void add(LeftAlone left, Caller caller, Collection<String> targets, boolean forced) {
    var asker = asker(caller);
    for (var id : targets) {
      left.add(id, rails.known(id, asker).filter(rail -> !(forced && rail.isOverridable())));
    }
  }

  private List<Spared> look(Caller caller, List<String> ids, Set<String> waived) {
    var targets = new ArrayList<Target>();
    ids.forEach(id -> targets.add(new Target(targets.size(), id)));
    var terms =
        new GuardRails.Terms() {
          @Override
          public boolean takesBefore(String user, Target target) {
            return false;
          }

          @Override
          public Set<String> waived(Target target) {
            return waived;
          }
        };
    return rails.look(targets, asker(caller), terms).spared();
  }

  private static ApiException refusal(Rail rail, String id) {
    return new ApiException(403, Errcode.M_FORBIDDEN, rail.text(id));
  }

  private static Asker asker(Caller caller) {
    return new Asker(caller.requester(), caller.actingUser());
  }
}
