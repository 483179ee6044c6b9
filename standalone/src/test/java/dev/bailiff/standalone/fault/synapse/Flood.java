package dev.bailiff.standalone.fault.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.synapse.SynapseFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Something for a job of each kind to work on, made through Synapse's own API: users to deactivate,
 * a spammer, a room to delete, a room with old messages, and a user with media.
 *
 * @param creator of all rooms; never a target
 * @param closing users who are joined to {@link #lobby}
 * @param spam messages of the spammer in the lobby
 * @param members of the doomed room, without the creator
 * @param old messages of the old room, in their order; the last one stays
 */
record Flood(
    SynapseFixture fixture,
    String creator,
    String lobby,
    List<String> closing,
    String spammer,
    List<String> spam,
    String doomed,
    List<String> members,
    String oldRoom,
    List<String> old,
    String uploader,
    List<String> media) {

  /** Numbers of things in a flood. */
  record Size(int closing, int spam, int members, int old, int media) {
    static final Size SMALL = new Size(3, 6, 4, 8, 4);
  }

  static Flood on(SynapseFixture fixture, Size size) {
    var creator = fixture.newUser("creator");
    var closing = users(fixture, "closing", size.closing());
    var spammer = fixture.newUser("spammer");
    var guests = new ArrayList<>(closing);
    guests.add(spammer);
    var lobby = fixture.newRoom(creator, guests.toArray(String[]::new));
    var members = users(fixture, "member", size.members());
    var doomed = fixture.newRoom(creator, members.toArray(String[]::new));
    var oldRoom = fixture.newRoom(creator);
    var uploader = fixture.newUser("uploader");
    return new Flood(
        fixture,
        creator,
        lobby,
        closing,
        spammer,
        messages(fixture, lobby, spammer, size.spam()),
        doomed,
        members,
        oldRoom,
        messages(fixture, oldRoom, creator, size.old()),
        uploader,
        IntStream.range(0, size.media()).mapToObj(n -> fixture.upload(uploader, 100 + n)).toList());
  }

  private static List<String> users(SynapseFixture fixture, String name, int number) {
    return IntStream.range(0, number).mapToObj(n -> fixture.newUser(name)).toList();
  }

  private static List<String> messages(
      SynapseFixture fixture, String room, String sender, int number) {
    return IntStream.range(0, number)
        .mapToObj(n -> fixture.send(room, sender, "Message " + n))
        .toList();
  }

  /** The requests of the five jobs. */
  List<JobText> jobs() {
    return List.of(
        JobText.of("deactivate-users", closing, "{\"erase\": true}"),
        redaction(),
        JobText.of(
            "delete-rooms",
            List.of(doomed),
            "{\"block\": true, \"purge\": true, \"message\": \"This room has moved.\", \"room_name\": \"Moved\","
                + " \"new_room_user_id\": \""
                + creator
                + "\"}"),
        JobText.of(
            "purge-history",
            List.of(oldRoom),
            "{\"delete_local_events\": true, \"purge_up_to_event_id\": \""
                + old.get(old.size() - 1)
                + "\"}"),
        JobText.of("delete-media", List.of(uploader), "{}"));
  }

  JobText redaction() {
    return JobText.of("redact-events", List.of(spammer), "{\"rooms\": []}");
  }

  // What Synapse says afterwards

  void assertEverythingIsDoneOnce() {
    assertClosed();
    assertRedactedOnce();
    assertMoved(members.size());
    assertPurged();
    assertThat(asked().media(uploader)).isEmpty();
  }

  void assertClosed() {
    assertThat(closing).allMatch(fixture::isClosed);
    assertThat(closing).allSatisfy(user -> assertThat(asked().joinedRooms(user)).isEmpty());
    assertThat(closing)
        .as("one departure a membership")
        .allSatisfy(user -> assertThat(asked().departures(lobby, user)).isEqualTo(1));
  }

  /** Redacted by the spammer: the messages and the join. */
  void assertRedactedOnce() {
    assertThat(spam).allMatch(event -> fixture.isRedacted(lobby, event));
    assertThat(asked().redactions(lobby)).isEqualTo(spam.size() + 1);
  }

  /**
   * The doomed room is gone, and its members are in one new room, to which one message was sent.
   *
   * @param atLeast Synapse may lose a member between two rooms when it is killed
   */
  void assertMoved(int atLeast) {
    assertThat(fixture.hasRoom(doomed)).isFalse();
    assertThat(fixture.isBlocked(doomed)).isTrue();
    var moved = members.stream().filter(member -> !asked().joinedRooms(member).isEmpty()).toList();
    assertThat(moved).hasSizeGreaterThanOrEqualTo(atLeast);
    var rooms = moved.stream().flatMap(member -> asked().joinedRooms(member).stream()).toList();
    assertThat(rooms).as("one room a member").hasSameSizeAs(moved);
    assertThat(rooms).as("the same for all").containsOnly(rooms.get(0));
    assertThat(asked().events(rooms.get(0), creator, "m.room.message"))
        .as("notices in the new room")
        .isEqualTo(1);
    assertThat(asked().joinedRooms(creator))
        .as("no second new room")
        .containsExactlyInAnyOrder(lobby, oldRoom, rooms.get(0));
  }

  void assertPurged() {
    assertThat(fixture.hasRoom(oldRoom)).isTrue();
    assertThat(old.subList(0, old.size() - 1)).noneMatch(event -> fixture.hasEvent(oldRoom, event));
    assertThat(fixture.hasEvent(oldRoom, old.get(old.size() - 1))).isTrue();
  }

  private SynapseQuestions asked() {
    return new SynapseQuestions(fixture);
  }
}
