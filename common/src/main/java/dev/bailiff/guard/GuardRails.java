package dev.bailiff.guard;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.guard.GuardPort;
import dev.bailiff.homeserver.guard.Standing;
import dev.bailiff.schemas.filter.Glob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which targets are left alone. Changes nothing.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class GuardRails {
  private final List<Glob> patterns;
  private final Set<String> serverNotices;
  private final GuardPort homeserver;

  public GuardRails(GuardConfig config, GuardPort homeserver) {
    this.patterns = config.patterns().stream().map(glob -> new Glob(glob, false)).toList();
    this.serverNotices = Set.copyOf(config.serverNotices());
    this.homeserver = homeserver;
  }

  /** What a job says of its targets. */
  public interface Terms {

    /** A call on a single target for which every rail holds. */
    Terms STRICT =
        new Terms() {
          @Override
          public boolean takesBefore(String user, Target target) {
            return false;
          }

          @Override
          public Set<String> waived(Target target) {
            return Set.of();
          }
        };

    /** Whether the job takes another account in front of this target, and has not done so yet. */
    boolean takesBefore(String user, Target target);

    /** The words of the rails that do not hold for a target, and {@link Rail#FORCED}. */
    Set<String> waived(Target target);
  }

  /**
   * What was found out about the first targets of a list.
   *
   * @param targets how many were looked at; at least one, if there is one
   * @param spared those of them that are left alone, in their order
   */
  public record Look(int targets, List<Spared> spared) {}

  /** Looks at the first targets: at all, unless the homeserver takes too long to tell of them. */
  public Look look(List<Target> targets, Asker asker, Terms terms) {
    var users = targets.stream().map(Target::id).filter(GuardRails::isUser).toList();
    var standings = users.isEmpty() ? List.<Standing>of() : homeserver.standings(users);
    var page = new Page(asker, terms, homeserver::admins);
    int seen = 0;
    int usersSeen = 0;
    for (var target : targets) {
      var standing = Standing.PLAIN;
      if (isUser(target.id())) {
        if (usersSeen == standings.size()) {
          break;
        }
        standing = standings.get(usersSeen++);
      }
      page.look(target, standing);
      seen++;
    }
    return new Look(seen, List.copyOf(page.spared));
  }

  /**
   * The rail that spares an id, as far as it can be told without the homeserver: all but the last
   * server admin and the accounts of application services.
   */
  public Optional<Rail> known(String id, Asker asker) {
    if (isUser(id) && asker.is(id)) {
      return Optional.of(Rail.OWN_ACCOUNT);
    }
    if (serverNotices.contains(id)) {
      return Optional.of(Rail.SERVER_NOTICES);
    }
    return patterns.stream().anyMatch(glob -> glob.matches(id))
        ? Optional.of(Rail.PROTECTED)
        : Optional.empty();
  }

  private static boolean isUser(String id) {
    return id.startsWith("@");
  }

  /** A look at targets one after the other. */
  private final class Page {
    private final Asker asker;
    private final Terms terms;
    private final Supplier<Set<String>> readAdmins;
    private final List<Spared> spared = new ArrayList<>();
    private final Set<String> going = new HashSet<>();
    private @Nullable Set<String> admins;

    Page(Asker asker, Terms terms, Supplier<Set<String>> readAdmins) {
      this.asker = asker;
      this.terms = terms;
      this.readAdmins = readAdmins;
    }

    void look(Target target, Standing standing) {
      var rails = rails(target, standing);
      var waived = rails.isEmpty() ? Set.<String>of() : terms.waived(target);
      var holding = rails.stream().filter(rail -> !isWaived(rail, waived)).findFirst();
      holding.ifPresentOrElse(
          rail -> spared.add(new Spared(target, rail)),
          () -> {
            if (standing.admin()) {
              going.add(target.id());
            }
          });
    }

    private List<Rail> rails(Target target, Standing standing) {
      var rails = new ArrayList<Rail>();
      var known = known(target.id(), asker);
      if (standing.own() || known.equals(Optional.of(Rail.OWN_ACCOUNT))) {
        rails.add(Rail.OWN_ACCOUNT);
      }
      if (standing.admin() && isLast(target)) {
        rails.add(Rail.LAST_ADMIN);
      }
      if (standing.applicationService()) {
        rails.add(Rail.APPLICATION_SERVICE);
      }
      if (serverNotices.contains(target.id())) {
        rails.add(Rail.SERVER_NOTICES);
      }
      if (patterns.stream().anyMatch(glob -> glob.matches(target.id()))) {
        rails.add(Rail.PROTECTED);
      }
      return rails;
    }

    private boolean isLast(Target target) {
      var all = admins == null ? readAdmins.get() : admins;
      admins = all;
      return all.stream()
          .filter(admin -> !admin.equals(target.id()) && !going.contains(admin))
          .allMatch(admin -> known(admin, asker).isEmpty() && terms.takesBefore(admin, target));
    }

    private boolean isWaived(Rail rail, Set<String> waived) {
      return waived.contains(rail.word()) || (rail.isOverridable() && waived.contains(Rail.FORCED));
    }
  }
}
