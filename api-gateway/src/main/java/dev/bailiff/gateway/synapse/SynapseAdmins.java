package dev.bailiff.gateway.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.job.approval.OtherAdmins;
import dev.bailiff.homeserver.synapse.api.ListCalls;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * The server admins of Synapse. The service account is Bailiff's own and nobody who could approve.
 * One page is looked at; if there are more accounts than on it, one of them may be an admin.
 */
record SynapseAdmins(ListCalls lists, Supplier<String> serviceAccount) implements OtherAdmins {
  private static final int PAGE = 100;

  @Override
  public boolean exist(Collection<String> besides) {
    var page = Asked.of(() -> lists.admins(0, PAGE));
    return page.total() > page.items().size()
        || page.items().stream().anyMatch(user -> isOther(user, besides));
  }

  private boolean isOther(JsonNode user, Collection<String> besides) {
    var id = user.path("name").asText();
    return user.path("admin").asBoolean()
        && !user.path("deactivated").asBoolean()
        && !id.equals(serviceAccount.get())
        && !besides.contains(id);
  }
}
