package dev.bailiff.schemas.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedactEventsContractTest {
  private final RedactEventsContract contract = new RedactEventsContract();

  private String problem(
      @Nullable List<String> rooms,
      @Nullable Integer limit,
      @Nullable List<String> types,
      @Nullable String contains) {
    return contract
        .problem(
            List.of("@ann:x"),
            new RedactEventsParameters(rooms, null, limit, null, null, null, types, contains, null))
        .orElse("");
  }

  @Test
  void everyRoomStandsAlone() {
    assertThat(problem(List.of("*"), null, null, null)).isEmpty();
    assertThat(problem(List.of("*", "!a:x"), null, null, null)).contains("'rooms'");
  }

  @Test
  void everyRoomIsLookedUpLikeTheRoomsOfNow() {
    var every =
        new RedactEventsParameters(List.of("*"), null, null, null, null, null, null, null, null);

    assertThat(every.meansRoomsAtAcceptance()).isTrue();
    assertThat(contract.firstStage(every, 101)).isEqualTo(KindContract.FIND_ROOMS);
    assertThat(contract.firstStage(every, 100)).isEqualTo(KindContract.PLAN);
  }

  @Test
  void whatNoServerRedactsIsRefusedByName() {
    assertThat(problem(null, null, List.of("m.reaction", "m.room.create"), null))
        .contains("'m.room.create'");
    assertThat(problem(null, null, List.of(), null)).contains("'types'");
    assertThat(problem(null, null, List.of("m.reaction"), null)).isEmpty();
  }

  @Test
  void aTextTakesNoLimit() {
    assertThat(problem(null, 5, null, "coins")).contains("'contains' takes no 'limit'");
    assertThat(problem(null, 0, null, "coins")).isEmpty();
    assertThat(problem(null, null, null, "coins")).isEmpty();
  }
}
