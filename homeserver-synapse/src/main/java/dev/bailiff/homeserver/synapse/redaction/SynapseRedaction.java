package dev.bailiff.homeserver.synapse.redaction;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.homeserver.redaction.EventsLeft;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.redaction.RedactionPort;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.api.TaskCalls;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import dev.bailiff.homeserver.synapse.media.MediaUses;
import dev.bailiff.homeserver.synapse.task.RemoteTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Redacts events in one of two ways. An application service sends the redactions as the user, many
 * at a time. Where that cannot be (there is no application service, or the user is not in the room
 * any more) a task of Synapse does, range by range.
 */
public final class SynapseRedaction implements RedactionPort {
  private final MembershipRooms rooms;
  private final EventRanges ranges;
  private final OpenCandidates open;
  private final SentRedactions sent;
  private final TaskRedactions byTask;
  private final @Nullable CandidateFiles files;

  /**
   * @param appservice the credential of the application service; null if there is none
   * @param mostTasks number of heavy tasks in Synapse above which none is started
   * @param parallel redactions in flight at a time
   * @param uses tells what shows a file; null if Synapse's database may not be asked
   */
  public SynapseRedaction(
      UserCalls users,
      RoomCalls rooms,
      TaskCalls tasks,
      ItemCalls calls,
      @Nullable ServiceAccount appservice,
      int mostTasks,
      int parallel,
      @Nullable MediaUses uses) {
    this.rooms = new MembershipRooms(users);
    var candidates = new Candidates(rooms);
    var walk = new ScopeWalk(candidates);
    this.ranges = new EventRanges(walk, calls.readTime());
    this.open = new OpenCandidates(walk, calls.readTime());
    this.sent = new SentRedactions(candidates, calls, appservice, parallel);
    this.files = uses == null ? null : new CandidateFiles(walk, calls.readTime(), uses);
    this.byTask = new TaskRedactions(users, candidates, new RemoteTask(tasks, mostTasks));
  }

  /**
   * The place of a redaction.
   *
   * @param range index of the range
   * @param place candidates of the range that are settled
   * @param asked events that the task is to redact; 0 without a task
   * @param tries tasks that ended without having tried all of them
   * @param task set while a task of Synapse redacts the rest of the range
   */
  record Place(int range, int place, long asked, int tries, RemoteTask.@Nullable State task) {}

  @Override
  public List<String> redactableRooms(String user, @Nullable String after, int limit) {
    return rooms.redactableRooms(user, after, limit);
  }

  @Override
  public List<String> writtenRooms(String user, @Nullable String after, int limit) {
    return rooms.writtenRooms(user, after, limit);
  }

  @Override
  public int targetOf(Range range) {
    return EventRange.unpack(range).target();
  }

  @Override
  public RangePage redactionRanges(RedactionScope scope, @Nullable Cursor after, int size) {
    return ranges.page(scope, after);
  }

  @Override
  public BatchOutcome redact(Redaction redaction, BatchCommit commit) {
    var after = redaction.after();
    var place =
        after == null ? new Place(0, 0, 0, 0, null) : CursorJson.read(after.value(), Place.class);
    var range = EventRange.unpack(redaction.ranges().get(place.range()));
    if (place.task() == null && sent.isPossible()) {
      var outcome = sent.redact(redaction, range, place, commit);
      if (outcome != null) {
        return outcome;
      }
    }
    return byTask.redact(redaction, range, place, commit);
  }

  @Override
  public ShownFiles shownFiles(RedactionScope scope, @Nullable Cursor after, int size) {
    return files == null
        ? RedactionPort.super.shownFiles(scope, after, size)
        : files.page(scope, after, size);
  }

  @Override
  public EventsLeft eventsLeft(RedactionScope scope, @Nullable Cursor after) {
    return open.count(scope, after);
  }
}
