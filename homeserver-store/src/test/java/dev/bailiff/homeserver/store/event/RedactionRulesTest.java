package dev.bailiff.homeserver.store.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The redaction algorithm of the Matrix specification, version by version. */
class RedactionRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1  | m.room.message | {"body":"x","msgtype":"m.text"} | {}
          12 | m.reaction | {"m.relates_to":{"key":"x"}} | {}
          1  | m.room.member | {"membership":"join","displayname":"x"} | {"membership":"join"}
          8  | m.room.member | {"membership":"join","join_authorised_via_users_server":"@a:b"} | {"membership":"join"}
          9  | m.room.member | {"membership":"join","join_authorised_via_users_server":"@a:b"} | {"membership":"join","join_authorised_via_users_server":"@a:b"}
          10 | m.room.member | {"membership":"invite","third_party_invite":{"signed":{"t":1}}} | {"membership":"invite"}
          11 | m.room.member | {"membership":"invite","third_party_invite":{"signed":{"t":1},"display_name":"x"}} | {"membership":"invite","third_party_invite":{"signed":{"t":1}}}
          10 | m.room.create | {"creator":"@a:b","room_version":"10"} | {"creator":"@a:b"}
          11 | m.room.create | {"room_version":"11","x":1} | {"room_version":"11","x":1}
          7  | m.room.join_rules | {"join_rule":"restricted","allow":[1]} | {"join_rule":"restricted"}
          8  | m.room.join_rules | {"join_rule":"restricted","allow":[1]} | {"join_rule":"restricted","allow":[1]}
          10 | m.room.power_levels | {"invite":1,"ban":2,"x":3} | {"ban":2}
          11 | m.room.power_levels | {"invite":1,"ban":2,"x":3} | {"ban":2,"invite":1}
          5  | m.room.aliases | {"aliases":["#a:b"]} | {"aliases":["#a:b"]}
          6  | m.room.aliases | {"aliases":["#a:b"]} | {}
          1  | m.room.history_visibility | {"history_visibility":"shared","x":1} | {"history_visibility":"shared"}
          10 | m.room.redaction | {"redacts":"$x","reason":"y"} | {}
          11 | m.room.redaction | {"redacts":"$x","reason":"y"} | {"redacts":"$x"}
          """)
  void contentKeepsWhatItsVersionKeeps(int version, String type, String content, String kept) {
    assertThat(RedactionRules.content(version, type, content)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          12 | {"unsigned":{"age_ts":1,"prev_content":{"x":1}},"hashes":{"a":1},"x":1} | {"hashes":{"a":1},"unsigned":{"age_ts":1}}
          11 | {"origin":"a","prev_state":[],"redacts":"$x"} | null
          10 | {"origin":"a","redacts":"$x"} | {"origin":"a"}
          """,
      nullValues = "null")
  void topLevelKeepsWhatItsVersionKeeps(int version, String extra, String kept) {
    assertThat(RedactionRules.extra(version, extra)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "12,12", "org.matrix.msc3757.10,12"})
  void unknownVersionIsTakenForTheNewest(String version, int number) {
    assertThat(RedactionRules.number(version)).isEqualTo(number);
  }
}
