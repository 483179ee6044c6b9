package dev.bailiff.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.RunningGateway;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The wildcards of SQL are ordinary characters in every search of the API. */
class WildcardsIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String ADMIN = "/_synapse/admin/v1/";

  /** The one character in which the names differ; each wildcard is there once. */
  private static final List<String> CHARACTERS = List.of("%", "_", "\\", "x");

  private static final String FILL =
      """
      insert into homeserver.account (user_id, created_at) values ('@' || lower(:name) || ':chat.example', 1);
      insert into homeserver.account (user_id, created_at, displayname) values ('@shown' || :number || ':chat.example', 1, :name);
      insert into homeserver.local_media (media_id, user_id, created_at) values ('medium' || :number, '@' || lower(:name) || ':chat.example', 1);
      insert into homeserver.room (room_id, room_version) values ('!' || :name || ':chat.example', '10');
      insert into homeserver.event (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content)
        values (nextval('homeserver.event_stream_ordering'), 1, 1, '!' || :name || ':chat.example', '$name' || :number, 'm.room.name',
                '@admin:chat.example', '', json_build_object('name', :name));
      insert into homeserver.current_state values ('!' || :name || ':chat.example', 'm.room.name', '', '$name' || :number);
      insert into homeserver.destination (destination) values (lower(:name));
      insert into homeserver.user_report values (:number, 1, '@t' || :name, '@r' || :name, 'spam');
      insert into homeserver.event_report (id, received_at, room_id, event_id, user_id)
        values (:number, 1, '!' || :name || ':chat.example', '$name' || :number, '@r' || :name);
      """;

  @BeforeAll
  static void fill() {
    for (int i = 0; i < CHARACTERS.size(); i++) {
      var name = "Wild" + CHARACTERS.get(i) + "Card";
      int number = i;
      gateway
          .jdbi()
          .useHandle(
              handle ->
                  Stream.of(FILL.split(";\n"))
                      .filter(statement -> !statement.isBlank())
                      .forEach(
                          statement ->
                              handle
                                  .createUpdate(statement)
                                  .configure(
                                      SqlStatements.class, sql -> sql.setUnusedBindingAllowed(true))
                                  .bind("name", name)
                                  .bind("number", number)
                                  .execute()));
    }
  }

  static Stream<Arguments> searches() {
    return Stream.of(
        Arguments.of("/_synapse/admin/v2/users?deactivated=true&name=wild%sc", "users", "name"),
        Arguments.of("/_synapse/admin/v3/users?name=wild%sc", "users", "name"),
        Arguments.of("/_synapse/admin/v2/users?user_id=@wild%sc", "users", "name"),
        Arguments.of("/_synapse/admin/v3/users?user_id=@wild%sc", "users", "name"),
        Arguments.of(ADMIN + "rooms?search_term=wild%sc", "rooms", "name"),
        Arguments.of(
            ADMIN + "federation/destinations?destination=wild%sc", "destinations", "destination"),
        Arguments.of(ADMIN + "user_reports?user_id=rWild%sC", "user_reports", "user_id"),
        Arguments.of(
            ADMIN + "user_reports?target_user_id=tWild%sC", "user_reports", "target_user_id"),
        Arguments.of(ADMIN + "event_reports?user_id=rWild%sC", "event_reports", "user_id"),
        Arguments.of(ADMIN + "event_reports?room_id=!Wild%sC", "event_reports", "room_id"),
        Arguments.of(ADMIN + "statistics/users/media?search_term=wild%sc", "users", "user_id"));
  }

  @ParameterizedTest
  @MethodSource("searches")
  void wildcardFindsItselfAndNothingElse(String target, String list, String key) {
    for (String character : CHARACTERS) {
      var reply = gateway.admin().get(target.replace("%s", OddText.encoded(character)));

      assertThat(reply.outcome()).isEqualTo("200");
      assertThat(values(reply.json().path(list), key))
          .as("%s for %s", target, character)
          .isNotEmpty()
          .allMatch(value -> value.contains(character) || value.startsWith("@shown"));
      assertThat(reply.json().path(list).size()).isLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("searches")
  void wildcardAtTheEndStandsForNothing(String target, String list, String key) {
    for (String pattern : List.of("x%", "x_", "x\\", "%%", "__", "\\%")) {
      var reply = gateway.admin().get(target.replace("%s", OddText.encoded(pattern)));

      assertThat(values(reply.json().path(list), key)).as("%s for %s", target, pattern).isEmpty();
    }
  }

  private static List<String> values(JsonNode list, String key) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path(key).asText())
        .toList();
  }
}
