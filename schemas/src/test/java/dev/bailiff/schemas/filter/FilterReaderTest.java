package dev.bailiff.schemas.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.schemas.filter.ConditionValue.Amount;
import dev.bailiff.schemas.filter.ConditionValue.Globs;
import dev.bailiff.schemas.filter.ConditionValue.Moment;
import dev.bailiff.schemas.kind.TargetType;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  @Test
  void relativeTimeIsFixedOnceAndStoredAsAMoment() throws Exception {
    var filter = read(TargetType.USER, "{'created_after': '-24h', 'last_seen_before': '-90d'}");

    assertThat(filter.value(UserCondition.CREATED_AFTER, Moment.class).orElseThrow().at())
        .isEqualTo("2026-11-29T12:00:00Z");
    assertThat(filter.json().path("last_seen_before").textValue())
        .isEqualTo("2026-09-01T12:00:00Z");
    assertThat(FilterReader.stored(TargetType.USER, filter.json())).isEqualTo(filter);
  }

  @Test
  void timeWithAZoneIsAMoment() throws Exception {
    var filter = read(TargetType.USER, "{'created_before': '2026-11-01T02:00:00+02:00'}");

    assertThat(filter.value(UserCondition.CREATED_BEFORE, Moment.class).orElseThrow().at())
        .isEqualTo("2026-11-01T00:00:00Z");
  }

  @Test
  void whatIsOutByDefaultIsSaidInTheStoredFilter() throws Exception {
    assertThat(read(TargetType.USER, "{'admin': false}").json().toString())
        .isEqualTo("{\"admin\":false,\"deactivated\":false,\"appservice\":false}");
    assertThat(read(TargetType.MEDIA, "{'size_more_than': '1MB'}").json().toString())
        .isEqualTo("{\"size_more_than\":1000000,\"quarantined\":false,\"protected\":false}");
    assertThat(read(TargetType.ROOM, "{'blocked': true}").json().toString())
        .isEqualTo("{\"blocked\":true}");
  }

  @Test
  void listMeansAnyOf() throws Exception {
    var filter =
        read(TargetType.USER, "{'user_id': ['@a*', '@b?:x'], 'deactivated': [true, false]}");

    var globs = filter.value(UserCondition.USER_ID, Globs.class).orElseThrow();
    assertThat(globs.match("@abc:x")).isTrue();
    assertThat(globs.match("@b1:x")).isTrue();
    assertThat(globs.match("@b12:x")).isFalse();
    assertThat(filter.asks(UserCondition.DEACTIVATED)).isFalse();
    assertThat(filter.asks(UserCondition.APPSERVICE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "500, 500",
    "10MB, 10000000",
    "2GiB, 2147483648",
    "3 kB, 3000",
    "4kib, 4096",
    "7B, 7"
  })
  void sizesHaveUnits(String text, long bytes) throws Exception {
    var filter = read(TargetType.MEDIA, "{'size_more_than': '" + text + "'}");

    assertThat(filter.value(MediaCondition.SIZE_MORE_THAN, Amount.class).orElseThrow().number())
        .isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "USER | {'creatd_after': '-1h'} | 'creatd_after' is no condition on users. Did you mean 'created_after'?",
        "ROOM | {'member_at_most': 1} | Did you mean 'members_at_most'?",
        "MEDIA | {'user_id': '@a:x'} | 'user_id' is no condition on media",
        "USER | {} | 'filter' must have at least one condition",
        "USER | {'created_after': '2026-11-01T00:00:00'} | 'created_after' must be a time with a zone",
        "USER | {'created_after': '+24h'} | 'created_after' must be a time with a zone",
        "USER | {'created_after': '-9999999d'} | 'created_after' must be a time with a zone",
        "USER | {'user_id': 'crypto-*'} | 'user_id' must begin with '@', '*' or '?'",
        "USER | {'user_id': []} | 'user_id' must not be an empty list",
        "USER | {'ip': 'example.org'} | 'ip' must be an IP address or a network",
        "USER | {'ip': '10.0.0.0/33'} | 'ip' must be an IP address or a network",
        "USER | {'in_room': '#a:x'} | 'in_room' must be the id of a room",
        "USER | {'created_after': '-1h', 'created_before': '-2h'} | nothing lies between them",
        "USER | {'never_seen': true, 'last_seen_before': '-2h'} | exclude each other",
        "ROOM | {'members_at_most': -1} | 'members_at_most' must be a whole number from 0",
        "ROOM | {'members_at_most': 1.5} | 'members_at_most' must be a whole number from 0",
        "ROOM | {'members_at_most': 1, 'members_at_least': 2} | is more than 'members_at_most'",
        "MEDIA | {'size_more_than': '1 GiB or so'} | 'size_more_than' must be a number of bytes",
        "MEDIA | {'size_more_than': '9223372036854775807kB'} | 'size_more_than' must be a number of bytes"
      })
  void whatCannotBeIsRefusedWithItsName(TargetType targets, String json, String text) {
    var refused = refusal(targets, json);

    assertThat(refused.text()).contains(text);
    assertThat(refused.isOfType()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "USER | [] | 'filter' must be an object",
        "USER | {'created_after': 5} | 'created_after' must be a time as text",
        "USER | {'created_after': ['-1h']} | 'created_after' must be one value, not a list",
        "USER | {'admin': 'true'} | 'admin' must be true or false",
        "USER | {'admin': null} | 'admin' must be true or false",
        "USER | {'user_id': [1]} | 'user_id' must be a text or a list of texts",
        "ROOM | {'members_at_most': '1'} | 'members_at_most' must be a number"
      })
  void wrongTypesAreToldApart(TargetType targets, String json, String text) {
    var refused = refusal(targets, json);

    assertThat(refused.text()).contains(text);
    assertThat(refused.isOfType()).isTrue();
  }

  private static FilterException refusal(TargetType targets, String json) {
    return catchThrowableOfType(FilterException.class, () -> read(targets, json));
  }

  private static TargetFilter read(TargetType targets, String json)
      throws FilterException, JsonProcessingException {
    return FilterReader.read(targets, json(json), NOW);
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
