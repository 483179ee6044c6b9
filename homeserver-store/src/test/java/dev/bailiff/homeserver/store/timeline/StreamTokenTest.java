package dev.bailiff.homeserver.store.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTokenTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 999_999_999_999_999_999L, Long.MAX_VALUE, -Long.MAX_VALUE})
  void whatIsHandedOutIsTakenBack(long depth) {
    var position = new StreamToken(depth, 7);

    assertThat(StreamToken.parse(position.token())).contains(position);
  }

  @Test
  void numbersBeyondSixtyFourBitsAreNoPosition() {
    assertThat(StreamToken.parse("t9223372036854775808-1")).isEmpty();
    assertThat(StreamToken.parse("t1-99999999999999999999")).isEmpty();
  }
}
