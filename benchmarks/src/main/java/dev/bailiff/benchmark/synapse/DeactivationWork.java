package dev.bailiff.benchmark.synapse;

import dev.bailiff.benchmark.live.LiveSynapse;
import dev.bailiff.benchmark.live.SynapseApi;
import dev.bailiff.benchmark.live.SynapseScale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.stack.SynapseStack.Order;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A {@code deactivate-users} job, beside Synapse's deactivation of the same users, four at a time,
 * until all of them have left all rooms. Both read each account at the end.
 */
final class DeactivationWork implements SynapseWork<List<String>> {
  private static final int WARM_UP_USERS = 2;

  private static final String DEACTIVATED =
      """
      select count(*) from users u join erased_users e on e.user_id = u.name
      where u.name = any (string_to_array(?, ' ')) and u.deactivated = 1
      """;

  private static final String JOINED =
      """
      select count(*) from local_current_membership
      where user_id = any (string_to_array(?, ' ')) and membership = 'join'
      """;

  @Override
  public String name() {
    return "synapse-deactivate";
  }

  @Override
  public String work(SynapseScale scale) {
    return String.format(
        Locale.ROOT,
        "deactivate and erase %,d users joined to %d rooms each, until left",
        scale.deactivations(),
        SynapseScale.ROOMS);
  }

  @Override
  public long items(SynapseScale scale) {
    return scale.deactivations();
  }

  @Override
  public Bound bound() {
    return Bound.timesAtMost(1.05);
  }

  @Override
  public List<String> furnish(LiveSynapse synapse, SynapseScale scale) {
    return crowd(synapse, scale.deactivations());
  }

  @Override
  public List<String> furnishWarmUp(LiveSynapse synapse) {
    return crowd(synapse, WARM_UP_USERS);
  }

  private static List<String> crowd(LiveSynapse synapse, int count) {
    var data = synapse.data();
    var owner = data.user();
    List<String> rooms = new ArrayList<>();
    for (int n = 0; n < SynapseScale.ROOMS; n++) {
      rooms.add(data.room(owner));
    }
    var users = data.users(count);
    data.joinAll(rooms, users);
    return users;
  }

  @Override
  public Order job(List<String> users) {
    return new Order(
        DeactivateUsersContract.KIND, users, SynapseApi.object().put("erase", true), "fast");
  }

  @Override
  public void byHand(LiveSynapse synapse, List<String> users) {
    synapse.byHand().deactivate(users);
  }

  @Override
  public List<String> traces(LiveSynapse synapse, List<String> users) throws SQLException {
    var all = String.join(" ", users);
    return List.of(
        "deactivated and erased " + synapse.number(DEACTIVATED, all),
        "joined " + synapse.number(JOINED, all));
  }
}
