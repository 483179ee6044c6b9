package dev.bailiff.homeserver.synapse.selection;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.selection.PageCount;
import dev.bailiff.homeserver.selection.SelectionPage;
import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.homeserver.selection.TargetCount;
import dev.bailiff.homeserver.synapse.api.ListCalls;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.kind.TargetType;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Selections by the admin API of Synapse. A page is a page of a list, of which that is left what
 * meets the filter; calls about each target are made for what is left by then. Thread-safe.
 */
public final class SynapseSelection implements SelectionPort {
  private final ListCalls api;
  private final RoomCalls rooms;
  private final ItemCalls calls;

  public SynapseSelection(ListCalls api, RoomCalls rooms, ItemCalls calls) {
    this.api = api;
    this.rooms = rooms;
    this.calls = calls;
  }

  @Override
  public Optional<String> refusal(Condition condition) {
    return Answered.refusal(condition);
  }

  /** Synapse lists accounts alone by id. */
  @Override
  public boolean isInOrder(TargetType targets) {
    return targets == TargetType.USER;
  }

  @Override
  public SelectionPage find(TargetFilter filter, @Nullable Cursor after, int size) {
    return find(filter, after, size, calls.readTime().begin());
  }

  private SelectionPage find(
      TargetFilter filter, @Nullable Cursor after, int size, BooleanSupplier isOver) {
    return switch (filter.targets()) {
      case USER -> UserSearch.page(api, calls, filter, after, size, isOver);
      case ROOM -> new RoomSearch(api, rooms, calls, filter, isOver).page(after, size);
      case MEDIA -> new MediaSearch(api, filter, isOver).page(after, size);
    };
  }

  @Override
  public TargetCount count(TargetFilter filter, int sample, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    BooleanSupplier isOver = () -> System.nanoTime() - end >= 0;
    return new PageCount(
            (after, size) -> find(filter, after, size, isOver), isInOrder(filter.targets()), sample)
        .count(isOver);
  }
}
