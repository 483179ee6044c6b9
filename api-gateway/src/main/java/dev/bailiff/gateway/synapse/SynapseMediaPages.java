package dev.bailiff.gateway.synapse;

import dev.bailiff.homeserver.media.MediaFilter;
import dev.bailiff.homeserver.media.MediaPages;
import dev.bailiff.homeserver.synapse.ServerNames;
import dev.bailiff.homeserver.synapse.SynapseCalls;
import java.util.List;
import java.util.function.Consumer;

/** The media of users, as Synapse lists them. */
record SynapseMediaPages(SynapseCalls calls, ServerNames serverName) implements MediaPages {
  private static final long PORTION = 1000;

  /** Synapse deletes its copies by their age only. */
  @Override
  public boolean deletesCopies() {
    return false;
  }

  /** The admin API does not tell which events show a file. */
  @Override
  public boolean findsUses() {
    return false;
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
