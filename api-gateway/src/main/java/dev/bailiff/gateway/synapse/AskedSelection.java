package dev.bailiff.gateway.synapse;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.selection.SelectionPage;
import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.homeserver.selection.TargetCount;
import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.kind.TargetType;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Selections on behalf of a caller, whose call ends with the error of a question to Synapse. */
record AskedSelection(SelectionPort selection) implements SelectionPort {
  @Override
  public Optional<String> refusal(Condition condition) {
    return selection.refusal(condition);
  }

  @Override
  public boolean isInOrder(TargetType targets) {
    return selection.isInOrder(targets);
  }

  @Override
  public SelectionPage find(TargetFilter filter, @Nullable Cursor after, int size) {
    return Asked.of(() -> selection.find(filter, after, size));
  }

  @Override
  public TargetCount count(TargetFilter filter, int sample, Duration within) {
    return Asked.of(() -> selection.count(filter, sample, within));
  }
}
