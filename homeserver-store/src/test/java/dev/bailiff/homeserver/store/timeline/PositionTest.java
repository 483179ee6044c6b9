package dev.bailiff.homeserver.store.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 999_999_999_999_999_999L, Long.MAX_VALUE, -Long.MAX_VALUE})
  void whatIsHandedOutIsTakenBack(long depth) {
    var position = new Position(depth, 7);

    assertThat(Position.parse(position.token())).contains(position);
  }

  @Test
  void numbersBeyondSixtyFourBitsAreNoPosition() {
    assertThat(Position.parse("t9223372036854775808-1")).isEmpty();
    assertThat(Position.parse("t1-99999999999999999999")).isEmpty();
  }
}
