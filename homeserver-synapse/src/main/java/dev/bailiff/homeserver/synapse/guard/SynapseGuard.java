package dev.bailiff.homeserver.synapse.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bailiff.homeserver.LocalId;
import dev.bailiff.homeserver.guard.GuardPort;
import dev.bailiff.homeserver.guard.Standing;
import dev.bailiff.homeserver.synapse.api.ListCalls;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The standings of accounts of a Synapse. One list names the server admins; whether an account
 * belongs to an application service takes a call for each. That never changes while an account
 * lives, so it is remembered for a while: a plan that waits for claims asks again each second.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class SynapseGuard implements GuardPort {
  private static final int PARALLEL = 8;
  private static final int ADMINS_A_PAGE = 1_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final ListCalls lists;
  private final ItemCalls calls;
  private final Supplier<String> serverName;
  private final Supplier<String> self;
  private final Cache<String, Boolean> ofServices =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(REMEMBERED).build();

  /**
   * @param self the user id of the service account
   */
  public SynapseGuard(
      ListCalls lists, ItemCalls calls, Supplier<String> serverName, Supplier<String> self) {
    this.lists = lists;
    this.calls = calls;
    this.serverName = serverName;
    this.self = self;
  }

  @Override
  public List<Standing> standings(List<String> users) {
    var admins = admins();
    var bailiff = self.get();
    var services = calls.readFirst(users, PARALLEL, this::isOfService);
    var standings = new ArrayList<Standing>();
    for (int n = 0; n < services.size(); n++) {
      var user = users.get(n);
      standings.add(new Standing(admins.contains(user), services.get(n), user.equals(bailiff)));
    }
    return standings;
  }

  /** {@inheritDoc} The list names few accounts, however many there are. */
  @Override
  public Set<String> admins() {
    var admins = new HashSet<String>();
    var bailiff = self.get();
    long from = 0;
    int rows;
    do {
      var page = lists.admins(from, ADMINS_A_PAGE);
      rows = page.items().size();
      from += rows;
      page.items().stream()
          // An older Synapse lists everybody.
          .filter(row -> row.path("admin").asBoolean() && !row.path("deactivated").asBoolean())
          .map(row -> row.path("name").asText())
          .filter(admin -> !admin.equals(bailiff))
          .forEach(admins::add);
    } while (rows == ADMINS_A_PAGE);
    return admins;
  }

  private boolean isOfService(String user) {
    var known = ofServices.getIfPresent(user);
    if (known != null) {
      return known;
    }
    if (!LocalId.isOf(user, serverName.get())) {
      return false;
    }
    var account = lists.user(user);
    boolean isOfService = account.filter(found -> found.hasNonNull("appservice_id")).isPresent();
    if (account.isPresent()) {
      ofServices.put(user, isOfService);
    }
    return isOfService;
  }
}
