package dev.bailiff.gateway.synapse;

import dev.bailiff.homeserver.media.MediaFilter;
import dev.bailiff.homeserver.media.MediaPages;
import dev.bailiff.homeserver.synapse.ServerNames;
import dev.bailiff.homeserver.synapse.SynapseCalls;
import dev.bailiff.homeserver.synapse.media.MediaUses;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The media of users, as Synapse lists them.
 *
 * @param uses tells what shows a file; null if Synapse's database may not be asked
 */
record SynapseMediaPages(SynapseCalls calls, ServerNames serverName, @Nullable MediaUses uses)
    implements MediaPages {
  private static final long PORTION = 1000;
  private static final String NOT_ASKED =
      "Synapse's admin API does not tell what else shows a file, and Synapse's database may not be asked: that needs"
          + " 'up --synapse-database', or 'homeserver.database.media.enabled' in the files of gateways and workers";

  /** Synapse deletes its copies by their age only. */
  @Override
  public boolean deletesCopies() {
    return false;
  }

  /** Workers ask Synapse's database what shows a file; so it is tried whether they will succeed. */
  @Override
  public Optional<String> usesUnknown() {
    return uses == null
        ? Optional.of(NOT_ASKED)
        : Asked.of(uses::refusal)
            .map(
                problem ->
                    "Synapse's database may not be asked what else shows a file, as "
                        + problem
                        + "; 'bailiff synapse check' tells what it needs");
  }

  @Override
  public boolean exists(String mediaId) {
    return Asked.of(() -> calls.media().exists(serverName.get(), mediaId));
  }

  @Override
  public void ids(MediaFilter page, Consumer<List<String>> sink) {
    long from = page.from();
    long left = page.limit();
    while (left > 0) {
      long begin = from;
      long most = Math.min(PORTION, left);
      var ids =
          Asked.of(
                  () ->
                      calls
                          .users()
                          .media(
                              page.userId(), page.order().word(), page.descending(), begin, most))
              .ids();
      sink.accept(ids);
      if (ids.size() < most) {
        return;
      }
      from += ids.size();
      left -= ids.size();
    }
  }
}
