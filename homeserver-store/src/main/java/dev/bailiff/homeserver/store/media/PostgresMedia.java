package dev.bailiff.homeserver.store.media;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaLeft;
import dev.bailiff.homeserver.media.MediaPage;
import dev.bailiff.homeserver.media.MediaPort;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.store.batch.BatchTransactions;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Deletion of media of the own store. */
public final class PostgresMedia implements MediaPort {
  private final BatchTransactions transactions;
  private final Supplier<String> serverName;
  private final @Nullable MediaFiles mediaFiles;

  /**
   * @param mediaFiles null if this process has no media folder: {@link #deleteMedia} then throws
   */
  public PostgresMedia(
      BatchTransactions transactions,
      Supplier<String> serverName,
      @Nullable MediaFiles mediaFiles) {
    this.transactions = transactions;
    this.serverName = serverName;
    this.mediaFiles = mediaFiles;
  }

  @Override
  public MediaPage avatarMedia(@Nullable Cursor after, int size) {
    String server = serverName.get();
    return transactions.read(handle -> new AvatarReads(handle, server, size).page(after));
  }

  @Override
  public RangePage mediaRanges(MediaScope scope, @Nullable Cursor after, int size) {
    return transactions.read(handle -> MediaReads.ranges(handle, scope, after, size));
  }

  @Override
  public MediaPage media(Range range, @Nullable Cursor after, int size) {
    return transactions.read(handle -> MediaReads.page(handle, range, after, size));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if this process has no media folder
   */
  @Override
  public BatchOutcome deleteMedia(MediaDeletion deletion, BatchCommit commit) {
    MediaFiles files = mediaFiles;
    if (files == null) {
      throw new IllegalStateException("this process has no media folder");
    }
    String server = serverName.get();
    return transactions.run(
        commit, handle -> new MediaDeletions(handle, files, server, deletion).run());
  }

  @Override
  public ShownFiles usedMedia(@Nullable Cursor after, int size) {
    return transactions.read(handle -> new UsedMedia(handle, size).page(after));
  }

  @Override
  public MediaLeft mediaLeft(List<String> ids) {
    String server = serverName.get();
    return new MediaLeft(
        transactions.read(handle -> MediaReads.left(handle, server, ids)), ids.size());
  }
}
